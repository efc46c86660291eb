package io.jenkins.plugins.awsrootguard.phase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awsrootguard.account.OrganizationFilter;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedOrganization;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.emulator.RecordedCall;
import io.jenkins.plugins.awsrootguard.phase.AccountOutcome.Reading;
import io.jenkins.plugins.awsrootguard.phase.ChangeRecord.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The policies of docs/policies: enough for what the engine calls, and nothing more. */
class LeastPermissionsTest extends EngineFixture {

    /** Not calls of their own: the tags of CreateUser are authorized by it. */
    private static final Set<String> WITHOUT_CALL = Set.of("iam:TagUser");

    private static String policy(String name) throws IOException {
        Path fromRoot = Path.of("docs", "policies", name);
        return Files.readString(
                Files.exists(fromRoot) ? fromRoot : Path.of("..").resolve(fromRoot));
    }

    private static Set<String> actions(String... policies) throws IOException {
        Set<String> all = new TreeSet<>();
        for (String name : policies) {
            for (JsonNode statement : new ObjectMapper().readTree(policy(name)).get("Statement")) {
                JsonNode action = statement.get("Action");
                if (action.isTextual()) {
                    all.add(action.asText());
                } else {
                    action.forEach(a -> all.add(a.asText()));
                }
            }
        }
        all.removeAll(WITHOUT_CALL);
        return all;
    }

    private Set<String> called(String principalArn) {
        return aws.calls().stream()
                .filter(c ->
                        principalArn.equals(c.principalArn()) && !c.action().equals("GetCallerIdentity"))
                .map(c -> c.service() + ":" + c.action())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<RecordedCall> denied() {
        return aws.calls().stream()
                .filter(c -> c.errorCode() != null && c.errorCode().startsWith("AccessDenied"))
                .toList();
    }

    private static AccessKeyPair user(EmulatedAccount account, String... policies) throws IOException {
        account.createUser("/", "jenkins");
        StringBuilder statements = new StringBuilder();
        for (String name : policies) {
            for (JsonNode s : new ObjectMapper().readTree(policy(name)).get("Statement")) {
                statements.append(statements.isEmpty() ? "" : ",").append(s);
            }
        }
        account.allow("jenkins", "{\"Version\": \"2012-10-17\", \"Statement\": [" + statements + "]}");
        return account.userKey("jenkins");
    }

    @Test
    void readIsExactlyWhatAssessmentAndValidationCall() throws IOException {
        EmulatedAccount account = Presets.secured(aws, ID);
        try (AccountConnection c = connect(user(account, "read.json"))) {
            assess(c);
        }
        assertEquals(List.of(), denied());
        assertEquals(actions("read.json"), called("arn:aws:iam::" + ID + ":user/jenkins"));
    }

    @Test
    void readAndSecureAreExactlyWhatRemediationCalls() throws IOException {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        // So that the group is looked into, as it is wherever one has AdministratorAccess.
        account.createGroup("/", "empty").attachedPolicies().add(account.administratorAccess());
        try (AccountConnection c = connect(user(account, "read.json", "secure.json"))) {
            RemediationPlan plan = gaps(c, RemediationSettings.DEFAULT).plan();
            List<ChangeRecord> records = secure(c, plan, RemediationSettings.DEFAULT, approve(plan));
            assertEquals(
                    5, records.stream().filter(r -> r.outcome() == Outcome.DONE).count(), records.toString());
            Confirmation.look(c, PendingTask.What.ADMIN_MFA);
            // The user is there already now, so it is looked whether somebody could act as it.
            secure(c, plan, RemediationSettings.DEFAULT, null);
        }
        assertEquals(List.of(), denied());
        assertEquals(actions("read.json", "secure.json"), called("arn:aws:iam::" + ID + ":user/jenkins"));
    }

    @Test
    void secureCannotMakeAnotherUserOrAttachAnotherPolicy() throws IOException {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        RemediationSettings other =
                new RemediationSettings("eve", "root-guard-administrators", java.util.Map.of(), Set.of());
        try (AccountConnection c = connect(user(account, "read.json", "secure.json"))) {
            RemediationPlan plan = gaps(c, other).plan();
            List<ChangeRecord> records = secure(c, plan, other, approve(plan));
            ChangeRecord create = records.stream()
                    .filter(r -> r.kind() == ChangeKind.CREATE_ADMIN_USER)
                    .findFirst()
                    .orElseThrow();
            assertEquals(Outcome.FAILED, create.outcome());
            assertTrue(create.detail().contains("iam:CreateUser"), create.detail());
        }
    }

    @Test
    void theOrganizationPolicyIsEnoughToReadAWholeOrganization() throws IOException {
        EmulatedAccount management = Presets.secured(aws, "111111111111").reportDelay(0);
        EmulatedAccount member = Presets.unsecured(aws, "222222222222");
        EmulatedOrganization organization = aws.createOrganization(management)
                .addMember(member)
                .enableRootCredentialsManagement(true)
                .enableRootSessions(true);
        String unit = organization.moveTo("Workloads", member);
        AccessKeyPair key = user(management, "read.json", "privileged-root-session.json", "organization.json");
        for (List<String> units : List.of(List.<String>of(), List.of(unit))) {
            try (AccountConnection c = connect(key)) {
                OrganizationAssessment.begin(
                                c,
                                OrganizationFilter.parse(List.of(), units, List.of()),
                                OrganizationSettings.DEFAULT.withAccount(QUICK))
                        .run(id -> null, outcome -> assertEquals(Reading.READ, outcome.reading()), log::add);
            }
        }
        assertEquals(List.of(), denied());
        Set<String> called = called("arn:aws:iam::111111111111:user/jenkins");
        assertTrue(called.containsAll(actions("organization.json")), called.toString());
    }

    @Test
    void theRootSessionPolicyIsEnoughToDeleteAMembersRootKey() throws IOException {
        EmulatedAccount management = aws.createAccount("111111111111");
        EmulatedAccount member = Presets.unsecured(aws, "222222222222");
        EmulatedOrganization organization = aws.createOrganization(management);
        organization.addMember(member).enableRootCredentialsManagement(true).enableRootSessions(true);
        String key = member.root().accessKeys().get(0).id();
        try (AccountConnection c = connect(user(management, "privileged-root-session.json"), member.id())) {
            RemediationSettings settings = naming(key);
            RemediationPlan plan = gaps(c, settings).plan();
            List<ChangeRecord> records = secure(c, plan, settings, approve(plan));
            assertTrue(records.stream().allMatch(r -> r.outcome() == Outcome.DONE), records.toString());
        }
        assertEquals(List.of(), denied());
        assertTrue(member.root().accessKeys().isEmpty());
        assertEquals(actions("privileged-root-session.json"), called("arn:aws:iam::111111111111:user/jenkins"));
        assertFalse(called("arn:aws:iam::222222222222:root").isEmpty());
    }
}
