package io.jenkins.plugins.awsrootguard.controls;

/**
 * The outcome of a control. There are four and never two: what could not be read (denied, throttled, not in the answer,
 * stale) is UNKNOWN, and is never shown as PASS.
 */
public enum Status {
    FAIL,
    UNKNOWN,
    PASS,
    NOT_APPLICABLE;

    /** Whether somebody has to do something about it. */
    public boolean isOpen() {
        return this == FAIL || this == UNKNOWN;
    }
}
