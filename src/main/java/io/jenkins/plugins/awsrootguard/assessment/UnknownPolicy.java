package io.jenkins.plugins.awsrootguard.assessment;

/** What a quality gate makes of a finding that could not be read. */
public enum UnknownPolicy {
    /** As if it had failed. */
    FAIL,
    /** The build becomes unstable, never failed. */
    UNSTABLE,
    /** It does not count. It is still shown. */
    IGNORE
}
