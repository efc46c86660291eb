package io.jenkins.plugins.awsrootguard.bench;

import com.sun.management.OperatingSystemMXBean;
import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AssessmentPhase;
import io.jenkins.plugins.awsrootguard.assessment.FolderStore;
import io.jenkins.plugins.awsrootguard.assessment.RunContext;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.RunSettings;
import io.jenkins.plugins.awsrootguard.assessment.Scope;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * The measurements of one assessment of an organization.
 *
 * @param seconds from opening the connection to the last account
 * @param calls to AWS, without those that list the accounts
 * @param mostCalls of one member
 * @param cpuMillis processor time of this process for one account, with judging, garbage collection and compilation
 * @param store the stored accounts
 */
record OrganizationReading(
        int accounts,
        int parallelism,
        double seconds,
        long calls,
        long mostCalls,
        double cpuMillis,
        FolderStore store) {

    /** Assesses the organization once, into an empty folder. */
    static OrganizationReading once(EmulatedOrganizationProcess aws, int parallelism) {
        System.setProperty("aws.endpointUrl", aws.endpoint());
        Path folder = folder();
        FolderStore store = new FolderStore(() -> folder);
        RunContext context = new RunContext(
                store,
                scope -> AccountConnection.open(access(aws), null, null),
                "bench",
                line -> {},
                () -> false,
                id -> null);
        long cpu = cpuNanos();
        long start = System.nanoTime();
        RunHeader run;
        try {
            run = new AssessmentPhase(context)
                    .run(Scope.organization(AccountFilter.ALL), RunSettings.DEFAULT.withParallelism(parallelism));
        } finally {
            System.clearProperty("aws.endpointUrl");
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        List<AccountEntry> accounts = store.accounts();
        long unread = accounts.stream().filter(a -> a.reading().isMissing()).count();
        if (!run.isComplete() || unread > 0) {
            throw new IllegalStateException(unread + " accounts could not be read");
        }
        return new OrganizationReading(
                accounts.size(),
                parallelism,
                seconds,
                accounts.stream().mapToLong(a -> a.reading().calls()).sum(),
                accounts.stream()
                        .filter(a -> !a.id().equals(run.organization().managementAccountId()))
                        .mapToLong(a -> a.reading().calls())
                        .max()
                        .orElse(0),
                (cpuNanos() - cpu) / 1e6 / accounts.size(),
                store);
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("bench");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads it three times and returns the reading with the median time. */
    static OrganizationReading median(EmulatedOrganizationProcess aws, int parallelism) {
        List<OrganizationReading> three = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            three.add(once(aws, parallelism));
        }
        three.sort(Comparator.comparing(OrganizationReading::seconds));
        return three.get(1);
    }

    /** The time of the calls alone, in seconds. */
    double ideal(Duration latency) {
        return calls * latency.toMillis() / 1000.0 / parallelism;
    }

    private static AwsAccess access(EmulatedOrganizationProcess aws) {
        ProfileFile file = ProfileFile.builder()
                .content(aws.credentials())
                .type(ProfileFile.Type.CREDENTIALS)
                .build();
        return AwsAccess.open(
                ProfileCredentialsProvider.builder().profileFile(file).build(),
                new AwsAccess.Settings("us-east-1", Timeouts.MANY));
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
