package io.jenkins.plugins.awsrootguard.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.waiters.Waiter;
import software.amazon.awssdk.core.waiters.WaiterAcceptor;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.iam.model.CredentialReportExpiredException;
import software.amazon.awssdk.services.iam.model.CredentialReportNotPresentException;
import software.amazon.awssdk.services.iam.model.CredentialReportNotReadyException;
import software.amazon.awssdk.services.iam.model.GetCredentialReportResponse;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.ReportGenerationLimitExceededException;
import software.amazon.awssdk.services.iam.model.ReportStateType;

/**
 * Asks for a credential report, waits until AWS has made it, and downloads it. The SDK has no waiter for it, so its general
 * one is used: exponential backoff with jitter, up to a deadline.
 */
final class CredentialReportReader {

    private static final Duration SLOWEST = Duration.ofSeconds(15);
    /** The deadline ends the waiting, not a number of attempts. */
    private static final int ATTEMPTS = 10_000;

    private final AccountConnection connection;
    private Consumer<String> log = line -> {};
    private boolean complete;
    private boolean saidWaiting;
    /** What the last call threw; null when it was answered. */
    private SdkException lastFailure;

    CredentialReportReader(AccountConnection connection) {
        this.connection = connection;
    }

    /**
     * A report as AWS gave it; the SDK has already decoded the base64 of the wire.
     *
     * @param csv null when AWS's answer has none
     * @param generatedAt when AWS made it: up to four hours ago; null when AWS's answer does not tell
     */
    record Download(byte[] csv, Instant generatedAt) {}

    /** One look: the report, or that it isn't there yet. */
    private record Look(GetCredentialReportResponse report) {}

    /**
     * Lets AWS begin.
     *
     * @throws SdkException when AWS refuses; not when it only is too busy just now
     * @throws AwsAccessException when there are no credentials of the account
     */
    void start() {
        try {
            complete = generate();
        } catch (SdkException e) {
            if (!isPassing(e)) {
                throw e;
            }
        }
    }

    /** Whether AWS said that the report is there. */
    boolean isComplete() {
        return complete;
    }

    /**
     * @param deadline how long to wait in all
     * @param firstWait the first pause between two looks; later ones grow
     * @throws SdkException when AWS refuses, or the deadline passes
     */
    Download read(Duration deadline, Duration firstWait, Consumer<String> progress) {
        log = progress;
        Waiter<Look> waiter = Waiter.builder(Look.class)
                .addAcceptor(WaiterAcceptor.successOnResponseAcceptor(look -> look.report() != null))
                .addAcceptor(WaiterAcceptor.retryOnResponseAcceptor(look -> look.report() == null))
                .addAcceptor(WaiterAcceptor.retryOnExceptionAcceptor(CredentialReportReader::isPassing))
                .overrideConfiguration(WaiterOverrideConfiguration.builder()
                        .maxAttempts(ATTEMPTS)
                        .waitTimeout(deadline)
                        .backoffStrategyV2(BackoffStrategy.exponentialDelay(firstWait, SLOWEST))
                        .build())
                .build();
        try {
            return download(waiter.run(this::lookOnce)
                    .matched()
                    .response()
                    .orElseThrow()
                    .report());
        } catch (SdkException e) {
            // When the time is over, the waiter does not report what the last call threw.
            throw FailedAction.of(e).isEmpty() && lastFailure != null ? lastFailure : e;
        }
    }

    /**
     * The report that AWS has, without generating one.
     *
     * @throws SdkException when AWS has none, or denies the call
     */
    Download readExisting() {
        return download(get());
    }

    private static Download download(GetCredentialReportResponse report) {
        return new Download(report.content() == null ? null : report.content().asByteArray(), report.generatedTime());
    }

    private Look lookOnce() {
        try {
            lastFailure = null;
            return look();
        } catch (SdkException e) {
            lastFailure = e;
            throw e;
        }
    }

    private Look look() {
        if (!complete && !generate()) {
            sayWaiting();
            return new Look(null);
        }
        complete = false;
        try {
            return new Look(get());
        } catch (CredentialReportNotReadyException
                | CredentialReportNotPresentException
                | CredentialReportExpiredException e) {
            // COMPLETE can be the word on an older report that has gone meanwhile; the next look asks for a new one.
            sayWaiting();
            return new Look(null);
        }
    }

    private GetCredentialReportResponse get() {
        return connection.own().getCredentialReport(r -> r.overrideConfiguration(connection.asAccount()));
    }

    private boolean generate() {
        return connection
                        .own()
                        .generateCredentialReport(r -> r.overrideConfiguration(connection.asAccount()))
                        .state()
                == ReportStateType.COMPLETE;
    }

    private void sayWaiting() {
        if (!saidWaiting) {
            saidWaiting = true;
            log.accept("AWS is making the credential report; waiting for it");
        }
    }

    private static boolean isPassing(Throwable e) {
        return e instanceof LimitExceededException
                || e instanceof ReportGenerationLimitExceededException
                || AwsErrors.isThrottled(e);
    }
}
