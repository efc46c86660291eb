package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.remediation.ProgressLog;
import io.jenkins.plugins.awsrootguard.report.Times;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/**
 * The output of the command line. There is no input.
 *
 * @param out results and progress
 * @param err errors
 */
record Console(PrintStream out, PrintStream err, Pause pause) implements ProgressLog {

    /** Waits between two checks of AWS. */
    @FunctionalInterface
    interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }

    /** Prints an event with its time. */
    @Override
    public void line(String text) {
        out.println(Times.clock(Instant.now()) + "  " + text);
    }

    /** Prints a line of a result. */
    void say(String text) {
        out.println(text);
    }

    void heading(String text) {
        out.println();
        out.println(text);
    }
}
