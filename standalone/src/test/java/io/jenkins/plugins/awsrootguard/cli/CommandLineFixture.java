package io.jenkins.plugins.awsrootguard.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmbeddedAws;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line as it is started, against an embedded account; what is set for the process is taken back by close. */
final class CommandLineFixture implements AutoCloseable {

    static final String ACCOUNT = "123456789012";

    final EmbeddedAws aws = EmbeddedAws.start();
    final Path dir;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Runnable whileWaiting = () -> {};

    CommandLineFixture(Path dir) {
        this.dir = dir;
        System.setProperty("aws.endpointUrl", aws.endpoint().toString());
        System.setProperty("aws.region", "us-east-1");
    }

    CommandLineFixture as(AccessKeyPair key) {
        System.setProperty("aws.accessKeyId", key.accessKeyId());
        System.setProperty("aws.secretAccessKey", key.secretAccessKey());
        return this;
    }

    /** An unsecured account, called with root's own key. */
    EmulatedAccount unsecured() {
        EmulatedAccount account = Presets.unsecured(aws, ACCOUNT).reportDelay(0);
        as(account.rootKey());
        return account;
    }

    /** A secured account, called by a user who may only read. */
    EmulatedAccount secured() {
        EmulatedAccount account = Presets.secured(aws, ACCOUNT).reportDelay(0).reportCacheHours(0);
        as(Presets.auditor(account));
        return account;
    }

    static void assertUntouched(EmulatedAccount account) {
        assertNull(account.user("root-guard-admin"));
        assertNull(account.passwordPolicy());
        assertEquals(1, account.root().accessKeys().size());
        assertEquals(1, account.root().certificates().size());
    }

    /** What happens at the console while the command line waits. */
    CommandLineFixture whileWaiting(Runnable act) {
        whileWaiting = act;
        return this;
    }

    int run(String... args) {
        out.reset();
        err.reset();
        List<String> all = new ArrayList<>(List.of(args));
        if (args.length > 0 && !args[0].startsWith("-") && !all.contains("--out")) {
            all.addAll(List.of("--out", dir.toString()));
        }
        Console console = new Console(print(out), print(err), pause -> whileWaiting.run());
        return new RootGuard(console).run(all.toArray(String[]::new));
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    Path file(String name) {
        return dir.resolve(ACCOUNT).resolve(name);
    }

    JsonNode findings() throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(file("findings.json"))).path("accounts").path(0);
    }

    @Override
    public void close() {
        List.of("aws.endpointUrl", "aws.region", "aws.accessKeyId", "aws.secretAccessKey")
                .forEach(System::clearProperty);
        aws.close();
    }
}
