package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.CredentialReport;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportRoot;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportTotals;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * Decodes and reviews the credential report. Columns are found by name: one that is unknown is ignored, one that is missing
 * makes its facts unknown. Rows stream by; only root's and the totals are kept.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html">AWS: credential reports,
 *     report format</a>
 */
public final class CredentialReportCsv {

    private static final String ROOT = "<root_account>";
    /** Names and paths have their limits: AWS writes no line of even a tenth of this. */
    private static final int LONGEST_LINE = 100_000;

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
            .get();

    private CredentialReportCsv() {}

    /**
     * @param csv as AWS gave it
     * @param generatedAt when AWS made it
     * @throws MalformedReportException when it is no credential report, or not a whole one
     */
    public static CredentialReport parse(byte[] csv, Instant generatedAt) {
        refuseLongLines(csv);
        try (Reader reader = new InputStreamReader(content(csv), StandardCharsets.UTF_8);
                CSVParser parser = FORMAT.parse(reader)) {
            if (parser.getHeaderNames().isEmpty()) {
                throw new MalformedReportException("the credential report is empty");
            }
            if (!parser.getHeaderMap().containsKey("user")) {
                throw new MalformedReportException("the credential report has no column 'user' but begins with '"
                        + Printable.text(parser.getHeaderNames().get(0), 40) + "'");
            }
            if (parser.getHeaderNames().size() == 1) {
                throw new MalformedReportException("the credential report has no column but 'user'");
            }
            return read(parser, csv, generatedAt);
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            throw new MalformedReportException(
                    "the credential report is not readable as CSV: " + Printable.text(e.getMessage(), 160));
        }
    }

    /** The report without the byte order mark that editors and proxies put before it. */
    private static ByteArrayInputStream content(byte[] csv) {
        int begin = csv.length >= 3 && csv[0] == (byte) 0xEF && csv[1] == (byte) 0xBB && csv[2] == (byte) 0xBF ? 3 : 0;
        return new ByteArrayInputStream(csv, begin, csv.length - begin);
    }

    /** A line of millions of cells would take many times its size in memory. */
    private static void refuseLongLines(byte[] csv) {
        int begin = 0;
        for (int i = 0; i <= csv.length; i++) {
            if (i == csv.length || csv[i] == '\n') {
                if (i - begin > LONGEST_LINE) {
                    throw new MalformedReportException("the credential report has a line of " + (i - begin) + " bytes");
                }
                begin = i + 1;
            }
        }
    }

    private static CredentialReport read(CSVParser parser, byte[] csv, Instant generatedAt) {
        ReportRoot root = null;
        Totals totals = new Totals();
        for (CSVRecord row : parser) {
            if (row.size() == 1 && row.get(0).isBlank()) {
                continue;
            }
            if (!row.isConsistent()) {
                throw new MalformedReportException("the credential report is cut off or damaged: row "
                        + row.getRecordNumber() + " has " + row.size() + " of "
                        + parser.getHeaderNames().size() + " columns");
            }
            if (!ROOT.equals(row.get("user"))) {
                totals.add(new ReportRow(row, generatedAt));
            } else if (root == null) {
                root = new ReportRow(row, generatedAt).toRoot();
            } else {
                throw new MalformedReportException("the credential report has two rows " + ROOT);
            }
        }
        if (root == null) {
            throw new MalformedReportException("the credential report has no row " + ROOT);
        }
        return new CredentialReport(generatedAt, Sha256.of(csv), root, totals.toReport());
    }

    private static final class Totals {
        private int users;
        private int withPassword;
        private int withoutMfa;
        private int activeKeys;

        void add(ReportRow row) {
            users++;
            if (row.flag("password_enabled").orElse(false)) {
                withPassword++;
                if (!row.flag("mfa_active").orElse(false)) {
                    withoutMfa++;
                }
            }
            for (String column : new String[] {"access_key_1_active", "access_key_2_active"}) {
                if (row.flag(column).orElse(false)) {
                    activeKeys++;
                }
            }
        }

        ReportTotals toReport() {
            return new ReportTotals(users, withPassword, withoutMfa, activeKeys);
        }
    }
}
