package io.jenkins.plugins.awsrootguard.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awsrootguard.cli.RootGuard.ExitCode;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.OrganizationPreset;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code secure} for many accounts, and for what concerns the organization. */
class OrganizationSecureCommandTest {

    /** Has a key that was used lately. */
    private static final String WITH_KEY = "200000000001";
    /** Has a password and no MFA. */
    private static final String WITH_PASSWORD = "200000000002";
    /** Has a password and MFA. */
    private static final String WITH_MFA = "200000000003";

    @TempDir
    Path dir;

    private CommandLineFixture cli;
    private OrganizationPreset preset;

    @BeforeEach
    void start() {
        cli = new CommandLineFixture(dir);
        preset = OrganizationPreset.of(cli.aws, 5);
        cli.as(preset.administrator());
    }

    @AfterEach
    void stop() {
        cli.close();
    }

    private EmulatedAccount account(String id) {
        return cli.aws.account(id);
    }

    private String keyOf(String id) {
        return account(id).root().accessKeys().get(0).id();
    }

    private JsonNode json(String folder, String name) throws IOException {
        return new ObjectMapper()
                .readTree(Files.readAllBytes(dir.resolve(folder).resolve(name)));
    }

    private long changeCalls() {
        return cli.aws.calls().stream()
                .filter(c -> c.action().matches("(Delete|Deactivate|Create|Enable|Update|Attach|Add).*"))
                .count();
    }

    @Test
    void withoutApplyThePlanOfEachAccountIsSaidAndNothingIsChanged() throws IOException {
        assertEquals(ExitCode.FINDINGS, cli.run("secure", "--organization", "--remove-root-password"), cli.err());

        assertTrue(cli.out().contains("200000000002 (team-2): delete the root password\n"), cli.out());
        assertTrue(
                cli.out()
                        .contains("200000000003 (team-3): delete the root password, deactivate the MFA device"
                                + " root-phone\n"),
                cli.out());
        assertTrue(cli.out().contains("held back: delete the key AKIA…"), cli.out());
        assertTrue(
                cli.out().contains("use --delete-key 200000000001:" + Printable.keyId(keyOf(WITH_KEY)) + ".)"),
                cli.out());
        assertTrue(
                cli.out().lines().noneMatch(l -> l.startsWith("  200000000004")),
                "an account without a plan has no line");
        assertTrue(cli.out().contains("Dry run: no change is made without --apply"), cli.out());
        String report = Files.readString(dir.resolve(WITH_KEY).resolve("report.html"));
        assertTrue(report.contains("The key was used within the last 90 days."), report);
        assertEquals(0, changeCalls());
        assertFalse((cli.out() + cli.err()).contains(keyOf(WITH_KEY)), "no whole key id is printed");
    }

    @Test
    void applyRemovesKeysAndPasswordsAndTellsHowItIsNow() throws IOException {
        String named = WITH_KEY + ":" + Printable.keyId(keyOf(WITH_KEY));

        cli.run("secure", "--organization", "--apply", "--remove-root-password", "--delete-key", named);

        assertTrue(account(WITH_KEY).root().accessKeys().isEmpty(), cli.out());
        assertFalse(account(WITH_PASSWORD).root().hasPassword());
        assertFalse(account(WITH_MFA).root().hasPassword());
        assertTrue(account(WITH_MFA).root().mfaDevices().isEmpty());
        assertTrue(cli.out().contains("Changes: 4 done, in 3 accounts"), cli.out());
        JsonNode findings = json("", "findings.json");
        assertEquals(5, findings.path("accounts").size());
        for (JsonNode a : findings.path("accounts")) {
            assertFalse(a.path("standing").asText().equals("AT_RISK"), "read again after the changes: " + a);
        }
        JsonNode state = json(WITH_MFA, "state.json");
        assertEquals(
                List.of("DELETE_ROOT_PASSWORD", "DEACTIVATE_ROOT_MFA"),
                state.path("changes").findValuesAsText("kind"));
        assertEquals(List.of("DONE", "DONE"), state.path("changes").findValuesAsText("outcome"));
        assertTrue(state.path("approval").path("by").asText().endsWith(", by --apply"), state.toString());
        assertEquals(0, state.path("plan").path("changes").size(), "the plan is what is left to do");

        cli.run("secure", "--organization", "--apply", "--remove-root-password");
        assertTrue(cli.out().contains("Changes: nothing to change"), cli.out());
        assertEquals(
                2, json(WITH_MFA, "state.json").path("changes").size(), "changes of an earlier run stay on record");
    }

