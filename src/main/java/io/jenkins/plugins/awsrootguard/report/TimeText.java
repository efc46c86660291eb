package io.jenkins.plugins.awsrootguard.report;

import java.time.Instant;

/**
 * A time on a page.
 *
 * @param iso for machines, in ISO 8601
 * @param text for people, in UTC
 */
public record TimeText(String iso, String text) {

    /** Returns null for null. */
    public static TimeText of(Instant at) {
        return at == null ? null : new TimeText(at.toString(), Times.minutes(at));
    }
}
