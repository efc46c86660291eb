package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.remediation.ProgressLog;
import io.jenkins.plugins.awsrootguard.report.Times;
import java.io.PrintStream;
import java.time.Instant;

/**
 * What the command line talks through. There is no input: it never waits for a keyboard.
 *
 * @param out results and progress
 * @param err what went wrong
 */
record Console(PrintStream out, PrintStream err, Pause pause) implements ProgressLog {

    /** One event, with its time. */
    @Override
    public void line(String text) {
        out.println(Times.clock(Instant.now()) + "  " + text);
    }

    /** A result. */
    void say(String text) {
        out.println(text);
    }

    void heading(String text) {
        out.println();
        out.println(text);
    }
}
