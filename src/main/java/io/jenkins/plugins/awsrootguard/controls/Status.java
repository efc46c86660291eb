package io.jenkins.plugins.awsrootguard.controls;

/** The status of a finding, worst first. */
public enum Status {
    /** Read, and not as required. */
    FAIL,
    /** Should have been readable and was not: denied, throttled, stale, malformed or unreachable. Never shown as PASS. */
    UNKNOWN,
    /** This run's access method can't read it by AWS's rules; the summary names what can. Counts in no gate. */
    NOT_CHECKED,
    /** Read, and as required. */
    PASS,
    /** The requirement has no subject here. */
    NOT_APPLICABLE;

    /** Whether somebody has to act on it. */
    public boolean isOpen() {
        return this == FAIL || this == UNKNOWN;
    }
}
