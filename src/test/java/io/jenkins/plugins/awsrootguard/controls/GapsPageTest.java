package io.jenkins.plugins.awsrootguard.controls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.assessment.OrganizationFixture;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.RunSettings;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.controls.Rule.Reference;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.policy.PolicyLoader;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.report.ManualTasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of controls in docs/gaps.md: what the controls, the plan and each access method say, and nothing else. */
class GapsPageTest extends OrganizationFixture {

    private static final Path ROOT = Path.of(Files.isDirectory(Path.of("docs")) ? "" : "..");
    private static final Path PAGE = ROOT.resolve(Path.of("docs", "gaps.md"));
    private static final String BEGIN =
            "| control | requirement | severity | CIS 3, 5, 6, 7 | Security Hub | PCI DSS | changed by | checked with |\n"
                    + "|---|---|---|---|---|---|---|---|\n";
    private static final String END = "\n## ";

    /** What can check a control, as the page calls it. */
    private static final Map<Set<String>, String> CHECKED_WITH = Map.of(
            Set.of("key", "principal", "session", "role"), "all",
            Set.of("key", "principal", "role"), "account credentials, member role",
            Set.of("key", "session", "role"), "root's key, root session",
            Set.of("session", "role"), "organization run");

    @Test
    void thePageHasTheTableOfTheControls() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        String expected = page.substring(0, begin) + rows() + page.substring(page.indexOf(END, begin));
        Path made = Path.of("target", "gaps.md");
        Files.writeString(made, expected);
        String update = "cp " + ROOT.toAbsolutePath().normalize().relativize(made.toAbsolutePath()) + " docs/gaps.md";
        assertEquals(expected, page, "docs/gaps.md differs from the controls. To update it, run: " + update);
    }

    @Test
    void theReadmeCountsTheControls() throws IOException {
        assertTrue(Files.readString(ROOT.resolve("README.md"))
                .contains("evaluates " + Controls.all().size() + " controls"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            cis-7.0.0,     CIS AWS Foundations 7.0.0
            pci-dss-4.0.1, PCI DSS 4.0.1
            security-hub,  Security Hub
            """)
    void aPresetEnablesWhatItsStandardRequires(String preset, String standard) {
        Policy policy = PolicyLoader.load(new PolicyLoader.Text("root-guard.yml", "preset: " + preset));
        assertEquals(
                Controls.all().stream()
                        .filter(r -> r.references().stream()
                                .anyMatch(ref -> ref.label().startsWith(standard)))
                        .map(Rule::id)
                        .toList(),
                policy.controlIds().stream().filter(policy::isEnforced).toList());
    }

    private String rows() {
        Map<String, Set<String>> checked = checked();
        return Controls.all().stream()
                .map(rule -> Stream.of(
                                "`" + rule.id() + "`",
                                rule.title(),
                                Policy.DEFAULT.requirement(rule.id()).severity().name(),
                                Stream.of("3.0.0", "5.0.0", "6.0.0", "7.0.0")
                                        .map(cis -> cited(rule, "CIS AWS Foundations " + cis + ", ", "/"))
                                        .collect(Collectors.joining(", ")),
                                cited(rule, "Security Hub ", ", "),
                                cited(rule, "PCI DSS 4.0.1, ", ", "),
                                changedBy(rule.id()),
                                CHECKED_WITH.getOrDefault(
                                        checked.get(rule.id()), String.valueOf(checked.get(rule.id()))))
                        .collect(Collectors.joining(" | ", "| ", " |\n")))
                .collect(Collectors.joining());
    }

    private static String cited(Rule rule, String standard, String separator) {
        String numbers = rule.references().stream()
                .map(Reference::label)
                .filter(label -> label.startsWith(standard))
                .map(label -> label.substring(standard.length()))
                .collect(Collectors.joining(separator));
        return numbers.isEmpty() ? "–" : numbers;
    }

    private static String changedBy(String control) {
        List<String> by = new ArrayList<>();
        // One change serves all controls on the password policy, and one those on active and inactive keys.
        String changed = control.startsWith("password-policy")
                ? "password-policy"
                : control.equals("root-access-keys-inactive") ? "root-access-keys" : control;
        if (Arrays.stream(ChangeKind.values()).map(ChangeKind::control).anyMatch(changed::equals)) {
            by.add("plan");
        }
        Arrays.stream(PendingTask.What.values())
                .filter(task -> control.equals(ManualTasks.control(task)))
                .forEach(task -> by.add("manual task `" + task + "`"));
        return by.isEmpty() ? "–" : String.join(", ", by);
    }

    /** The access methods that can check each control, whatever the state of the account: tried on two members. */
    private Map<String, Set<String>> checked() {
        Map<String, Set<String>> unsecured = checked(Presets.unsecured(aws, "222222222222"));
        Map<String, Set<String>> secured = checked(Presets.secured(aws, "333333333333"));
        unsecured.forEach((control, methods) -> methods.retainAll(secured.get(control)));
        return unsecured;
    }

    private Map<String, Set<String>> checked(EmulatedAccount member) {
        organization.addMember(member.reportDelay(0));
        member.createRole("Audit").trusting(management).attachedPolicies().add(member.administratorAccess());
        member.createUser("/", "carol");
        member.attachAdministratorAccess("carol");
        Map<String, Set<String>> checked = new HashMap<>();
        note(checked, "session", inOrganization(member, SETTINGS));
        note(checked, "role", inOrganization(member, SETTINGS.withMemberRole("Audit")));
        note(checked, "principal", alone(member.userKey("carol")));
        note(checked, "key", alone(member.root().addAccessKey()));
        return checked;
    }

    private static void note(Map<String, Set<String>> checked, String method, List<Finding> findings) {
        findings.stream()
                .filter(f -> f.status() != Status.NOT_CHECKED)
                .forEach(f -> checked.computeIfAbsent(f.control(), id -> new HashSet<>())
                        .add(method));
    }

    private List<Finding> alone(AccessKeyPair key) {
        try (AccountConnection c = connect(key)) {
            return Controls.judge(assess(c).facts(), Policy.DEFAULT, Set.of()).findings();
        }
    }

    private List<Finding> inOrganization(EmulatedAccount member, RunSettings settings) {
        outcomes.clear();
        RunHeader header = run(AccountFilter.ALL, settings);
        List<Finding> findings = new ArrayList<>(of(member).findings().findings());
        findings.add(header.central());
        return findings;
    }
}
