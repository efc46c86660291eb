package io.jenkins.plugins.awsrootguard.cli;

/** What the process tells its caller. */
final class ExitCode {

    /** Nothing at or above the threshold. */
    static final int OK = 0;
    /** Findings at or above the threshold, or a change that was not made. */
    static final int FINDINGS = 1;
    /** The call is wrong: an option, or a folder that can't be written. */
    static final int USAGE = 2;
    /** AWS could not be read. */
    static final int AWS = 3;

    private ExitCode() {}
}
