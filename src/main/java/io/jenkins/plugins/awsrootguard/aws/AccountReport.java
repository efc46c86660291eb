package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.CredentialReport;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * An account's credential report, which AWS makes in its own time: {@link #start} lets it begin, and {@link #fetch} waits for
 * what is left of it. For one reading, by one thread at a time.
 */
public final class AccountReport {

    private static final String GENERATE = "iam:GenerateCredentialReport";

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
            refused = unknown(connection.explain(GENERATE, e), GENERATE);
        } catch (AwsAccessException e) {
            refused = unknown(e.getMessage(), GENERATE);
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
        if (refused != null) {
            return new Reading(refused, null);
        }
        CredentialReportReader.Download download;
        try {
            download = reader.read(deadline, firstWait, log);
        } catch (SdkException e) {
            boolean late = e.getMessage() != null && e.getMessage().contains("max wait time");
            String reason = late
                    ? "AWS did not finish the credential report within " + deadline.toSeconds() + " s; wait longer"
                    : connection.explain(action(e), e);
            return new Reading(unknown(reason, GENERATE), null);
        }
        if (download.csv() == null || download.generatedAt() == null) {
            return new Reading(unknown("AWS's answer has no credential report in it", "iam:GetCredentialReport"), null);
        }
        Source source = new Source("iam:GetCredentialReport", download.generatedAt());
        try {
            CredentialReport report = CredentialReportCsv.parse(download.csv(), download.generatedAt());
            String arn = report.root().arn();
            if (arn == null || !arn.endsWith("::" + connection.accountId() + ":root")) {
                return new Reading(
                        Fact.unknown(
                                arn == null
                                        ? "the credential report does not tell whose it is: it has no column 'arn'"
                                        : "the credential report is another account's: " + arn,
                                source),
                        download.csv());
            }
            return new Reading(Fact.known(report, source), download.csv());
        } catch (MalformedReportException e) {
            return new Reading(Fact.unknown(e.getMessage(), source), download.csv());
        }
    }

    /** Both calls of the report can be denied one by one; AWS's message names the one that was. */
    private static String action(SdkException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("iam:GetCredentialReport") ? "iam:GetCredentialReport" : GENERATE;
    }

    private static Fact<CredentialReport> unknown(String reason, String action) {
        return Fact.unknown(reason, new Source(action, Instant.now()));
    }
}
