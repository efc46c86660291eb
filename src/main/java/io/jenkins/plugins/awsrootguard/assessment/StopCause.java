package io.jenkins.plugins.awsrootguard.assessment;

/**
 * Why a run ended before every account was worked on.
 *
 * @param detail AWS's answer for {@link Kind#LISTING_FAILED}; else null
 */
public record StopCause(Kind kind, String detail) {

    public enum Kind {
        /** Somebody stopped the run. */
        INTERRUPTED,
        /** The accounts of the organization could not be listed to the end. */
        LISTING_FAILED
    }

    static final StopCause INTERRUPTED = new StopCause(Kind.INTERRUPTED, null);
}
