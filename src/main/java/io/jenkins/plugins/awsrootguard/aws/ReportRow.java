package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportCertificate;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportKey;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportRoot;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.ReportTime;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;

/** A row of the credential report, and which of its columns were missing or unreadable. */
final class ReportRow {

    private static final int LONGEST = 256;
    private static final String ADDITIONAL = "additional_credentials_info";
    /** For example {@code 1 more access key}. */
    private static final Pattern COUNTED = Pattern.compile(
            "\\b([0-9]{1,2})\\s+(?:(?:more|additional|other)\\s+)?(?:signing\\s+)?(access key|certificate)s?\\b",
            Pattern.CASE_INSENSITIVE);

    /** The times in the report and the report's own time can come from different servers. */
    private static final Duration SLACK = Duration.ofHours(1);

    private final CSVRecord row;
    private final Instant latest;
    private final TreeSet<String> notTold = new TreeSet<>();
    private String unreadable;

    /** @param generatedAt when AWS generated the report: nothing in it can be later */
    ReportRow(CSVRecord row, Instant generatedAt) {
        this.row = row;
        this.latest = generatedAt.plus(SLACK);
    }

    /**
     * Root's row. One cell with a value that AWS never writes there makes all cells unreliable: if one comma is missing and another
     * one was added, the cells between are in the wrong columns, and an active key reads as MFA.
     *
     * @throws CredentialReportCsv.MalformedReportException when there is such a cell
     */
    ReportRoot toRoot() {
        String arn = text("arn");
        Instant created = time("user_creation_time").at();
        Boolean passwordEnabled = flag("password_enabled").orElse(null);
        ReportTime passwordLastUsed = time("password_last_used");
        ReportTime passwordLastChanged = time("password_last_changed");
        Boolean mfaActive = flag("mfa_active").orElse(null);
        List<ReportKey> keys = new ArrayList<>(List.of(key(1), key(2)));
        List<ReportCertificate> certificates = new ArrayList<>(List.of(certificate(1), certificate(2)));
        addBeyondSlots(keys, certificates);
        if (unreadable != null) {
            throw new CredentialReportCsv.MalformedReportException("it is damaged: in root's row, " + unreadable);
        }
        return new ReportRoot(
                arn,
                created,
                passwordEnabled,
                passwordLastUsed,
                passwordLastChanged,
                mfaActive,
                keys,
                certificates,
                List.copyOf(notTold));
    }

    /**
     * Adds the credentials beyond the two slots. The report has their number, not their state. AWS does not document the
     * wording: where it is not understood, both a key and a certificate are possible and neither is reported.
     */
    private void addBeyondSlots(List<ReportKey> keys, List<ReportCertificate> certificates) {
        String info = row.isMapped(ADDITIONAL) ? value(ADDITIONAL) : null;
        if (info == null) {
            return;
        }
        Matcher counted = COUNTED.matcher(info);
        boolean understood = false;
        while (counted.find()) {
            understood = true;
            boolean isKey = counted.group(2).equalsIgnoreCase("access key");
            for (int i = Integer.parseInt(counted.group(1)); i > 0; i--) {
                if (isKey) {
                    keys.add(unknownKey(keys.size() + 1));
                } else {
                    certificates.add(new ReportCertificate(certificates.size() + 1, true, ReportTime.NOT_TOLD));
                }
            }
        }
        if (!understood) {
            notTold.add(ADDITIONAL);
            keys.add(unknownKey(3));
            certificates.add(new ReportCertificate(3, null, ReportTime.NOT_TOLD));
        }
    }

    private static ReportKey unknownKey(int number) {
        return new ReportKey(number, null, ReportTime.NOT_TOLD, ReportTime.NOT_TOLD, null, null);
    }

    private ReportKey key(int number) {
        String prefix = "access_key_" + number + "_";
        return new ReportKey(
                number,
                flag(prefix + "active").orElse(null),
                time(prefix + "last_rotated"),
                time(prefix + "last_used_date"),
                value(prefix + "last_used_region"),
                value(prefix + "last_used_service"));
    }

    private ReportCertificate certificate(int number) {
        String prefix = "cert_" + number + "_";
        return new ReportCertificate(number, flag(prefix + "active").orElse(null), time(prefix + "last_rotated"));
    }

    boolean isTrue(String column) {
        return flag(column).orElse(false);
    }

    /** A boolean in any case; empty for {@code not_supported}, a missing column, or anything else. */
    private Optional<Boolean> flag(String column) {
        String value = text(column);
        if ("true".equalsIgnoreCase(value) || "false".equalsIgnoreCase(value)) {
            return Optional.of(Boolean.valueOf(value));
        }
        if (value != null && !value.equalsIgnoreCase("not_supported")) {
            unreadable(column, value);
        }
        return Optional.empty();
    }

    private ReportTime time(String column) {
        String value = text(column);
        if (value == null) {
            return ReportTime.NOT_TOLD;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "n/a" -> ReportTime.NONE;
            case "no_information" -> ReportTime.NEVER_USED;
            case "not_supported" -> ReportTime.NOT_TOLD;
            default -> date(column, value);
        };
    }

    /** A date in the future would make the oldest password a new one. */
    private ReportTime date(String column, String value) {
        try {
            Instant at = OffsetDateTime.parse(value).toInstant();
            if (!at.isAfter(latest)) {
                return ReportTime.at(at);
            }
        } catch (DateTimeParseException e) {
            // Reported below, as a date in the future is.
        }
        unreadable(column, value);
        return ReportTime.NOT_TOLD;
    }

    private void unreadable(String column, String value) {
        notTold.add(column);
        if (unreadable == null) {
            unreadable = column + " is '" + Printable.text(value, 40) + "'";
        }
    }

    /** A value such as a region; null for none. */
    private String value(String column) {
        String value = text(column);
        return value == null || value.equalsIgnoreCase("N/A") || value.isEmpty() ? null : value;
    }

    private String text(String column) {
        if (!row.isMapped(column)) {
            notTold.add(column);
            return null;
        }
        return Printable.text(row.get(column).trim(), LONGEST);
    }
}
