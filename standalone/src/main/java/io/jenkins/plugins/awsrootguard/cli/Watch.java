package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.Confirmation;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import java.time.Duration;
import java.time.Instant;

/** Checks AWS every 10 seconds until a manual task is completed, or the time is over. */
final class Watch {

    private static final Duration BETWEEN = Duration.ofSeconds(10);

    private Watch() {}

    static void until(AccountConnection connection, PendingTask task, Duration patience, Console console)
            throws InterruptedException {
        console.line("Checking AWS for up to " + patience.toMinutes() + " min: " + task.title());
        String last = null;
        // A check takes time too, and most of it when AWS does not answer.
        Instant deadline = Instant.now().plus(patience);
        for (Duration waited = Duration.ZERO; ; waited = waited.plus(BETWEEN)) {
            String saw;
            try {
                Confirmation.Check check = Confirmation.check(connection, task.what());
                if (check.passed()) {
                    console.line("Completed: " + check.found());
                    return;
                }
                saw = check.found();
            } catch (AwsAccessException e) {
                saw = "Could not check: " + e.getMessage();
            }
            if (!saw.equals(last)) {
                console.line("Not completed: " + saw);
                last = saw;
            }
            if (waited.compareTo(patience) >= 0 || Instant.now().isAfter(deadline)) {
                console.line("Not completed in " + patience.toMinutes() + " min. The task stays open");
                return;
            }
            console.pause().sleep(BETWEEN);
        }
    }
}
