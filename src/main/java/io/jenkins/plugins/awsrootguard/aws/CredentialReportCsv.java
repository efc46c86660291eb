package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.CredentialReport;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportRoot;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportTotals;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * Parses and reviews the credential report. Columns are found by name: an unknown one is ignored, a missing one makes its facts
 * unread. Rows are read one by one; only root's and the totals are kept.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html">AWS: credential reports,
 *     report format</a>
 */
public final class CredentialReportCsv {

    private static final String ROOT = "<root_account>";
    /** Bytes. Names and paths are limited: AWS writes no line of even a tenth of this. */
    private static final int LONGEST_LINE = 100_000;

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
            .get();

    private final Instant generatedAt;
    private final String rootArn;
    private final boolean hasRootUser;
    private ReportRoot root;
    private int users;
    private int withoutMfa;

    private CredentialReportCsv(Instant generatedAt, String rootArn) {
        this.generatedAt = generatedAt;
        this.rootArn = rootArn;
        this.hasRootUser = Partition.ofArn(rootArn).hasRootUser();
    }

    /** A credential report that can't be trusted as a whole. The message is one line: what is wrong, and where. */
    public static final class MalformedReportException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        MalformedReportException(String message) {
            super(message);
        }
    }

    /**
     * Parses a report.
     *
     * @param rootArn the ARN that the account's root user has, or would have in a partition without root users
     * @throws MalformedReportException when it is no credential report, not a complete one, or another account's
     */
    public static CredentialReport parse(byte[] csv, Instant generatedAt, String rootArn) {
        refuseLongLines(csv);
        CredentialReportCsv report = new CredentialReportCsv(generatedAt, rootArn);
        try (Reader reader = new InputStreamReader(content(csv), StandardCharsets.UTF_8);
                CSVParser parser = FORMAT.parse(reader)) {
            report.read(parser);
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            throw new MalformedReportException("it is not readable as CSV: " + Printable.text(e.getMessage(), 160));
        }
        if (report.root == null && report.hasRootUser) {
            throw new MalformedReportException("it has no row " + ROOT);
        }
        return new CredentialReport(
                generatedAt,
                DigestUtils.sha256Hex(csv),
                report.root == null ? ReportRoot.NONE : report.root,
                new ReportTotals(report.users, report.withoutMfa));
    }

    /** Whether each user has MFA, in a report that {@link #parse} accepts; without the users whose row does not say so. */
    static Map<String, Boolean> mfa(byte[] csv) {
        Map<String, Boolean> users = new HashMap<>();
        try (CSVParser parser = FORMAT.parse(new InputStreamReader(content(csv), StandardCharsets.UTF_8))) {
            for (CSVRecord row : parser) {
                String active = row.isMapped("mfa_active") && row.isConsistent() ? row.get("mfa_active") : "";
                if (active.equalsIgnoreCase("true") || active.equalsIgnoreCase("false")) {
                    users.put(row.get("user"), Boolean.valueOf(active));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return users;
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
                    throw new MalformedReportException("it has a line of " + (i - begin) + " bytes");
                }
                begin = i + 1;
            }
        }
    }

    private void read(CSVParser parser) {
        int columns = parser.getHeaderNames().size();
        if (columns == 0) {
            throw new MalformedReportException("it is empty");
        }
        if (!parser.getHeaderMap().containsKey("user")) {
            throw new MalformedReportException("it has no column 'user' but begins with '"
                    + Printable.text(parser.getHeaderNames().get(0), 40) + "'");
        }
        if (columns == 1) {
            throw new MalformedReportException("it has no column but 'user'");
        }
        if (!parser.getHeaderMap().containsKey("arn")) {
            throw new MalformedReportException("it has no column 'arn', so its account is not known");
        }
        for (CSVRecord row : parser) {
            if (row.size() == 1 && row.get(0).isBlank()) {
                continue;
            }
            if (!row.isConsistent()) {
                throw new MalformedReportException("it is cut off or damaged: row " + row.getRecordNumber() + " has "
                        + row.size() + " of " + columns + " columns");
            }
            add(row);
        }
    }

    private void add(CSVRecord record) {
        boolean isRoot = ROOT.equals(record.get("user"));
        String arn = record.get("arn").trim();
        // Root's ARN has the account. Where there is no root user, those of the users have it.
        if (isRoot ? !arn.equals(rootArn) : !hasRootUser && !arn.startsWith(rootArn.replaceFirst("root$", "user/"))) {
            throw new MalformedReportException("it is the report of another account, " + Printable.text(arn, 120));
        }
        ReportRow row = new ReportRow(record, generatedAt);
        if (isRoot) {
            if (root != null) {
                throw new MalformedReportException("it has two rows " + ROOT);
            }
            root = row.toRoot();
            return;
        }
        users++;
        withoutMfa += row.isTrue("password_enabled") && !row.isTrue("mfa_active") ? 1 : 0;
    }
}
