package io.jenkins.plugins.awsrootguard.facts;

import java.time.Instant;

/**
 * A date cell of the credential report. Without a date, it has one of three values with different meanings.
 *
 * @param at the time; null unless {@code kind} is {@link Kind#AT}
 */
public record ReportTime(Kind kind, Instant at) {

    public enum Kind {
        /** A date and time. */
        AT,
        /** {@code N/A}: not applicable, or never used since AWS records it. */
        NONE,
        /** {@code no_information}: never used since AWS records it. */
        NEVER_USED,
        /** {@code not_supported}, a missing column, or a value that can't be read: not reported. */
        NOT_TOLD
    }

    public static final ReportTime NONE = new ReportTime(Kind.NONE, null);
    public static final ReportTime NEVER_USED = new ReportTime(Kind.NEVER_USED, null);
    public static final ReportTime NOT_TOLD = new ReportTime(Kind.NOT_TOLD, null);

    public static ReportTime at(Instant time) {
        return new ReportTime(Kind.AT, time);
    }

    public boolean isAt() {
        return kind == Kind.AT;
    }

    public boolean isReported() {
        return kind != Kind.NOT_TOLD;
    }
}
