package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.CredentialReport;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Fact.Source;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.facts.Unread.Kind;
import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.waiters.Waiter;
import software.amazon.awssdk.core.waiters.WaiterAcceptor;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CredentialReportExpiredException;
import software.amazon.awssdk.services.iam.model.CredentialReportNotPresentException;
import software.amazon.awssdk.services.iam.model.CredentialReportNotReadyException;
import software.amazon.awssdk.services.iam.model.GetCredentialReportResponse;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.ReportGenerationLimitExceededException;
import software.amazon.awssdk.services.iam.model.ReportStateType;

/**
 * Reads an account's credential report: {@link #start} requests it, and {@link #fetch} waits until AWS has generated it. The SDK has
 * no waiter for it, so its general one is used: exponential backoff with jitter, up to a deadline. For one reading, by one thread at
 * a time.
 */
public final class CredentialReportReader {

    private static final String GENERATE = "iam:GenerateCredentialReport";
    private static final String GET = "iam:GetCredentialReport";
    private static final Duration SLOWEST = Duration.ofSeconds(15);
    /** The deadline ends the wait, not a number of attempts. */
    private static final int ATTEMPTS = 10_000;

    private final AccountConnection connection;
    private final IamClient iam;
    private boolean started;
    /** Whether AWS reported the report as generated. */
    private boolean complete;
    /** Why AWS does not generate a report; null if it does. */
    private Unread refused;
    /** What the last call threw; null if AWS answered it. */
    private SdkException lastFailure;

    private Consumer<String> log = line -> {};

    public CredentialReportReader(AccountConnection connection) {
        this.connection = connection;
        this.iam = connection.iam();
    }

    /**
     * The credential report and its bytes.
     *
     * @param bytes as AWS sent them; null without a report
     */
    public record Reading(Fact<CredentialReport> fact, byte[] bytes) {}

    /** Requests the report, once; {@link #fetch} reports a refusal. */
    public void start() {
        if (started) {
            return;
        }
        started = true;
        try {
            complete = generate();
        } catch (SdkException e) {
            refused = isTemporary(e) ? null : connection.cause(GENERATE, e);
        } catch (AwsAccessException e) {
            refused = e.unread().in(GENERATE);
        }
    }

    /** Whether {@link #fetch} returns without a wait. */
    public boolean isReady() {
        return refused != null || complete;
    }

    /**
     * Reads the report.
     *
     * @param firstWait the first pause between two calls; later ones are longer
     */
    public Reading fetch(Duration deadline, Duration firstWait, Consumer<String> progress) {
        start();
        if (refused != null && !canUseExisting()) {
            return new Reading(Fact.unread(refused), null);
        }
        log = progress;
        try {
            return read(refused == null ? await(deadline, firstWait) : get());
        } catch (SdkException e) {
            return new Reading(Fact.unread(refused == null ? cause(e, deadline) : refused), null);
        }
    }

    /** An existing report is used when AWS denies generating one, or fails to. */
    private boolean canUseExisting() {
        return GENERATE.equals(refused.action())
                && switch (refused.kind()) {
                    case DENIED, EXPLICITLY_DENIED, SERVICE_ERROR -> true;
                    default -> false;
                };
    }

    private Reading read(GetCredentialReportResponse response) {
        if (response.content() == null || response.generatedTime() == null) {
            return new Reading(Fact.unread(Unread.invalidAnswer(GET, "it has no credential report")), null);
        }
        byte[] csv = response.content().asByteArray();
        Source source = new Source(GET, response.generatedTime());
        try {
            String root = "arn:" + connection.partition().id() + ":iam::" + connection.accountId() + ":root";
            CredentialReport report = CredentialReportCsv.parse(csv, response.generatedTime(), root);
            return new Reading(Fact.known(report, source), csv);
        } catch (CredentialReportCsv.MalformedReportException e) {
            return new Reading(Fact.unread(new Unread(Kind.MALFORMED_REPORT, GET, e.getMessage()), source), csv);
        }
    }

    /** An exception that no call threw is the waiter's own: the run was stopped, or the deadline has passed. */
    private Unread cause(SdkException e, Duration deadline) {
        if (AwsErrors.isInterrupted(e)) {
            return new Unread(Kind.INTERRUPTED, GENERATE);
        }
        return AwsErrors.failedAction(e).isPresent()
                ? connection.cause(GET, e)
                : new Unread(Kind.REPORT_NOT_READY, GENERATE, deadline.toSeconds() + " s");
    }

    private GetCredentialReportResponse await(Duration deadline, Duration firstWait) {
        Waiter<Poll> waiter = Waiter.builder(Poll.class)
                .addAcceptor(WaiterAcceptor.successOnResponseAcceptor(poll -> poll.report() != null))
                .addAcceptor(WaiterAcceptor.retryOnResponseAcceptor(poll -> poll.report() == null))
                .addAcceptor(WaiterAcceptor.retryOnExceptionAcceptor(CredentialReportReader::isTemporary))
                .overrideConfiguration(WaiterOverrideConfiguration.builder()
                        .maxAttempts(ATTEMPTS)
                        .waitTimeout(deadline)
                        .backoffStrategyV2(BackoffStrategy.exponentialDelay(firstWait, SLOWEST))
                        .build())
                .build();
        try {
            return waiter.run(this::poll).matched().response().orElseThrow().report();
        } catch (SdkException e) {
            // After the deadline, the waiter does not report what the last call threw.
            throw AwsErrors.failedAction(e).isEmpty() && lastFailure != null ? lastFailure : e;
        }
    }

    /** One poll; without a report if AWS has not generated it yet. */
    private record Poll(GetCredentialReportResponse report) {}

    private Poll poll() {
        lastFailure = null;
        try {
            if (complete || generate()) {
                complete = false;
                return new Poll(get());
            }
        } catch (CredentialReportNotReadyException
                | CredentialReportNotPresentException
                | CredentialReportExpiredException e) {
            // COMPLETE can be about an older report that has expired in the meantime; the next poll requests a new one.
            complete = false;
        } catch (SdkException e) {
            lastFailure = e;
            throw e;
        }
        log.accept("AWS is generating the credential report.");
        log = line -> {};
        return new Poll(null);
    }

    private GetCredentialReportResponse get() {
        return iam.getCredentialReport(r -> r.overrideConfiguration(connection.asAccount()));
    }

    private boolean generate() {
        return iam.generateCredentialReport(r -> r.overrideConfiguration(connection.asAccount()))
                        .state()
                == ReportStateType.COMPLETE;
    }

    private static boolean isTemporary(Throwable e) {
        return e instanceof LimitExceededException
                || e instanceof ReportGenerationLimitExceededException
                || AwsErrors.isThrottled(e);
    }
}
