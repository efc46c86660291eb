package io.jenkins.plugins.awsrootguard.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the commands for one account leave for an auditor. */
class EvidenceTest extends EvidenceFixture {

    private static final String USER = System.getProperty("user.name");

    @Test
    void everyCallOfAReportIsOnRecordWithWhoMadeIt() throws IOException {
        cli.secured();
        cli.run("report");

        List<JsonNode> calls = entries(CommandLineFixture.ACCOUNT, "call");
        assertEquals(asked(), texts(calls, "what"));
        for (JsonNode call : calls) {
            assertEquals(CommandLineFixture.ACCOUNT, call.path("account").asText());
            assertTrue(call.hasNonNull("requestId"), call.toString());
            assertTrue(
                    call.path("by")
                            .asText()
                            .startsWith("command line, " + USER + ", as arn:aws:iam::123456789012:user/"),
                    call.toString());
        }
        assertWhole(dir);
    }

    @Test
    void aRefusedCallIsOnRecordAsSuch() throws IOException {
        cli.secured();
        cli.aws.faults().deny("*", "iam:GetAccountSummary");
        cli.run("gaps");

        assertTrue(entries(CommandLineFixture.ACCOUNT, "call").stream()
                .anyMatch(c -> c.path("what").asText().equals("iam:GetAccountSummary")
                        && c.path("outcome").asText().equals("AccessDenied")));
    }

    @Test
    void aRunThatCouldReadNothingIsOnRecordToo() throws IOException {
        cli.secured();
        cli.aws.faults().deny("*", "iam:*");
        cli.aws.faults().deny("*", "cloudtrail:*");
        assertEquals(ExitCode.AWS, cli.run("report"), cli.out());

        assertTrue(texts(entries(CommandLineFixture.ACCOUNT, "call"), "outcome").contains("AccessDenied"));
        assertWhole(dir);
    }

    @Test
    void aMemberThatCouldNotBeReachedHasItOnRecord() throws IOException {
        cli.secured();
        assertEquals(ExitCode.AWS, cli.run("report", "--account", "222222222222"), cli.out());

        List<JsonNode> calls = entries("222222222222", "call");
        assertEquals(List.of("sts:GetCallerIdentity", "sts:AssumeRoot"), texts(calls, "what"));
        assertEquals("AccessDenied", calls.get(1).path("outcome").asText());
    }

    @Test
    void changesAreOnRecordWithTheirApprovalAndTheCallsBeforeThem() throws IOException {
        EmulatedAccount account = cli.unsecured();
        String key = account.root().accessKeys().get(0).id();
        cli.run("secure", "--apply", "--name-key", key);

        List<JsonNode> all = entries(CommandLineFixture.ACCOUNT);
        List<JsonNode> changes = entries(CommandLineFixture.ACCOUNT, "change");
        JsonNode deleted = changes.get(changes.size() - 1);
        assertEquals("DONE", deleted.path("outcome").asText());
        assertEquals("local user " + USER + ", by --apply", deleted.path("by").asText());
        assertTrue(deleted.path("what").asText().contains("AKIA…"), deleted.toString());
        int call = texts(all, "requestId").indexOf(deleted.path("requestId").asText());
        assertEquals("iam:DeleteAccessKey", all.get(call).path("what").asText(), "the call stands before its change");
        List<JsonNode> statements = entries(CommandLineFixture.ACCOUNT, "statement");
        assertEquals(List.of("PLAN approved"), texts(statements, "what"));
        assertTrue(statements.get(0).path("outcome").asText().contains("keys that may go although they were used: AKIA…"));
        assertFalse(Files.readString(cli.file("evidence.jsonl")).contains(key), "no whole key id");
        assertWhole(dir);
    }

    @Test
    void aDryRunIsNoChange() throws IOException {
        cli.unsecured();
        cli.run("secure");
        assertEquals(List.of(), entries(CommandLineFixture.ACCOUNT, "change"));
        assertEquals(List.of(), entries(CommandLineFixture.ACCOUNT, "statement"));
    }

