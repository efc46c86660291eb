package io.jenkins.plugins.awsrootguard.report;

import java.time.Instant;

/** A time on the page: for machines and for people. */
record PageTime(String iso, String text) {

    /** Null for null. */
    static PageTime minutes(Instant at) {
        return at == null ? null : new PageTime(at.toString(), Times.minutes(at));
    }
}
