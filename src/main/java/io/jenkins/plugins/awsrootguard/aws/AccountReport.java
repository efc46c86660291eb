package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.CredentialReport;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Fact.Source;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.facts.Unread.Kind;
import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * An account's credential report, which AWS makes in its own time: {@link #start} lets it begin, and {@link #fetch} waits for
 * what is left of it. For one reading, by one thread at a time.
 */
public final class AccountReport {

    private static final String GENERATE = "iam:GenerateCredentialReport";
    private static final String GET = "iam:GetCredentialReport";

    private final AccountConnection connection;
    private final CredentialReportReader reader;
    private Fact<CredentialReport> refused;
    private boolean started;

    public AccountReport(AccountConnection connection) {
        this.connection = connection;
        this.reader = new CredentialReportReader(connection);
    }

    /**
     * The credential report and its bytes.
     *
     * @param bytes as AWS gave them; null when there is no report
     */
    public record Reading(Fact<CredentialReport> fact, byte[] bytes) {}

    /** Lets AWS begin with the report, once; a refusal is left for {@link #fetch} to tell. */
    public void start() {
        if (started) {
            return;
        }
        started = true;
        try {
            reader.start();
        } catch (SdkException e) {
            refused = Fact.unread(connection.cause(GENERATE, e));
        } catch (AwsAccessException e) {
            refused = Fact.unread(e.unread().in(GENERATE));
        }
    }

    /** Whether there is nothing more to wait for. */
    public boolean isReady() {
        return refused != null || reader.isComplete();
    }

    /**
     * @param deadline how long to wait for AWS to make the report
     * @param firstWait the first pause between two looks
     */
    public Reading fetch(Duration deadline, Duration firstWait, Consumer<String> log) {
        start();
        if (refused != null && !canUseExisting()) {
            return new Reading(refused, null);
        }
        CredentialReportReader.Download download;
        try {
            download = refused == null ? reader.read(deadline, firstWait, log) : reader.readExisting();
        } catch (SdkException e) {
            return new Reading(refused == null ? Fact.unread(cause(e, deadline)) : refused, null);
        }
        if (download.csv() == null || download.generatedAt() == null) {
            return new Reading(Fact.unread(Unread.invalidAnswer(GET, "it has no credential report")), null);
        }
        Source source = new Source(GET, download.generatedAt());
        try {
            CredentialReport report = CredentialReportCsv.parse(download.csv(), download.generatedAt());
            String arn = report.root().arn();
            if (arn == null || !arn.endsWith("::" + connection.accountId() + ":root")) {
                return new Reading(
                        Fact.unread(
                                malformed(
                                        arn == null
                                                ? "it has no column 'arn', so its account is not known"
                                                : "it is the report of another account, " + arn),
                                source),
                        download.csv());
            }
            return new Reading(Fact.known(report, source), download.csv());
        } catch (MalformedReportException e) {
            return new Reading(Fact.unread(malformed(e.getMessage()), source), download.csv());
        }
    }

    /** An existing report is used when AWS denies generating one, or fails to. */
    private boolean canUseExisting() {
        Unread cause = refused.unread();
        return GENERATE.equals(cause.action())
                && switch (cause.kind()) {
                    case DENIED, EXPLICITLY_DENIED, SERVICE_ERROR -> true;
                    default -> false;
                };
    }

    private static Unread malformed(String detail) {
        return new Unread(Kind.MALFORMED_REPORT, GET, detail);
    }

    /** An exception that no call threw is the waiter's own: the run was stopped, or the deadline has passed. */
    private Unread cause(SdkException e, Duration deadline) {
        if (AwsErrors.isInterrupted(e)) {
            return new Unread(Kind.INTERRUPTED, GENERATE);
        }
        return FailedAction.of(e).isPresent()
                ? connection.cause(GET, e)
                : new Unread(Kind.REPORT_NOT_READY, GENERATE, deadline.toSeconds() + " s");
    }
}
