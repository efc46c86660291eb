package io.jenkins.plugins.awsrootguard.controls;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates and ages as the findings write them: UTC, whole days. */
final class Times {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private Times() {}

    static String day(Instant at) {
        return DAY.format(at);
    }

    static long daysBetween(Instant earlier, Instant later) {
        return Math.max(0, Duration.between(earlier, later).toDays());
    }

    /** For example "23 days ago (1 November 2026)". */
    static String ago(Instant at, Instant now) {
        long days = daysBetween(at, now);
        String age = days == 0 ? "today" : days == 1 ? "yesterday" : days + " days ago";
        return age + " (" + day(at) + ")";
    }

    static boolean within(Instant at, Instant now, int days) {
        return at.isAfter(now.minus(Duration.ofDays(days)));
    }
}
