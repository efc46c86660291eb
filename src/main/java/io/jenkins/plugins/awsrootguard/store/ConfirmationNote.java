package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import java.io.Serializable;
import java.time.Instant;

/**
 * The last thing that came of somebody's saying that a pending task is done. Kept in build.xml, one for each account and
 * task. Immutable.
 */
public final class ConfirmationNote implements Serializable {

    private static final long serialVersionUID = 1L;

    /** What came of it. */
    public enum Outcome {
        /** AWS says that it is so; or, for what AWS can't say, the statement was recorded. */
        CONFIRMED,
        /** AWS says that it is not so. */
        NOT_SO,
        /** AWS could not be asked. */
        NOT_READ
    }

    private final String accountId;
    private final PendingTask.What what;
    private final Outcome outcome;
    private final String by;
    private final long atMillis;
    private final String saw;

    ConfirmationNote(String accountId, PendingTask.What what, Outcome outcome, String by, Instant at, String saw) {
        this.accountId = accountId;
        this.what = what;
        this.outcome = outcome;
        this.by = by;
        this.atMillis = at.toEpochMilli();
        this.saw = saw;
    }

    boolean isFor(String otherAccountId, PendingTask.What other) {
        return accountId.equals(otherAccountId) && what == other;
    }

    public PendingTask.What what() {
        return what;
    }

    public Outcome outcome() {
        return outcome;
    }

    public boolean isConfirmed() {
        return outcome == Outcome.CONFIRMED;
    }

    /** Who said so. */
    public String by() {
        return by;
    }

    public Instant at() {
        return Instant.ofEpochMilli(atMillis);
    }

    /** What AWS said, or why it could not be asked: one line. */
    public String saw() {
        return saw;
    }
}
