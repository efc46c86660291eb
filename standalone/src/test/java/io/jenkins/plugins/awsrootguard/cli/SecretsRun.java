package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.OrganizationPreset;
import io.jenkins.plugins.awsrootguard.emulator.SessionKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * Every command, as it goes well and as it goes wrong, in a process in which everything is logged. Then it looks for each secret
 * that was in play in all that was printed, written, thrown and logged, and prints where one was found; never the secret.
 */
public final class SecretsRun {

    private static final String WITH_KEY = "200000000001";

    private final Path dir;
    private final Map<String, String> seen = new TreeMap<>();
    private final List<String> secrets = new ArrayList<>();
    private int runs;

    private SecretsRun(Path dir) {
        this.dir = dir;
    }

    /** @param args a folder to write into */
    public static void main(String[] args) throws IOException {
        CapturedLogs.begin();
        SecretsRun run = new SecretsRun(Path.of(args[0]));
        run.oneAccount();
        run.sessionCredentials();
        run.organization();
        run.failures();
        run.tell();
    }

    static String stack(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private void with(Consumer<CommandLineFixture> scenario) {
        try (CommandLineFixture cli = new CommandLineFixture(dir.resolve("out-" + runs++))) {
            scenario.accept(cli);
            secrets.addAll(cli.aws.secrets());
        }
    }

    private void run(CommandLineFixture cli, String... args) {
        int code = cli.run(args);
        seen.put("printed by run " + runs++ + ", exit code " + code + ": " + args[0], cli.out() + cli.err());
    }

    /** The same way to AWS without the command line's handling of errors: what is thrown, to its last cause. */
    private void open(String accountId) {
        try (AccountConnection connection = AccountConnection.open(
                AwsAccess.open(
                        DefaultCredentialsProvider.builder().build(),
                        new AwsAccess.Settings(
                                null, new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(5), 3))),
                accountId,
                null)) {
            seen.put("connection " + runs++, connection + " " + connection.caller());
        } catch (RuntimeException e) {
            seen.put("exception " + runs++, stack(e));
        }
    }

    private void oneAccount() {
        with(cli -> {
            EmulatedAccount account = cli.unsecured();
            String key = account.rootKey().accessKeyId();
            run(cli, "report");
            run(cli, "gaps");
            run(cli, "secure");
            run(cli, "secure", "--apply", "--root-password-changed-by", "Ada");
            run(cli, "validate");
            run(cli, "secure", "--apply", "--delete-key", key);
            run(cli, "validate");
        });
    }

    private void sessionCredentials() {
        with(cli -> {
            cli.secured();
            session(cli);
            run(cli, "report");
            run(cli, "validate");
            open(null);
            cli.aws.faults().failNext(
                    "sts:GetCallerIdentity",
                    2,
                    403,
                    "SignatureDoesNotMatch",
                    "The request signature we calculated does not match. The Canonical String for this request should have"
                            + " been 'POST x-amz-security-token:" + System.getProperty("aws.sessionToken") + "'");
            run(cli, "report");
            open(null);
            cli.aws.faults().failNext(
                    "iam:GetAccountSummary",
                    9,
                    400,
                    "ValidationError",
                    "Bad header x-amz-security-token: " + System.getProperty("aws.sessionToken"));
            run(cli, "report");
            System.clearProperty("aws.sessionToken");
        });
    }

    private static void session(CommandLineFixture cli) {
        SessionKey given =
                cli.aws.session(cli.aws.account(CommandLineFixture.ACCOUNT).user("auditor"));
        cli.as(new AccessKeyPair(given.accessKeyId(), given.secretAccessKey()));
        System.setProperty("aws.sessionToken", given.sessionToken());
    }

    private void organization() {
        with(cli -> {
            OrganizationPreset preset = OrganizationPreset.of(cli.aws, 5);
            cli.as(preset.administrator());
            EmulatedAccount member = cli.aws.account(WITH_KEY);
            member.createRole("Audit").trusting(preset.management()).attachedPolicies().add(member.administratorAccess());
            run(cli, "report", "--organization", "--verbose", "--member-role", "Audit");
            run(cli, "gaps", "--account", "200000000002", "--remove-root-password");
            run(cli, "secure", "--organization", "--apply", "--remove-root-password", "--central-root-management", "ENABLE");
            run(cli, "validate", "--organization");
            run(cli, "secure", "--allow-password-recovery", "200000000002", "--apply");
            run(cli, "report", "--account", "999999999999");
            open("200000000003");
            open("999999999999");
            cli.aws.faults().malformedNext("sts:AssumeRoot", 99);
            run(cli, "report", "--organization");
            open("200000000003");
            cli.aws.faults().clear().truncateNext("sts:AssumeRoot", 99);
            run(cli, "report", "--organization");
            open("200000000003");
        });
    }

    private void failures() {
        List<Consumer<CommandLineFixture>> faults = List.of(
                cli -> cli.aws.faults().deny("*", "*:*"),
                cli -> cli.aws.faults().deny("*", "iam:*"),
                cli -> cli.aws.faults().throttleNext("*:*", 9),
                cli -> cli.aws.faults().malformedNext("*:*", 9),
                cli -> cli.aws.faults().truncateNext("*:*", 9),
                cli -> cli.aws.faults().dropConnection("*:*", 9),
                cli -> System.setProperty("aws.accessKeyId", "AKIANOSUCHKEY1234567"),
                cli -> {
                    secrets.add("canary/wrong+secret0123456789abcdefghijkl");
                    System.setProperty("aws.secretAccessKey", "canary/wrong+secret0123456789abcdefghijkl");
                });
        for (Consumer<CommandLineFixture> fault : faults) {
            with(cli -> {
                cli.unsecured();
                fault.accept(cli);
                run(cli, "report");
                open(null);
            });
            with(cli -> {
                cli.unsecured();
                fault.accept(cli);
                run(cli, "secure", "--apply");
            });
        }
    }

    /** What was looked through, so that a run which did nothing can't pass; then a line for each place that holds a secret. */
    private void tell() throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                seen.put("file " + dir.relativize(file), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        Map<String, List<CapturedLogs.Line>> logs =
                CapturedLogs.LINES.stream().collect(Collectors.groupingBy(CapturedLogs.Line::logger));
        logs.forEach((logger, lines) -> seen.put(
                "log " + logger,
                lines.stream().map(CapturedLogs.Line::text).collect(Collectors.joining("\n"))));
        System.out.println("secrets " + secrets.stream().distinct().count());
        for (String kind : List.of("printed", "file", "exception", "log")) {
            System.out.println(kind + " " + seen.keySet().stream().filter(k -> k.startsWith(kind)).count());
        }
        logs.keySet().stream().sorted().forEach(logger -> System.out.println("logger " + logger));
        seen.forEach((where, text) -> {
            if (secrets.stream().anyMatch(text::contains)) {
                System.out.println("LEAK " + where);
            }
        });
    }
}
