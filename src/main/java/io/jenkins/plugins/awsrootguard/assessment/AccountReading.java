package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.time.Instant;

/**
 * How the last reading of an account went.
 *
 * @param run when the run began that read the account ({@link RunHeader#began()}); null when no run did
 * @param name its name in the organization; empty when it has none or was read by itself
 * @param listedAs AWS's state of the account in the organization, for example {@code ACTIVE}; null for an account by itself
 * @param cause why it was not read; null when it was
 * @param calls how many calls to AWS the reading took
 */
public record AccountReading(Instant run, String name, String listedAs, Outcome outcome, Unread cause, long calls) {

    public enum Outcome {
        READ,
        /** Nothing of the account could be read. */
        UNREAD,
        /** The run was stopped before the account was read. */
        STOPPED,
        /** Nobody can use the account, so there is nothing to read. */
        NOT_APPLICABLE
    }

    /** Of an account that was read by itself. */
    static final AccountReading ALONE = new AccountReading(null, "", null, Outcome.READ, null, 0);

    AccountReading inRun(Instant began) {
        return new AccountReading(began, name, listedAs, outcome, cause, calls);
    }

    /** The same account, of which nothing could be read. */
    AccountReading missing(Unread why) {
        return new AccountReading(run, name, listedAs, Outcome.UNREAD, why, 0);
    }

    /** With the name by which its organization lists it, where this reading was of the account by itself. */
    AccountReading named(AccountReading earlier) {
        return listedAs == null ? new AccountReading(run, earlier.name, earlier.listedAs, outcome, cause, calls) : this;
    }

    /** Whether the account should have been read and was not. */
    public boolean isMissing() {
        return outcome == Outcome.UNREAD || outcome == Outcome.STOPPED;
    }

    /** Id and name, for people. */
    public String displayName(String accountId) {
        return name.isEmpty() ? accountId : accountId + " (" + Printable.text(name, 70) + ")";
    }
}