    @Test
    void oneAccountsRefusalIsToldAndCostsNoOther() {
        cli.aws.faults().deny(account(WITH_MFA).root().arn(), "iam:DeleteLoginProfile");

        assertEquals(
                ExitCode.FINDINGS, cli.run("secure", "--organization", "--apply", "--remove-root-password"), cli.err());

        assertTrue(account(WITH_MFA).root().hasPassword());
        assertFalse(account(WITH_PASSWORD).root().hasPassword());
        assertTrue(cli.out().contains("200000000003 (team-3): Delete the root user's password"), cli.out());
        assertTrue(cli.out().contains("service control policy"), cli.out());
    }

    @Test
    void verboseHasALineForEachAccount() {
        cli.run("report", "--organization", "--verbose");
        for (String id : List.of(WITH_KEY, WITH_PASSWORD, WITH_MFA, "200000000004", "100000000000")) {
            assertTrue(cli.out().lines().anyMatch(l -> l.contains(id) && l.contains("calls)")), cli.out());
        }
        cli.run("report", "--organization");
        assertFalse(cli.out().contains("calls)"), cli.out());
    }

    @Test
    void aListThatBreaksOffChangesNothing() {
        cli.aws.faults().deny("*", "organizations:ListAccounts");
        assertEquals(ExitCode.AWS, cli.run("secure", "--organization", "--apply", "--remove-root-password"), cli.out());
        assertEquals(0, changeCalls());
        assertTrue(cli.out().contains("No change was made"), cli.out());
    }

    @Test
    void centralRootIsEnabledAndRecorded() throws IOException {
        preset.organization()
                .trustedAccess(false)
                .enableRootCredentialsManagement(false)
                .enableRootSessions(false);
        cli.run("secure", "--organization", "--central-root-management", "ENABLE");
        assertEquals(0, changeCalls());
        assertTrue(cli.out().contains("enable trusted access for IAM, enable root credentials management"), cli.out());

        cli.run("secure", "--organization", "--central-root-management", "enable", "--apply");

        assertTrue(cli.out().contains("Pass  The organization manages"), cli.out());
        assertTrue(cli.out().contains(WITH_PASSWORD), "the members are read after the change: " + cli.out());
        assertEquals(
                List.of("ENABLE_TRUSTED_ACCESS", "ENABLE_ROOT_CREDENTIALS_MANAGEMENT", "ENABLE_ROOT_SESSIONS"),
                json("100000000000", "state.json").path("changes").findValuesAsText("kind"));
    }

    @Test
    void recoveryIsAllowedForTheOneAccountThatIsNamed() throws IOException {
        String id = "200000000004";
        cli.run("secure", "--allow-password-recovery", id);
        assertFalse(account(id).root().hasPassword());
        assertTrue(cli.out().contains("would be done"), cli.out());

        cli.run("secure", "--allow-password-recovery", id, "--apply");
        assertTrue(account(id).root().hasPassword(), cli.out());
        assertEquals(
                List.of("ALLOW_ROOT_PASSWORD_RECOVERY"),
                json(id, "state.json").path("changes").findValuesAsText("kind"));

        cli.run("secure", "--allow-password-recovery", id, "--apply");
        assertTrue(cli.out().contains("Nothing to change."), cli.out());
    }

    @Test
    void unlockPolicyShowsThePolicyAndDeletesItWithApply() throws IOException {
        String secret = "shared-secret-4711";
        String policy = "{\"Statement\": {\"Effect\": \"Deny\", \"Condition\": {\"StringNotEquals\": {\"aws:Referer\": \""
                + secret + "\"}}}}";
        String planned = "Delete the policy of S3 bucket logs (SHA-256 "
                + DigestUtils.sha256Hex(policy).substring(0, 12) + ")";
        account(WITH_KEY).buckets().put("logs", policy);
        cli.run("secure", "--unlock-policy", WITH_KEY + ":logs");
        assertTrue(cli.out().contains("1. " + planned + ": " + policy), cli.out());
        assertEquals(policy, account(WITH_KEY).buckets().get("logs"));

        cli.run("secure", "--unlock-policy", WITH_KEY + ":logs", "--apply");
        assertEquals("", account(WITH_KEY).buckets().get("logs"), cli.out());
        assertEquals(1, changeCalls());
        String log = cli.out().substring(cli.out().indexOf("\nChanges\n"));
        assertTrue(log.contains(planned + ": done"), log);
        assertFalse(log.contains(secret), log);
        assertEquals(Set.of("evidence.jsonl"), filesWith(WITH_KEY, secret));
        assertTrue(filesWith(WITH_KEY, planned).containsAll(Set.of("findings.json", "report.html")));
    }

