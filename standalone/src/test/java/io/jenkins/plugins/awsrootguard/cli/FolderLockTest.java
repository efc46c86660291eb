package io.jenkins.plugins.awsrootguard.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.cli.RootGuard.ExitCode;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two runs at once, in two processes, on one folder. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FolderLockTest {

    @TempDir
    Path dir;

    private CommandLineFixture cli;
    private EmulatedAccount account;
    private AccessKeyPair key;
    private Process other;

    @BeforeEach
    void start() throws IOException {
        cli = new CommandLineFixture(dir.resolve("out"));
        account = Presets.unsecured(cli.aws, CommandLineFixture.ACCOUNT).reportDelay(0);
        key = account.rootKey();
        cli.as(key);
    }

    @AfterEach
    void stop() throws InterruptedException {
        end();
        cli.close();
    }

    private void end() throws InterruptedException {
        if (other != null) {
            other.destroyForcibly().waitFor();
        }
    }

    /** Another process is at work: AWS does not answer it. */
    private void anotherRun() throws IOException {
        cli.aws.faults().delay("iam:GetAccountSummary", Duration.ofMinutes(5));
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                RootGuard.class.getName(),
                "report",
                "--out",
                dir.resolve("out").toString());
        builder.environment()
                .putAll(Map.of(
                        "AWS_ENDPOINT_URL", cli.aws.endpoint().toString(),
                        "AWS_REGION", "us-east-1",
                        "AWS_ACCESS_KEY_ID", key.accessKeyId(),
                        "AWS_SECRET_ACCESS_KEY", key.secretAccessKey()));
        Path said = dir.resolve("said");
        other = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        while (cli.aws.calls().stream().noneMatch(c -> c.action().equals("GenerateCredentialReport"))) {
            assertTrue(other.isAlive(), () -> read(said));
            Thread.onSpinWait();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void aSecondRunOnTheSameAccountIsToldWhichFolderIsInUse() throws Exception {
        anotherRun();

        assertEquals(ExitCode.USAGE, cli.run("secure", "--apply"), cli.out());

        assertEquals(
                "Another run uses the folder " + dir.resolve("out").resolve(CommandLineFixture.ACCOUNT)
                        + ". Wait until it has ended, or use another folder with --out.",
                cli.err().strip());
        CommandLineFixture.assertUntouched(account);
    }

    @Test
    void aRunOnAllAccountsIsToldSoToo() throws Exception {
        anotherRun();
        cli.aws.clearCalls();
        assertEquals(ExitCode.USAGE, cli.run("report", "--organization"), cli.out());
        assertTrue(cli.err().startsWith("Another run uses the folder " + dir.resolve("out") + "."), cli.err());
        assertTrue(cli.aws.calls().stream().noneMatch(c -> c.action().equals("GetCallerIdentity")), "before any call");
    }

    @Test
    void runsOnTwoAccountsDoNotDisturbEachOther() throws Exception {
        anotherRun();
        cli.aws.faults().clear();
        EmulatedAccount second = Presets.unsecured(cli.aws, "222222222222").reportDelay(0);
        cli.as(second.rootKey());
        assertEquals(ExitCode.FINDINGS, cli.run("report"), cli.err());
    }

    @Test
    void aRunThatWasKilledLeavesTheFolderToTheNext() throws Exception {
        anotherRun();
        end();
        cli.aws.faults().clear();
        assertEquals(ExitCode.FINDINGS, cli.run("report"), cli.err());
        EvidenceFixture.assertChecksums(dir.resolve("out"));
    }
}
