package io.jenkins.plugins.awsrootguard.facts;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Writes times for people, in UTC and with the time zone. */
public final class Times {

    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME_OF_DAY =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /**
     * A time on a page.
     *
     * @param iso for machines, in ISO 8601
     * @param text for people, in UTC
     */
    public record Text(String iso, String text) {

        /** Returns null for null. */
        public static Text of(Instant at) {
            return at == null ? null : new Text(at.toString(), minutes(at));
        }

        /** Returns the time of day, where the day is given elsewhere; null for null. */
        public static Text ofDay(Instant at) {
            return at == null ? null : new Text(at.toString(), timeOfDay(at));
        }
    }

    private Times() {}

    /** For example {@code 24 Nov 2026}. An {@link Instant} is on its day in UTC. */
    public static String day(TemporalAccessor at) {
        return DAY.format(at);
    }

    /** Returns whole days; 0 if the times are in the other order. */
    public static long daysBetween(Instant earlier, Instant later) {
        return Math.max(0, Duration.between(earlier, later).toDays());
    }

    /** Whether a time is at most this many days before another. */
    public static boolean within(Instant at, Instant now, int days) {
        return at.isAfter(now.minus(Duration.ofDays(days)));
    }

    /** For example {@code 23 days ago (1 Nov 2026)}. */
    public static String ago(Instant at, Instant now) {
        long days = daysBetween(at, now);
        String age =
                days == 0 ? "today" : days == 1 ? "yesterday" : String.format(Locale.ENGLISH, "%,d days ago", days);
        return age + " (" + day(at) + ")";
    }

    /** For example {@code 24 Nov 2026, 10:42 UTC}. */
    public static String minutes(Instant at) {
        return MINUTES.format(at);
    }

    /** For example {@code 10:42:07 UTC}, where the day is given elsewhere. */
    public static String timeOfDay(Instant at) {
        return TIME_OF_DAY.format(at);
    }

    /**
     * Returns an age in its largest units: {@code less than a minute}, {@code 4 min}, {@code 3 h 5 min},
     * {@code 1 day}, {@code 12 days}. A time in the future counts as the present.
     */
    public static String age(Instant from, Instant now) {
        Duration age = Duration.between(from, now);
        String minutes = age.toMinutesPart() + " min";
        if (age.toDays() > 0) {
            return age.toDays() + (age.toDays() == 1 ? " day" : " days");
        }
        if (age.toHours() > 0) {
            return age.toHours() + " h" + (age.toMinutesPart() == 0 ? "" : " " + minutes);
        }
        return age.toMinutes() > 0 ? minutes : "less than a minute";
    }
}
