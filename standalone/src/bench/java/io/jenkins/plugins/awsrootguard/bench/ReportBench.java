package io.jenkins.plugins.awsrootguard.bench;

import io.jenkins.plugins.awsrootguard.aws.CredentialReportCsv;
import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.CallerIdentity;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Fact.Source;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Parses and judges a credential report of 5,000 users, the most that an account can have. */
@State(Scope.Benchmark)
public class ReportBench {

    private static final int USERS = 5_000;
    private static final String ACCOUNT = "123456789012";
    private static final Instant AT = Instant.parse("2026-11-24T10:00:00Z");

    private final byte[] csv = report();

    /** The work of phases 1 and 2. */
    @Benchmark
    public Findings parseAndJudge() {
        CredentialReport report = CredentialReportCsv.parse(csv, AT, "arn:aws:iam::" + ACCOUNT + ":root");
        return Controls.judge(facts(report), Policy.DEFAULT, Set.of());
    }

    static void run() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(ReportBench.class.getName())
                        .mode(Mode.AverageTime)
                        .timeUnit(TimeUnit.MILLISECONDS)
                        .warmupIterations(5)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        .forks(1)
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
        RunResult result = results.iterator().next();
        System.out.println(String.format(
                Locale.ROOT,
                "a credential report of %d users (%.1f MB): parsed and judged in %.1f ms, %.1f MB allocated",
                USERS,
                report().length / 1e6,
                result.getPrimaryResult().getScore(),
                result.getSecondaryResults().get("gc.alloc.rate.norm").getScore() / 1e6));
    }

    private static byte[] report() {
        StringBuilder csv = new StringBuilder("user,arn,user_creation_time,password_enabled,password_last_used,"
                + "password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,"
                + "access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,"
                + "access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,"
                + "access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,"
                + "cert_2_active,cert_2_last_rotated\n");
        csv.append("<root_account>,arn:aws:iam::")
                .append(ACCOUNT)
                .append(":root,2016-05-04T12:00:00+00:00,true,no_information,2019-03-01T10:00:00+00:00,not_supported,"
                        + "false,true,2019-03-01T10:00:00+00:00,2026-11-01T08:30:00+00:00,us-east-1,iam,"
                        + "false,N/A,N/A,N/A,N/A,false,N/A,false,N/A");
        for (int i = 0; i < USERS; i++) {
            csv.append("\nuser-")
                    .append(i)
                    .append(",arn:aws:iam::")
                    .append(ACCOUNT)
                    .append(":user/team/user-")
                    .append(i)
                    .append(",2021-02-03T04:05:06+00:00,")
                    .append(i % 2 == 0)
                    .append(",2026-10-01T08:00:00+00:00,2026-08-01T08:00:00+00:00,2026-12-01T08:00:00+00:00,")
                    .append(i % 3 == 0)
                    .append(",true,2024-01-01T00:00:00+00:00,2026-11-20T12:00:00+00:00,eu-central-1,s3,"
                            + "false,N/A,N/A,N/A,N/A,false,N/A,false,N/A");
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static AccountFacts facts(CredentialReport report) {
        Source source = new Source("iam:GetCredentialReport", AT);
        return new AccountFacts(
                ACCOUNT,
                Partition.AWS,
                null,
                new CallerIdentity(ACCOUNT, "arn:aws:iam::" + ACCOUNT + ":user/auditor"),
                AccessMethod.PRINCIPAL,
                Fact.known(report, source),
                unknown(),
                unknown(),
                unknown(),
                unknown(),
                unknown(),
                unknown(),
                unknown(),
                unknown(),
                unknown(),
                unknown(),
                null,
                AT);
    }

    private static <T> Fact<T> unknown() {
        return Fact.unread(new Unread(Unread.Kind.NOT_REQUESTED, "iam:GetAccountSummary"));
    }
}
