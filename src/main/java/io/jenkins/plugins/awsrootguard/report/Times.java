package io.jenkins.plugins.awsrootguard.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes times for people, in UTC and with the time zone. */
public final class Times {

    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private Times() {}

    /** For example {@code 24 Nov 2026, 10:42 UTC}. */
    public static String minutes(Instant at) {
        return MINUTES.format(at);
    }

    /** For example {@code 10:42:07 UTC}, where the day is given elsewhere. */
    public static String clock(Instant at) {
        return CLOCK.format(at);
    }

    /**
     * Returns an age in its largest units: {@code less than a minute}, {@code 4 min}, {@code 3 h 5 min},
     * {@code 1 day}, {@code 12 days}. A time in the future counts as now, because clocks differ.
     */
    public static String age(Instant from, Instant now) {
        long minutes = Math.max(0, Duration.between(from, now).toMinutes());
        if (minutes == 0) {
            return "less than a minute";
        }
        if (minutes < 60) {
            return minutes + " min";
        }
        long hours = minutes / 60;
        if (hours < 24) {
            return hours + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
        }
        long days = hours / 24;
        return days == 1 ? "1 day" : days + " days";
    }
}
