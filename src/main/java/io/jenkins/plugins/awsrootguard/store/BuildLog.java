package io.jenkins.plugins.awsrootguard.store;

import hudson.model.TaskListener;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.ProgressLog;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/** A build's log: one line an event, with the time, in the time zone of the controller. */
public final class BuildLog implements ProgressLog {

    private static final int LONGEST = 1000;

    private final TaskListener listener;

    public BuildLog(TaskListener listener) {
        this.listener = listener;
    }

    @Override
    public void line(String text) {
        rawLine(Printable.text(text, LONGEST));
    }

    /** A line that holds Jenkins' own links, which are not plain text. */
    public void rawLine(String text) {
        listener.getLogger().println("[Root Guard " + now() + "] " + text);
    }

    private static String now() {
        // Whole seconds print as 10:42 when there are none, so they are written out.
        return String.format("%tT", LocalTime.now().truncatedTo(ChronoUnit.SECONDS));
    }
}
