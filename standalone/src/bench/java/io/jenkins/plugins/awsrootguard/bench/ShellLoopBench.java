package io.jenkins.plugins.awsrootguard.bench;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Compares the reading of an organization with a shell loop that makes the same calls with the AWS CLI, account by account. Both
 * read the same emulated organization; the loop reads some of its accounts.
 */
final class ShellLoopBench {

    private static final Duration LATENCY = Duration.ofMillis(50);
    private static final int ACCOUNTS = 1000;
    /** The number of accounts of the loop. */
    private static final int LOOPED = 20;

    private ShellLoopBench() {}

    /** @param script the loop; takes the accounts' ids as its arguments */
    static void run(Path script) throws IOException, InterruptedException {
        if (!isInstalled()) {
            System.out.println("shell loop: NOT measured, the aws command is not installed");
            return;
        }
        try (EmulatedOrganizationProcess aws = EmulatedOrganizationProcess.start(ACCOUNTS, LATENCY)) {
            OrganizationReading.once(aws, 20);
            OrganizationReading ours = OrganizationReading.median(aws, 20);
            ProcessBuilder loop = new ProcessBuilder("bash", script.toString());
            ours.store().accounts().stream()
                    .map(AccountEntry::id)
                    // No root session can reach the management account.
                    .filter(id -> id.startsWith("2"))
                    .limit(LOOPED)
                    .forEach(loop.command()::add);
            int members = loop.command().size() - 2;
            loop.environment().put("AWS_ENDPOINT_URL", aws.endpoint());
            loop.environment().put("AWS_SHARED_CREDENTIALS_FILE", aws.credentials().toString());
            loop.environment().put("AWS_DEFAULT_REGION", "us-east-1");
            loop.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.INHERIT);
            long start = System.nanoTime();
            int code = loop.start().waitFor();
            double theirs = (System.nanoTime() - start) / 1e9 / members;
            if (code != 0) {
                throw new IllegalStateException("the shell loop ended with " + code);
            }
            double one = ours.seconds() / ours.accounts();
            System.out.println(String.format(
                    Locale.ROOT,
                    "a shell loop of aws commands takes %.0f times as long: %.2f s an account (%d accounts), against %.3f s (%d accounts, 20 at once)",
                    theirs / one,
                    theirs,
                    members,
                    one,
                    ours.accounts()));
        }
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            Process aws = new ProcessBuilder("aws", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return aws.waitFor(1, TimeUnit.MINUTES) && aws.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
