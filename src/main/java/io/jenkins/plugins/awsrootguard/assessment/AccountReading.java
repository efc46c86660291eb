package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.time.Instant;

/**
 * How the last reading of an account went.
 *
 * @param run when the run began that read the account ({@link RunHeader#began()}); null when no run did
 * @param name its name in the organization; empty for one account, and when it has none
 * @param listedAs AWS's state of the account in the organization, for example {@code ACTIVE}; null for one account
 * @param cause why it was not read; null when it was
 * @param calls how many calls to AWS the reading took
 */
public record AccountReading(Instant run, String name, String listedAs, Outcome outcome, Unread cause, long calls) {

    public enum Outcome {
        READ,
        /** No fact of the account could be read. */
        UNREAD,
        /** The run was stopped before the account was read. */
        STOPPED,
        /** The account is out of use, so it is not read. */
        NOT_APPLICABLE
    }

    /** The reading of one account. */
    static final AccountReading ONE_ACCOUNT = new AccountReading(null, "", null, Outcome.READ, null, 0);

    AccountReading inRun(Instant began) {
        return new AccountReading(began, name, listedAs, outcome, cause, calls);
    }

    /** The same account, not read. */
    AccountReading missing(Unread why) {
        return new AccountReading(run, name, listedAs, Outcome.UNREAD, why, 0);
    }

    /** With the name by which its organization lists it, where the account was read alone. */
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
