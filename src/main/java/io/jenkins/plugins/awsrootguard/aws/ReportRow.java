package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.account.Printable;
import io.jenkins.plugins.awsrootguard.account.ReportCertificate;
import io.jenkins.plugins.awsrootguard.account.ReportKey;
import io.jenkins.plugins.awsrootguard.account.ReportRoot;
import io.jenkins.plugins.awsrootguard.account.ReportTime;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.commons.csv.CSVRecord;

/** A row of the credential report, read cell by cell; remembers the columns that were missing or unreadable. */
final class ReportRow {

    private static final int LONGEST = 256;

    private final CSVRecord row;
    private final TreeSet<String> notTold = new TreeSet<>();

    ReportRow(CSVRecord row) {
        this.row = row;
    }

    ReportRoot toRoot() {
        String arn = text("arn");
        Instant created = time("user_creation_time").at();
        Boolean passwordEnabled = flag("password_enabled").orElse(null);
        ReportTime passwordLastUsed = time("password_last_used");
        ReportTime passwordLastChanged = time("password_last_changed");
        Boolean mfaActive = flag("mfa_active").orElse(null);
        List<ReportKey> keys = List.of(key(1), key(2));
        List<ReportCertificate> certificates = List.of(certificate(1), certificate(2));
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

    private ReportKey key(int number) {
        String prefix = "access_key_" + number + "_";
        return new ReportKey(
                number,
                flag(prefix + "active").orElse(null),
                time(prefix + "last_rotated"),
                time(prefix + "last_used_date"),
                word(prefix + "last_used_region"),
                word(prefix + "last_used_service"));
    }

    private ReportCertificate certificate(int number) {
        String prefix = "cert_" + number + "_";
        return new ReportCertificate(number, flag(prefix + "active").orElse(null), time(prefix + "last_rotated"));
    }

    /** A boolean in any case; empty for {@code not_supported}, a missing column, or anything else. */
    Optional<Boolean> flag(String column) {
        String value = text(column);
        if (value == null) {
            return Optional.empty();
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            case "not_supported" -> Optional.empty();
            default -> {
                notTold.add(column);
                yield Optional.empty();
            }
        };
    }

    private ReportTime time(String column) {
        String value = text(column);
        if (value == null) {
            return ReportTime.NOT_TOLD;
        }
        switch (value.toLowerCase(Locale.ROOT)) {
            case "n/a":
                return ReportTime.NONE;
            case "no_information":
                return ReportTime.NEVER_USED;
            case "not_supported":
                return ReportTime.NOT_TOLD;
            default:
                try {
                    return ReportTime.at(OffsetDateTime.parse(value).toInstant());
                } catch (DateTimeParseException e) {
                    notTold.add(column);
                    return ReportTime.NOT_TOLD;
                }
        }
    }

    /** A word such as a region; null where there is none. */
    private String word(String column) {
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
