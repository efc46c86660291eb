package io.jenkins.plugins.awsrootguard.cli;

/** The exit code of the process. */
final class ExitCode {

    static final int OK = 0;
    /** Findings at or above the threshold, or a change that was not made. */
    static final int FINDINGS = 1;
    /** An option is wrong, or a folder can't be written. */
    static final int USAGE = 2;
    /** AWS could not be read. */
    static final int AWS = 3;

    private ExitCode() {}
}
