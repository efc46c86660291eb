package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import java.time.Instant;

/**
 * The result of the last confirmation of a manual task.
 *
 * @param subject the account id, or {@link BuildStore#ORGANIZATION}
 * @param by who confirmed it
 * @param saw what AWS reported, or why it could not be read; one line
 */
public record ConfirmationNote(
        String subject, PendingTask.What what, Outcome outcome, String by, Instant at, String saw) {

    /** The result of a confirmation. */
    public enum Outcome {
        /** AWS reports it, or, for what AWS cannot report, the statement was recorded. */
        CONFIRMED,
        /** AWS reports that it is not so. */
        NOT_SO,
        /** AWS could not be read. */
        NOT_READ
    }

    boolean isFor(String otherSubject, PendingTask.What other) {
        return subject.equals(otherSubject) && what == other;
    }

    public boolean isConfirmed() {
        return outcome == Outcome.CONFIRMED;
    }
}