    private Set<String> filesWith(String accountId, String text) throws IOException {
        try (Stream<Path> files = Files.list(dir.resolve(accountId))) {
            return files.filter(Files::isRegularFile)
                    .filter(f -> {
                        try {
                            return Files.readString(f).contains(text);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .map(f -> f.getFileName().toString())
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void recoveryIsTheOnlyChangeInAnOrganization() {
        String id = "200000000004";
        cli.run("secure", "--organization", "--allow-password-recovery", id, "--apply");
        assertTrue(account(id).root().hasPassword(), cli.out());
        assertEquals(1, changeCalls());

        assertEquals(
                ExitCode.USAGE,
                cli.run("secure", "--organization", "--exclude", id, "--allow-password-recovery", id, "--apply"));
        assertTrue(cli.err().contains(id + ", which this run did not read"), cli.err());
    }

    @Test
    void theMemberRoleReadsTheCredentialReport() {
        EmulatedAccount member = account(WITH_KEY);
        member.createRole("Audit")
                .trusting(preset.management())
                .attachedPolicies()
                .add(member.administratorAccess());
        for (String[] scope : new String[][] {{"--organization", "--accounts", WITH_KEY}, {"--account", WITH_KEY}}) {
            Path out = dir.resolve(scope[0].substring(2));
            cli.run(Stream.concat(
                            Stream.of("gaps", "--member-role", "Audit", "--out", out.toString()), Stream.of(scope))
                    .toArray(String[]::new));
            assertTrue(Files.exists(out.resolve(WITH_KEY).resolve("credential-report.csv")), cli.out());
        }
    }

    @Test
    void optionsThatDoNotGoTogetherAreRefusedBeforeAnyCall() {
        for (String[] wrong : new String[][] {
            {"secure", "--central-root-management", "on"},
            {"secure", "--central-root-management", "DISABLE", "--remove-root-password"},
            {"secure", "--verbose"},
            {"secure", "--member-role", "Audit"},
            {"secure", "--organization", "--wait", "5"},
            {"secure", "--organization", "--root-password-changed-by", "Ada"},
            {"secure", "--organization", "--delete-key", "AKIA…7XQ2"},
            {"secure", "--organization", "--member-role", "no role"},
            {"secure", "--unlock-policy", "my-bucket"},
            {"secure", "--allow-password-recovery", "12"}
        }) {
            assertEquals(ExitCode.USAGE, cli.run(wrong), String.join(" ", wrong));
            assertEquals(1, cli.err().strip().lines().count(), cli.err());
        }
        assertEquals(List.of(), cli.aws.calls());
    }

    @Test
    void aRootUserOfTheManagementAccountIsToldThatItCanNotDoIt() {
        cli.as(preset.management().rootKey());
        assertEquals(ExitCode.USAGE, cli.run("secure", "--organization", "--apply"), cli.out());
        assertTrue(cli.err().contains("cannot open root sessions"), cli.err());
        assertEquals(0, changeCalls());
    }

    @Test
    void aRunThatIsStoppedWhileItChangesTellsWhatWasDoneAndWritesItsFiles() throws IOException {
        Thread here = Thread.currentThread();
        // The look after the deletion takes so long that the stop comes while the first account is at it.
        cli.aws.faults().delay("iam:GetLoginProfile", Duration.ofSeconds(2));
        Thread stopper = new Thread(() -> {
            while (cli.aws.calls().stream().noneMatch(c -> c.action().equals("DeleteLoginProfile"))) {
                Thread.onSpinWait();
            }
            here.interrupt();
        });
        stopper.start();

        assertEquals(
                ExitCode.AWS,
                cli.run("secure", "--organization", "--apply", "--remove-root-password", "--parallelism", "1"),
                cli.out());

        assertFalse(Thread.interrupted(), "it was acted on");
        assertTrue(cli.out().contains("The findings are from before the changes."), cli.out());
        assertEquals(5, json("", "findings.json").path("accounts").size());
        long left = 0;
        for (String id : List.of(WITH_PASSWORD, WITH_MFA)) {
            boolean gone = !account(id).root().hasPassword();
            left += gone ? 0 : 1;
            List<String> outcomes = json(id, "state.json").path("changes").findValuesAsText("outcome");
            assertEquals(gone, outcomes.contains("DONE"), id + ": " + outcomes);
        }
        assertEquals(1, left, "one account ended its change, the other did not begin");
        EvidenceFixture.assertChecksums(dir);
    }
}
