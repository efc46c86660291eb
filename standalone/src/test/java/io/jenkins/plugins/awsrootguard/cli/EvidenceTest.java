package io.jenkins.plugins.awsrootguard.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awsrootguard.cli.RootGuard.ExitCode;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The evidence that commands for one account write. */
class EvidenceTest extends EvidenceFixture {

    private static final String USER = System.getProperty("user.name");

    @Test
    void recordsEveryCallWithPrincipal() throws IOException {
        cli.secured();
        cli.run("report");

        List<JsonNode> calls = entries(CommandLineFixture.ACCOUNT, "call");
        assertEquals(asked(), texts(calls, "action"));
        for (JsonNode call : calls) {
            assertEquals(CommandLineFixture.ACCOUNT, call.path("account").asText());
            assertTrue(call.hasNonNull("requestId"), call.toString());
            assertTrue(
                    call.path("principal")
                            .asText()
                            .startsWith("command line, " + USER + ", as arn:aws:iam::123456789012:user/"),
                    call.toString());
        }
        assertChecksums(dir);
    }

    @Test
    void recordsDeniedCallWithErrorCode() throws IOException {
        cli.secured();
        cli.aws.faults().deny("*", "iam:GetAccountSummary");
        cli.run("gaps");

        assertTrue(entries(CommandLineFixture.ACCOUNT, "call").stream()
                .anyMatch(c -> c.path("action").asText().equals("iam:GetAccountSummary")
                        && c.path("outcome").asText().equals("AccessDenied")));
    }

    @Test
    void recordsRunThatCouldReadNothing() throws IOException {
        cli.secured();
        cli.aws.faults().deny("*", "iam:*");
        cli.aws.faults().deny("*", "cloudtrail:*");
        assertEquals(ExitCode.AWS, cli.run("report"), cli.out());

        assertTrue(texts(entries(CommandLineFixture.ACCOUNT, "call"), "outcome").contains("AccessDenied"));
        assertChecksums(dir);
    }

    @Test
    void recordsMemberThatCouldNotBeReached() throws IOException {
        cli.secured();
        assertEquals(ExitCode.AWS, cli.run("report", "--account", "222222222222"), cli.out());

        List<JsonNode> calls = entries("222222222222", "call");
        assertEquals(List.of("sts:GetCallerIdentity", "sts:AssumeRoot"), texts(calls, "action"));
        assertEquals("AccessDenied", calls.get(1).path("outcome").asText());
    }

    @Test
    void recordsApprovalThenCallThenChange() throws IOException {
        EmulatedAccount account = cli.unsecured();
        String key = account.root().accessKeys().get(0).id();
        cli.run("secure", "--apply", "--delete-key", key);

        List<JsonNode> all = entries(CommandLineFixture.ACCOUNT);
        List<JsonNode> changes = entries(CommandLineFixture.ACCOUNT, "change");
        JsonNode deleted = changes.get(changes.size() - 1);
        assertEquals("DONE", deleted.path("outcome").asText());
        assertEquals("local user " + USER + ", by --apply", deleted.path("by").asText());
        assertTrue(deleted.path("what").asText().contains("AKIA…"), deleted.toString());
        int call = texts(all, "requestId").indexOf(deleted.path("requestId").asText());
        assertEquals("iam:DeleteAccessKey", all.get(call).path("action").asText(), "the call comes before its change");
        List<JsonNode> approvals = entries(CommandLineFixture.ACCOUNT, "approval");
        assertEquals(List.of("local user " + USER + ", by --apply"), texts(approvals, "by"));
        assertTrue(approvals.get(0).path("what").asText().contains("; allow-listed access keys: AKIA…"));
        assertFalse(Files.readString(cli.file("evidence.jsonl")).contains(key), "no whole key id");
        assertChecksums(dir);
    }

    @Test
    void recordsNoChangeInDryRun() throws IOException {
        cli.unsecured();
        cli.run("secure");
        assertEquals(List.of(), entries(CommandLineFixture.ACCOUNT, "change"));
        assertEquals(List.of(), entries(CommandLineFixture.ACCOUNT, "approval"));
    }

    @Test
    void recordsStatementWithCorroboration() throws IOException {
        cli.secured();
        cli.run("validate", "--root-password-changed-by", "Ada Lovelace");

        JsonNode stated = entries(CommandLineFixture.ACCOUNT, "statement").get(0);
        assertEquals("Ada Lovelace", stated.path("by").asText());
        assertFalse(stated.path("outcome").asText().isBlank());
    }

    @Test
    void checksumsListEveryFile() throws Exception {
        cli.secured();
        cli.run("report");
        cli.run("validate");

        Set<String> listed = new TreeSet<>();
        for (String line : Files.readAllLines(cli.file("SHA256SUMS"))) {
            listed.add(line.substring(66));
        }
        assertEquals(
                Set.of(
                        "credential-report.csv",
                        "evidence.jsonl",
                        "findings.csv",
                        "findings.json",
                        "report.css",
                        "report.html",
                        "state.json"),
                listed);
        assertChecksums(dir);
    }
}
