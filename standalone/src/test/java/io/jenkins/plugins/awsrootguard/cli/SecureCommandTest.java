package io.jenkins.plugins.awsrootguard.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awsrootguard.cli.RootGuard.ExitCode;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecureCommandTest {

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
    void secureWithoutApplyOnlySaysWhatItWouldDo() throws IOException {
        EmulatedAccount account = cli.unsecured();

        assertEquals(ExitCode.FINDINGS, cli.run("secure"), cli.err());

        assertTrue(cli.out().contains("would be done"), cli.out());
        CommandLineFixture.assertUntouched(account);
        assertEquals(ExitCode.FINDINGS, cli.run("secure"), cli.err());
        long firstKind = cli.findings().path("changes").findValuesAsText("kind").stream()
                .filter("CREATE_ADMIN_USER"::equals)
                .count();
        assertEquals(1, firstKind, "an earlier dry run is no change that was made");
    }

    @Test
    void applyKeepsAKeyThatWasUsedRecentlyUntilItIsNamed() {
        EmulatedAccount account = cli.unsecured();

        assertEquals(ExitCode.FINDINGS, cli.run("secure", "--apply"), cli.err());

        assertNotNull(account.user("root-guard-admin"));
        assertEquals(1, account.root().accessKeys().size());
        String key = account.root().accessKeys().get(0).id();
        assertTrue(cli.out().contains("--delete-key"), cli.out());

        assertEquals(ExitCode.FINDINGS, cli.run("secure", "--apply", "--delete-key", Printable.keyId(key)), cli.err());
        assertTrue(account.root().accessKeys().isEmpty());
        assertTrue(cli.out().contains("Run validate with other"), cli.out());
        assertFalse((cli.out() + cli.err()).contains(key), "no whole key id is printed");
    }

    @Test
    void secondRunNamesTheRunThatDeletedTheKey() {
        EmulatedAccount account = cli.unsecured();
        String key = account.root().accessKeys().get(0).id();
        cli.run("secure", "--apply", "--delete-key", key);

        assertEquals(ExitCode.AWS, cli.run("secure", "--apply", "--delete-key", key), cli.out());

        assertTrue(
                cli.err()
                        .contains("AWS refused the credentials of access key " + Printable.keyId(key)
                                + " (AWS_ACCESS_KEY_ID): an earlier run in " + cli.dir
                                + " deleted this root access key on 20"),
                cli.err());
        assertFalse((cli.out() + cli.err()).contains(key), "no whole key id is printed");
    }

    @Test
    void theStateTellsWhoApprovedAndKeepsEarlierChanges() throws IOException {
        EmulatedAccount account = cli.unsecured();
        cli.run("secure", "--apply");
        String key = account.root().accessKeys().get(0).id();
        cli.run("secure", "--apply", "--delete-key", key);

        JsonNode changes = cli.findings().path("changes");
        JsonNode last = changes.path(changes.size() - 1);
        assertEquals("DELETE_ROOT_ACCESS_KEY", last.path("kind").asText());
        assertEquals("DONE", last.path("outcome").asText());
        assertTrue(last.path("approvedBy").asText().endsWith(", by --apply"), last.toString());
        assertTrue(changes.findValuesAsText("kind").contains("CREATE_ADMIN_USER"));
    }

    @Test
    void withoutWaitItListsWhatAPersonHasToDoAndGoesOn() {
        cli.unsecured();
        cli.whileWaiting(() -> {
            throw new AssertionError("it waited");
        });

        assertEquals(ExitCode.FINDINGS, cli.run("secure", "--apply"), cli.err());
        assertTrue(cli.out().contains("Manual task: Enable MFA for the root user"), cli.out());
    }

    @Test
    void waitGoesOnWhenAwsShowsMfa() {
        EmulatedAccount account = cli.unsecured();
        cli.whileWaiting(() -> account.root().enablePasskey());

        cli.run("secure", "--wait", "1");

        assertTrue(cli.out().contains("Not completed: account summary: AccountMFAEnabled = 0"), cli.out());
        assertTrue(cli.out().contains("Completed: account summary: AccountMFAEnabled = 1"), cli.out());
    }

    @Test
    void waitEndsAndTheTaskStaysOpen() throws IOException {
        cli.unsecured();

        assertEquals(ExitCode.FINDINGS, cli.run("secure", "--wait", "1"), cli.err());

        assertTrue(cli.out().contains("Not completed in 1 min. The task stays open"), cli.out());
        assertEquals(
                "MFA", cli.findings().path("manualTasks").path(0).path("what").asText());
    }

    @Test
    void aStatementAboutTheRootPasswordIsKeptForTheNextRun() {
        EmulatedAccount account = cli.secured();
        account.root().passwordLastChanged(null);
        assertEquals(ExitCode.FINDINGS, cli.run("gaps", "--fail-on", "MEDIUM"), cli.out());
        assertTrue(cli.out().contains("(root-password-rotation)"), cli.out());

        cli.run("secure", "--root-password-changed-by", "Ada Lovelace");
        assertTrue(cli.out().contains("Ada Lovelace states that the root password was changed"), cli.out());

        cli.run("gaps");
        assertFalse(cli.out().contains("(root-password-rotation)"), cli.out());
    }

    @Test
    void noSecretIsPrintedOrWritten() throws IOException {
        EmulatedAccount account = cli.unsecured();
        AccessKeyPair key = account.rootKey();
        cli.run("secure", "--apply", "--delete-key", key.accessKeyId());

        StringBuilder all = new StringBuilder(cli.out() + cli.err());
        try (Stream<Path> files = Files.list(dir.resolve(CommandLineFixture.ACCOUNT))) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file));
            }
        }
        assertFalse(all.toString().contains(key.secretAccessKey()));
    }
}