    @Test
    void aStatementIsOnRecordWithWhatAwsSaysToIt() throws IOException {
        cli.secured();
        cli.run("validate", "--root-password-changed-by", "Ada Lovelace");

        JsonNode stated = entries(CommandLineFixture.ACCOUNT, "statement").get(0);
        assertEquals("Ada Lovelace", stated.path("by").asText());
        assertFalse(stated.path("outcome").asText().isBlank());
    }

    @Test
    void theSumsAreThoseOfEveryFileAsSha256sumTakesThem() throws Exception {
        cli.secured();
        cli.run("report");
        cli.run("validate");

        Set<String> summed = new TreeSet<>();
        for (String line : Files.readAllLines(cli.file("SHA256SUMS"))) {
            String[] parts = line.split(" {2}", 2);
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(cli.file(parts[1])));
            assertEquals(HexFormat.of().formatHex(sum), parts[0], parts[1]);
            summed.add(parts[1]);
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
                summed);
        assertWhole(dir);
        assertWhole(dir.resolve(CommandLineFixture.ACCOUNT));
        assertTrue(cli.out().contains("SHA-256 of the last line"), cli.out());
    }

    @Test
    void aFileThatWasChangedByHandShowsAlsoAfterALaterRunThatDidNotWriteIt() throws IOException {
        cli.secured();
        cli.run("report");
        Path findings = cli.file("findings.json");
        Files.writeString(findings, Files.readString(findings).replace("FAIL", "PASS") + " ");
        assertFlaw("findings.json: it is not as it was stored");
        String before = sum("findings.json");

        cli.aws.faults().deny("*", "iam:*");
        cli.aws.faults().deny("*", "cloudtrail:*");
        assertEquals(ExitCode.AWS, cli.run("report"), cli.out());
        assertFlaw("findings.json: it is not as it was stored");
        assertEquals(before, sum("findings.json"), "sha256sum shows it, too");
    }

    private String sum(String name) throws IOException {
        return Files.readAllLines(cli.file("SHA256SUMS")).stream()
                .filter(l -> l.endsWith("  " + name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aLineOfTheRecordThatWasChangedByHandShows() throws IOException {
        cli.secured();
        cli.run("report");
        Path record = cli.file("evidence.jsonl");
        Files.writeString(record, Files.readString(record).replaceFirst(USER, "nobody"));
        assertFlaw("evidence.jsonl: line 2 does not follow from the line before it");
    }

    @Test
    void aRecordCutOffAtTheEndShowsByItsSum() throws IOException {
        cli.secured();
        cli.run("report");
        List<String> lines = Files.readAllLines(cli.file("evidence.jsonl"));
        Files.write(cli.file("evidence.jsonl"), lines.subList(0, 3), StandardCharsets.UTF_8);
        assertFlaw("evidence.jsonl: it is not as SHA256SUMS has it");
    }

    @Test
    void filesThatAreGoneShow() throws IOException {
        cli.secured();
        cli.run("report");
        Files.delete(cli.file("report.html"));
        assertFlaw("report.html: it is gone");
        Files.delete(cli.file("SHA256SUMS"));
        assertFlaw("SHA256SUMS: there are no sums");
        Files.delete(cli.file("evidence.jsonl"));
        assertFlaw("evidence.jsonl: there is no record of what was done");
    }

    private void assertFlaw(String line) {
        assertEquals(ExitCode.FINDINGS, cli.run("evidence", dir.toString()), cli.out());
        assertTrue(cli.out().contains("✗ 123456789012: " + line), cli.out());
    }

    @Test
    void aFolderWithoutEvidenceIsAWrongCall() {
        assertEquals(ExitCode.USAGE, cli.run("evidence", dir.toString()), cli.out());
        assertTrue(cli.err().contains("There is nothing in"), cli.err());
        assertEquals(ExitCode.USAGE, cli.run("evidence", dir.resolve("none").toString()), cli.out());
        assertTrue(cli.err().contains("There is no folder"), cli.err());
    }
}
