package io.jenkins.plugins.awsrootguard.bench;

import com.sun.management.OperatingSystemMXBean;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationAssessment;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationResult;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationSettings;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.report.OrganizationTally;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * What one reading of a whole organization took.
 *
 * @param seconds from opening the connection to the last account
 * @param calls to AWS, for accounts alone
 * @param mostCalls of one member
 * @param cpuMillis of this process for one account, everything included: judging, garbage collection, compiling
 * @param tally what a build keeps of the accounts while it runs
 */
record OrganizationReading(
        int accounts,
        int parallelism,
        double seconds,
        long calls,
        long mostCalls,
        double cpuMillis,
        OrganizationTally tally) {

    /** Reads the organization once. */
    static OrganizationReading once(EmulatedOrganizationProcess aws, int parallelism) {
        System.setProperty("aws.endpointUrl", aws.endpoint());
        OrganizationTally tally = new OrganizationTally();
        AtomicLong calls = new AtomicLong();
        AtomicLong most = new AtomicLong();
        long cpu = cpuNanos();
        long start = System.nanoTime();
        OrganizationResult result;
        try (AccountConnection caller = AccountConnection.open(access(aws), null)) {
            result = OrganizationAssessment.begin(
                            caller, AccountFilter.ALL, OrganizationSettings.DEFAULT.withParallelism(parallelism))
                    .run(
                            id -> null,
                            outcome -> {
                                tally.add(outcome, null);
                                calls.addAndGet(outcome.calls());
                                if (outcome.state().facts().route() == AccessMethod.ROOT_SESSION) {
                                    most.accumulateAndGet(outcome.calls(), Math::max);
                                }
                            },
                            line -> {});
        } finally {
            System.clearProperty("aws.endpointUrl");
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (!result.isComplete() || result.unread() > 0) {
            throw new IllegalStateException(result.unread() + " accounts could not be read: "
                    + tally.accounts().get(0).worst());
        }
        return new OrganizationReading(
                result.accounts(),
                parallelism,
                seconds,
                calls.get(),
                most.get(),
                (cpuNanos() - cpu) / 1e6 / result.accounts(),
                tally);
    }

    /** Reads it three times and gives the one that took neither longest nor shortest. */
    static OrganizationReading median(EmulatedOrganizationProcess aws, int parallelism) {
        List<OrganizationReading> three = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            three.add(once(aws, parallelism));
        }
        three.sort(Comparator.comparing(OrganizationReading::seconds));
        return three.get(1);
    }

    /** How long the calls alone take when none waits for another account's. */
    double ideal(Duration latency) {
        return calls * latency.toMillis() / 1000.0 / parallelism;
    }

    private static AwsAccess access(EmulatedOrganizationProcess aws) {
        ProfileFile file = ProfileFile.builder()
                .content(aws.credentials())
                .type(ProfileFile.Type.CREDENTIALS)
                .build();
        return AwsAccess.open(
                ProfileCredentialsProvider.builder().profileFile(file).build(), "us-east-1", null, Timeouts.MANY);
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
