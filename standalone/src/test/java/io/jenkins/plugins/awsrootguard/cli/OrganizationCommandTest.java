package io.jenkins.plugins.awsrootguard.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awsrootguard.cli.RootGuard.ExitCode;
import io.jenkins.plugins.awsrootguard.emulator.OrganizationPreset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrganizationCommandTest {

    @TempDir
    Path dir;

    private CommandLineFixture cli;

    @BeforeEach
    void start() {
        cli = new CommandLineFixture(dir);
    }

    @AfterEach
    void stop() {
        cli.close();
    }

    private OrganizationPreset organization(int accounts) {
        OrganizationPreset preset = OrganizationPreset.of(cli.aws, accounts);
        cli.as(preset.administrator());
        return preset;
    }

    private Path file(OrganizationPreset preset, String name) {
        return dir.resolve(name);
    }

    private JsonNode findings(OrganizationPreset preset) throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(file(preset, "findings.json")));
    }

    private static Map<String, JsonNode> byAccount(JsonNode findings) {
        Map<String, JsonNode> accounts = new TreeMap<>();
        findings.path("accounts").forEach(a -> accounts.put(a.path("accountId").asText(), a));
        return accounts;
    }

    private static String verdict(OrganizationPreset.Kind kind) {
        return switch (kind) {
            case ROOT_KEY, PASSWORD_ONLY, EVERYTHING -> "READ AT_RISK";
            case NO_ROOT_CREDENTIALS, THROTTLED_AT_FIRST -> "READ NO_GAPS";
            case PASSWORD_AND_MFA -> "READ ATTENTION";
            case DENIED -> "UNREAD UNKNOWN";
            case SUSPENDED -> "NOT_APPLICABLE NO_GAPS";
        };
    }

    private void answerWith(String action, String instead, String of) {
        cli.aws
                .faults()
                .rewrite(
                        action,
                        body -> new String(body, StandardCharsets.UTF_8)
                                .replace(of, instead)
                                .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anAccountThatIsNoneIsNoPlaceToWriteTo() throws IOException {
        OrganizationPreset preset = organization(8);
        String one = preset.kinds().keySet().iterator().next();
        answerWith("organizations:ListAccounts", "../outside", one);
        int code =
                cli.run("report", "--organization", "--out", dir.resolve("out").toString());
        assertFalse(Files.exists(dir.resolve("outside")), "written beside the folder");
        assertEquals(ExitCode.AWS, code, cli.err());
    }

    @Test
    void anOrganizationThatIsNoneIsNoPlaceToWriteTo() throws IOException {
        OrganizationPreset preset = organization(8);
        answerWith(
                "organizations:DescribeOrganization",
                "../outside",
                preset.organization().id());
        int code =
                cli.run("report", "--organization", "--out", dir.resolve("out").toString());
        assertFalse(Files.exists(dir.resolve("outside")), "written beside the folder");
        assertEquals(ExitCode.AWS, code, cli.err());
    }

    @Test
    void reportShowsTheRightVerdictForEachOf200Accounts() throws IOException {
        OrganizationPreset preset = organization(200);

        assertEquals(ExitCode.FINDINGS, cli.run("report", "--organization"), cli.err());

        JsonNode findings = findings(preset);
        Map<String, JsonNode> accounts = byAccount(findings);
        assertEquals(200, findings.path("accounts").size());
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> actual = new TreeMap<>();
        preset.kinds().forEach((id, kind) -> {
            expected.put(id, verdict(kind));
            actual.put(
                    id,
                    accounts.get(id).path("reading").asText() + " "
                            + accounts.get(id).path("standing").asText());
        });
        assertEquals(expected, actual);
        assertTrue(findings.path("run").path("complete").asBoolean());
        assertEquals(
                "PASS",
                findings.path("run").path("findings").path(0).path("status").asText());
        assertEquals(18, findings.path("controls").size());
        String html = Files.readString(file(preset, "report.html"));
        assertTrue(html.indexOf("At risk</td>") < html.indexOf("Could not be read</td>"), "worst first");
        assertTrue(html.contains("href=\"200000000001/report.html\""));
        assertTrue(Files.size(file(preset, "report.css")) > 0);
        try (Stream<Path> folders = Files.list(dir)) {
            assertEquals(201, folders.filter(Files::isDirectory).count(), "200 accounts and the organization");
        }
        assertTrue(cli.out().contains("200 accounts: "), cli.out());
        assertTrue(cli.out().contains("1 not applicable"), cli.out());
        assertTrue(cli.out().contains("""
            ✖ At risk: Root has an active access key.
                20 accounts: 200000000001 (team-1), 200000000011 (team-11), 200000000021 (team-21) and 17 more
            """), cli.out());
        // Each by its own root, so that they are two kinds.
        assertTrue(
                cli.out().contains("AWS denied iam:GetAccountSummary for arn:aws:iam::200000000005:root"), cli.out());
        assertTrue(cli.out().contains("    200000000045 (team-45)\n"), cli.out());
        assertTrue(cli.out().contains("Use --member-role NAME"), cli.out());
        assertTrue(Files.exists(dir.resolve("100000000000").resolve("credential-report.csv")));
    }

    @Test
    void foldsFindingsThatSayTheSame() throws IOException {
        organization(51);

        cli.run("report", "--organization", "--accounts", "200000000001,200000000005,200000000015");

        String unread = html("200000000005");
        assertEquals(1, count(unread, "<h4>The account could not be read"), unread);
        assertEquals(17, count(unread, "<p class=\"control\">"), unread);
        assertTrue(unread.contains("not read</span>"), unread);
        String suspended = html("200000000015");
        assertEquals(1, count(suspended, "<h4>The account is SUSPENDED"), suspended);
        assertTrue(suspended.contains("No controls passed, 17 do not apply"), suspended);
        String read = html("200000000001");
        assertEquals(1, count(read, "<h4>Not checked: the account password policy."), read);
        assertFalse(read.contains("redential report"), "a root session reads none");
    }

    private String html(String accountId) throws IOException {
        return Files.readString(dir.resolve(accountId).resolve("report.html"));
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    @Test
    void anAccountsFolderIsThatOfASingleAccount() throws IOException {
        organization(3);

        cli.run("gaps", "--organization", "--accounts", "200000000001");

        for (String name : new String[] {"findings.json", "findings.csv", "report.html", "report.css", "state.json"}) {
            assertTrue(Files.size(dir.resolve("200000000001").resolve(name)) > 0, name);
        }
        String html = Files.readString(dir.resolve("200000000001").resolve("report.html"));
        assertTrue(html.contains("200000000001 (team-1)"), "the name that the organization gives it");
        assertTrue(html.contains("Planned changes"), html);
        assertFalse(Files.exists(dir.resolve("200000000002")));
    }

    @Test
    void validateProvesTheWholeOrganization() throws IOException {
        OrganizationPreset preset = organization(3);

        assertEquals(ExitCode.FINDINGS, cli.run("validate", "--organization"), cli.err());

        Map<String, JsonNode> accounts = byAccount(findings(preset));
        assertTrue(
                accounts.get("100000000000").path("validation").path("secured").asBoolean());
        assertFalse(
                accounts.get("200000000001").path("validation").path("secured").asBoolean());
    }

    @Test
    void anOrganizationWithoutFindingsEndsWith0() {
        organization(1);

        assertEquals(ExitCode.OK, cli.run("gaps", "--organization"), cli.out() + cli.err());
    }

    @Test
    void anOrganizationOfWhichNothingCanBeReadEndsWith3() {
        OrganizationPreset preset = organization(3);
        cli.aws.faults().deny("*", "sts:AssumeRoot");

        assertEquals(
                ExitCode.AWS,
                cli.run(
                        "gaps",
                        "--organization",
                        "--exclude",
                        preset.management().id()),
                cli.out());
        assertTrue(cli.err().contains("No account could be read"), cli.err());
    }

    @Test
    void aListThatCanNotBeReadEndsWith3AndSaysSo() throws IOException {
        OrganizationPreset preset = organization(3);
        cli.aws.faults().deny("*", "organizations:ListAccounts");

        assertEquals(ExitCode.AWS, cli.run("report", "--organization"), cli.out());

        assertTrue(cli.err().contains("Not every account was read. Not every account could be listed"), cli.err());
        assertFalse(findings(preset).path("run").path("complete").asBoolean());
    }

    @Test
    void anAccountOutsideAnOrganizationEndsWith3() {
        cli.unsecured();

        assertEquals(ExitCode.AWS, cli.run("report", "--organization"), cli.out());
        assertTrue(cli.err().contains("belongs to no organization"), cli.err());
    }

    @Test
    void aDamagedStateOfOneAccountIsNamedBeforeAnythingIsOverwritten() throws IOException {
        OrganizationPreset preset = organization(3);
        Files.createDirectories(dir.resolve("200000000001"));
        Files.writeString(dir.resolve("200000000001").resolve("state.json"), "{");

        assertEquals(ExitCode.USAGE, cli.run("report", "--organization"), cli.out());

        assertTrue(cli.err().contains("Move the file away"), cli.err());
        assertEquals("{", Files.readString(dir.resolve("200000000001").resolve("state.json")));
        assertFalse(Files.exists(file(preset, "findings.json")));
    }

    @Test
    void aStatementOfAnEarlierRunIsStillCounted() throws IOException {
        OrganizationPreset preset = organization(4);
        cli.run("report", "--account", "200000000003");
        Path state = dir.resolve("200000000003").resolve("state.json");
        JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(state));
        assertTrue(json.path("facts").has("passwordConfirmation"), json.toString());

        cli.run("validate", "--account", "200000000003", "--root-password-changed-by", "Ada Lovelace");
        cli.run("gaps", "--organization");

        String account = byAccount(findings(preset)).get("200000000003").toString();
        assertTrue(account.contains("as stated by Ada Lovelace"), account);
    }

    @Test
    void nobodyElseOnTheMachineMayReadWhatIsWritten() throws IOException {
        OrganizationPreset preset = organization(2);
        Path out = dir.resolve("new");
        cli.run("report", "--organization", "--out", out.toString());
        Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rwx------");
        if (dir.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            for (String folder : new String[] {"", preset.organization().id(), "200000000001"}) {
                assertEquals(owner, Files.getPosixFilePermissions(out.resolve(folder)), folder);
            }
        }
    }

    @Test
    void noTemporaryFileIsLeft() throws IOException {
        organization(2);
        cli.run("report", "--organization");
        try (Stream<Path> files = Files.walk(dir)) {
            assertEquals(
                    List.of(),
                    files.filter(f -> f.getFileName().toString().endsWith(".tmp"))
                            .toList());
        }
    }
}
