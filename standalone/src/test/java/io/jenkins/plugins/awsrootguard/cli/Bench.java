package io.jenkins.plugins.awsrootguard.cli;

import com.sun.management.OperatingSystemMXBean;
import io.jenkins.plugins.awsrootguard.account.OrganizationFilter;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.phase.OrganizationAssessment;
import io.jenkins.plugins.awsrootguard.phase.OrganizationResult;
import io.jenkins.plugins.awsrootguard.phase.OrganizationSettings;
import io.jenkins.plugins.awsrootguard.report.OrganizationTally;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * {@code bin/bench}: how long an organization takes, against how long its calls alone would take. Prints one line a case. The
 * emulated organization runs in a process of its own, so that time and memory are the tool's; on a machine with few cores it
 * still takes its share of them.
 */
final class Bench {

    private static final Duration LATENCY = Duration.ofMillis(50);

    private Bench() {}

    public static void main(String[] args) throws IOException {
        int accounts = args.length == 0 ? 1000 : Integer.parseInt(args[0]);
        System.out.printf(
                "%d accounts, %d ms a call, each with all that takes a call to read; %d cores%n",
                accounts, LATENCY.toMillis(), Runtime.getRuntime().availableProcessors());
        long idle = heap();
        measure("cold", accounts, 20, idle);
        measure("warm", accounts, 20, idle);
        measure("warm", accounts, 100, idle);
        double half = measure("warm", accounts / 2, 20, idle);
        double twice = measure("warm", accounts * 2, 20, idle);
        System.out.printf(Locale.ROOT, "four times the accounts take %.2f times as long%n", twice / half);
    }

    /** Runs one case and gives the seconds it took. */
    private static double measure(String name, int accounts, int parallelism, long idle) throws IOException {
        try (BenchAws aws = BenchAws.start(accounts, LATENCY)) {
            System.setProperty("aws.endpointUrl", aws.endpoint());
            OrganizationTally tally = new OrganizationTally();
            AtomicLong calls = new AtomicLong();
            long cpu = cpu();
            Instant start = Instant.now();
            OrganizationResult result;
            try (AccountConnection caller = AccountConnection.open(access(aws.credentials()), null)) {
                result = OrganizationAssessment.begin(
                                caller, OrganizationFilter.ALL, OrganizationSettings.DEFAULT.withParallelism(parallelism))
                        .run(
                                id -> null,
                                outcome -> {
                                    tally.add(outcome, null);
                                    calls.addAndGet(outcome.calls());
                                },
                                line -> {});
            }
            double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
            double ideal = calls.get() * LATENCY.toMillis() / 1000.0 / parallelism;
            double work = (cpu() - cpu) / 1e6 / accounts;
            if (!result.isComplete() || result.unread() > 0) {
                throw new IllegalStateException(result.unread() + " accounts could not be read: "
                        + tally.accounts().get(0).worst());
            }
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d accounts, %d at once: %.2f s, ideal %.2f s, ratio %.2f; %.1f calls an account, at most %d;"
                            + " %.1f ms CPU an account; heap %+.1f MB%n",
                    name,
                    accounts,
                    parallelism,
                    seconds,
                    ideal,
                    seconds / ideal,
                    (double) calls.get() / accounts,
                    tally.mostCalls(),
                    work,
                    (heap() - idle) / 1e6);
            return seconds;
        } finally {
            System.clearProperty("aws.endpointUrl");
        }
    }

    private static AwsAccess access(Path credentials) {
        ProfileFile file = ProfileFile.builder()
                .content(credentials)
                .type(ProfileFile.Type.CREDENTIALS)
                .build();
        return AwsAccess.open(
                ProfileCredentialsProvider.builder().profileFile(file).build(), "us-east-1", null, Timeouts.MANY);
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Bytes that are in use after what is garbage has gone. */
    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
