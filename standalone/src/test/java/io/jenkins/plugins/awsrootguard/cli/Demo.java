package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.cli.RootGuard.ExitCode;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmbeddedAws;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code bin/run} without arguments: an emulated AWS account whose root user is unsecured, taken through all four phases by the
 * real command line. What only a person can do is done here in the emulated console, and said so.
 */
final class Demo {

    static final String ACCOUNT = "123456789012";

    private final PrintStream out;
    private final Path dir;
    private final EmulatedAccount account;
    private final RootGuard commands;

    private Demo(PrintStream out, Path dir, EmulatedAccount account) {
        this.out = out;
        this.dir = dir;
        this.account = account;
        this.commands = new RootGuard(new Console(out, out, pause -> enableMfa()));
    }

    public static void main(String[] args) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(run(out, Path.of(args.length == 0 ? "target/demo" : args[0])));
    }

    /** Runs the demo; 0 when every command ended as it should. */
    static int run(PrintStream out, Path dir) {
        try (EmbeddedAws aws = EmbeddedAws.start()) {
            // One day is shown in a few seconds: AWS itself would answer with the same report for four hours.
            EmulatedAccount account = Presets.unsecured(aws, ACCOUNT)
                    .alias("demo")
                    .reportCacheHours(0)
                    .reportDelay(1);
            System.setProperty("aws.endpointUrl", aws.endpoint().toString());
            System.setProperty("aws.region", "us-east-1");
            out.println("An AWS account emulated on this machine, at " + aws.endpoint()
                    + ". Its root user has a password of 2019, an access key, a signing certificate and no MFA.");
            return new Demo(out, dir, account).play();
        } finally {
            List.of("aws.endpointUrl", "aws.region", "aws.accessKeyId", "aws.secretAccessKey")
                    .forEach(System::clearProperty);
        }
    }

    private int play() {
        List<Integer> wrong = new ArrayList<>();
        AccessKeyPair rootKey = account.rootKey();
        use(rootKey);
        command(wrong, ExitCode.FINDINGS, "report");
        command(wrong, ExitCode.FINDINGS, "gaps");
        person("changes the root password, and finds out that nothing but this demo uses the root access key");
        account.root().changePassword();
        command(
                wrong,
                ExitCode.FINDINGS,
                "secure",
                "--apply",
                "--wait",
                "10",
                "--delete-key",
                Printable.keyId(rootKey.accessKeyId()),
                "--root-password-changed-by",
                "Ada Lovelace");
        person("signs in as root-guard-admin, gives it MFA, and makes a user who may only read");
        account.user("root-guard-admin").enableVirtualMfa("root-guard-admin-phone");
        use(Presets.auditor(account));
        command(wrong, ExitCode.OK, "validate", "--fail-on", "CRITICAL");
        out.println();
        out.println("The root user is secured. Files:");
        for (String name :
                List.of("report.html", "findings.json", "findings.csv", "credential-report.csv", "state.json")) {
            out.println("  " + dir.resolve(ACCOUNT).resolve(name));
        }
        return wrong.isEmpty() ? 0 : 1;
    }

    private void command(List<Integer> wrong, int expected, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--out", dir.toString()));
        out.println();
        out.println("$ bin/run "
                + String.join(
                        " ",
                        all.stream()
                                .map(a -> a.contains(" ") ? "'" + a + "'" : a)
                                .toList()));
        int code = commands.run(all.toArray(String[]::new));
        if (code != expected) {
            wrong.add(code);
            out.println("This should have ended with exit code " + expected + ", not " + code);
        }
    }

    /** Called while the command line waits, as time passes for a person at the console. */
    private void enableMfa() {
        if (account.root().mfaDevices().isEmpty()) {
            person("signs in as root in the (emulated) console and registers a security key, and a second one for the"
                    + " safe");
            account.root().enablePasskey().enablePasskey();
        }
    }

    private void person(String does) {
        out.println();
        out.println(">> The person " + does + ".");
    }

    private static void use(AccessKeyPair key) {
        System.setProperty("aws.accessKeyId", key.accessKeyId());
        System.setProperty("aws.secretAccessKey", key.secretAccessKey());
    }
}
