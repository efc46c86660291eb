package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.Confirmation;
import io.jenkins.plugins.awsrootguard.assessment.Look;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import java.time.Duration;
import java.time.Instant;

/** Watches AWS until it shows that a person has done something, or the time is over. It believes nothing but AWS. */
final class Watch {

    private static final Duration BETWEEN = Duration.ofSeconds(10);

    private final Console console;
    private final Duration patience;

    Watch(Console console, Duration patience) {
        this.console = console;
        this.patience = patience;
    }

    /** Whether AWS showed it in time. */
    boolean until(AccountConnection connection, PendingTask task) throws InterruptedException {
        console.line("Checking AWS for up to " + patience.toMinutes() + " min: " + task.title());
        String last = null;
        // The looks take time too, and much of it when AWS does not answer.
        Instant deadline = Instant.now().plus(patience);
        for (Duration waited = Duration.ZERO; ; waited = waited.plus(BETWEEN)) {
            String saw;
            try {
                Look look = Confirmation.look(connection, task.what());
                if (look.holds()) {
                    console.line("Completed: " + look.saw());
                    return true;
                }
                saw = look.saw();
            } catch (AwsAccessException e) {
                // Not known is not done: it goes on waiting.
                saw = "Could not check: " + e.getMessage();
            }
            if (!saw.equals(last)) {
                console.line("Not completed: " + saw);
                last = saw;
            }
            if (waited.compareTo(patience) >= 0 || Instant.now().isAfter(deadline)) {
                console.line("Not completed in " + patience.toMinutes() + " min. The task stays open");
                return false;
            }
            console.pause().sleep(BETWEEN);
        }
    }
}
