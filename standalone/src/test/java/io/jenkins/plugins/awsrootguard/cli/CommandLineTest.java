package io.jenkins.plugins.awsrootguard.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.cli.RootGuard.ExitCode;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

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

    @Test
    void reportWritesEveryFileAndChangesNothing() throws IOException {
        EmulatedAccount account = cli.unsecured();

        assertEquals(ExitCode.FINDINGS, cli.run("report"), cli.err());

        for (String name : new String[] {
            "credential-report.csv",
            "findings.json",
            "findings.csv",
            "report.html",
            "report.css",
            "state.json",
            "evidence.jsonl",
            "SHA256SUMS"
        }) {
            assertTrue(Files.size(cli.file(name)) > 0, name);
        }
        assertTrue(cli.out().contains("AccountMFAEnabled = 0"), cli.out());
        CommandLineFixture.assertUntouched(account);
        try (Stream<Path> files = Files.list(dir.resolve(CommandLineFixture.ACCOUNT))) {
            assertEquals(8, files.filter(f -> !f.endsWith(".lock")).count(), "no temporary file is left");
        }
    }

    @Test
    void gapsListsFindingsPlanAndWhatWaitsForAPerson() throws IOException {
        cli.unsecured();

        assertEquals(ExitCode.FINDINGS, cli.run("gaps"), cli.err());

        assertTrue(cli.out().contains("Root has a password and no MFA. (root-mfa)"), cli.out());
        assertTrue(cli.out().contains("Create IAM user root-guard-admin"), cli.out());
        assertTrue(cli.out().contains("Manual task: Enable MFA for the root user"), cli.out());
        assertEquals(
                "MFA", cli.findings().path("manualTasks").path(0).path("what").asText());
    }

    @Test
    void aSecuredAccountEndsWith0() {
        cli.secured();

        assertEquals(ExitCode.OK, cli.run("gaps"), cli.out() + cli.err());
    }

    @Test
    void theThresholdDecidesTheExitCode() {
        EmulatedAccount account = cli.secured();
        account.passwordPolicy(null);

        assertEquals(ExitCode.FINDINGS, cli.run("gaps", "--fail-on", "high"), cli.out());
        assertTrue(cli.out().contains("Exit code 1: 1 finding of severity HIGH or worse"), cli.out());
        assertEquals(ExitCode.OK, cli.run("gaps", "--fail-on", "CRITICAL"), cli.out());
    }

    @Test
    void whatCouldNotBeReadCountsAsFailed() {
        EmulatedAccount account = cli.secured();
        account.allow(
                "auditor",
                "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Deny\", \"Action\":"
                        + " \"iam:GetAccountPasswordPolicy\", \"Resource\": \"*\"}]}");

        assertEquals(ExitCode.FINDINGS, cli.run("gaps"), cli.out());
        assertTrue(cli.out().contains("1 that could not be read"), cli.out());
    }

    @Test
    void validateProvesAllPoints() throws IOException {
        cli.secured();

        assertEquals(ExitCode.OK, cli.run("validate"), cli.out() + cli.err());

        assertTrue(cli.out().contains("Checks passed: 5 of 5"), cli.out());
        assertTrue(cli.findings().path("validation").path("secured").asBoolean());
    }

    @Test
    void validateIsNot0WhenAPointIsMissingBelowTheThreshold() {
        EmulatedAccount account = cli.secured();
        account.root().passwordLastChanged(Instant.parse("2019-03-01T10:00:00Z"));

        assertEquals(ExitCode.FINDINGS, cli.run("validate"), cli.out());
        assertTrue(cli.out().contains("Exit code 1: 1 account did not pass every validation check"), cli.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gaps --fail-on SOMETIMES | --fail-on 'SOMETIMES' is not a severity",
                "gaps --account 12345 | --account '12345' is not an AWS account id",
                "gaps --region nowhere | --region 'nowhere' is not a region",
                "secure --organization --wait 5 | cannot be used with --organization",
                "gaps --exclude 123456789012 | only be used with --organization",
                "gaps --organization --account 123456789012 | Use --accounts",
                "report --organization --accounts 12345 | --accounts '12345' is not an AWS account id",
                "report --organization --parallelism 0 | --parallelism is 0. Enter",
                "validate --organization --root-password-changed-by Ada | for one account",
                "secure --wait -1 | --wait is -1. Enter",
                "secure --wait soon | soon",
                "secure --admin-user a/b | --admin-user 'a/b' is not a valid IAM name",
                "report --apply | Unknown option: '--apply'",
                "repair | repair"
            })
    void aWrongCallEndsWith2AndSaysWhatIsWrong(String call, String message) {
        cli.unsecured();

        assertEquals(ExitCode.USAGE, cli.run(call.split(" ")), cli.out());

        assertTrue(cli.err().contains(message), cli.err());
        assertFalse(cli.err().contains("\tat "), cli.err());
    }

    @Test
    void noCommandAtAllEndsWith2() {
        assertEquals(ExitCode.USAGE, cli.run());
        assertTrue(cli.err().contains("report, gaps, secure or validate"), cli.err());
    }

    @Test
    void helpEndsWith0() {
        assertEquals(ExitCode.OK, cli.run("--help"));
        assertTrue(cli.out().contains("Exit code: 0 no finding"), cli.out());
    }

    @Test
    void refusedCredentialsEndWith3() {
        cli.unsecured();
        cli.as(new AccessKeyPair("AKIAIOSFODNN7EXAMPLE", "not-the-secret-of-anybody"));

        assertEquals(ExitCode.AWS, cli.run("report"), cli.out());

        assertTrue(
                cli.err()
                        .startsWith("AWS refused the credentials of access key AKIA…MPLE (AWS_ACCESS_KEY_ID) in"
                                + " sts:GetCallerIdentity: "),
                cli.err());
        assertFalse(cli.err().contains("not-the-secret"), cli.err());
        assertFalse(Files.exists(dir.resolve(CommandLineFixture.ACCOUNT)));
    }

    @Test
    void noCredentialsAtAllEndWith3AndTheRemedy() {
        assertEquals(ExitCode.AWS, cli.run("report"), cli.out());

        assertTrue(cli.err().startsWith("No AWS credentials were found. Set AWS_PROFILE"), cli.err());
    }

    @Test
    void aProfileThatIsNotThereIsNamed() {
        System.setProperty("aws.profile", "no-such-profile");
        try {
            assertEquals(ExitCode.AWS, cli.run("report"), cli.out());
        } finally {
            System.clearProperty("aws.profile");
        }
        assertTrue(cli.err().startsWith("The AWS profile 'no-such-profile' has no cred"), cli.err());
    }

    @Test
    void warnsOfAllowListedKeyThatRootDoesNotHave() {
        EmulatedAccount account = cli.unsecured();
        String id = account.rootKey().accessKeyId();

        cli.run("gaps", "--delete-key", "AKIAIOSFODNN7EXAMPLE", "--delete-key", id);

        assertTrue(
                cli.out().contains("Warning: --delete-key has AKIA…MPLE, which is not a root access key"), cli.out());
        assertEquals(1, cli.out().split("Warning: --delete-key", -1).length - 1, cli.out());
    }

    @Test
    void nothingReadableEndsWith3() {
        EmulatedAccount account = Presets.unsecured(cli.aws, CommandLineFixture.ACCOUNT);
        account.createUser("/", "nobody");
        cli.as(account.userKey("nobody"));

        assertEquals(ExitCode.AWS, cli.run("report"), cli.out());
        assertTrue(cli.err().contains("AWS denied iam:GetAccountSummary"), cli.err());
    }

    @Test
    void aFolderThatCanNotBeWrittenEndsWith2() throws IOException {
        cli.unsecured();
        Files.writeString(dir.resolve(CommandLineFixture.ACCOUNT), "in the way");

        assertEquals(ExitCode.USAGE, cli.run("report"), cli.out());
        assertTrue(cli.err().startsWith("Could not create the folder "), cli.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "",
                "[]",
                "{\"accountId\": 1}",
                "{\"accountId\": \"123456789012\", \"schema\": 1, \"changes\": [null]}"
            })
    void aDamagedStateIsNamedAndNotOverwritten(String damaged) throws IOException {
        cli.unsecured();
        Files.createDirectories(dir.resolve(CommandLineFixture.ACCOUNT));
        Files.writeString(cli.file("state.json"), damaged);

        assertEquals(ExitCode.USAGE, cli.run("report"), cli.out());

        assertTrue(cli.err().contains("Move the file away"), cli.err());
        assertEquals(damaged, Files.readString(cli.file("state.json")));
    }
}
