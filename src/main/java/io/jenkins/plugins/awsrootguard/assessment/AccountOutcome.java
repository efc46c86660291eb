package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.facts.CallRecord;
import io.jenkins.plugins.awsrootguard.facts.OrganizationAccount;
import java.util.List;

/**
 * What came of one account of an organization.
 *
 * @param state with its findings, also when the account could not be read: they are all UNKNOWN then
 * @param reason why it was not read; null when it was
 * @param calls how many calls to AWS it took
 * @param credentialReport as AWS gave it; null when there is none. Not copied: don't change it
 * @param callRecords the calls themselves, for the account's evidence: those of this reading, also when it was cut off
 */
@SuppressWarnings("java:S6218") // compared and printed nowhere
public record AccountOutcome(
        OrganizationAccount account,
        Reading reading,
        String reason,
        AccountState state,
        long calls,
        byte[] credentialReport,
        List<CallRecord> callRecords)
        implements FanOut.Outcome {

    public AccountOutcome {
        callRecords = List.copyOf(callRecords);
    }

    /** One of which the calls are on record already. */
    public AccountOutcome(
            OrganizationAccount account,
            Reading reading,
            String reason,
            AccountState state,
            long calls,
            byte[] credentialReport) {
        this(account, reading, reason, state, calls, credentialReport, List.of());
    }

    /** Whether an account was read. */
    public enum Reading {
        READ,
        /** Nothing of it could be read, for a reason that AWS gave. */
        UNREAD,
        /** The run was stopped before it was read. */
        STOPPED,
        /** There is nothing to read: nobody can use the account. */
        NOT_APPLICABLE
    }

    public AccountOutcome withState(AccountState newState) {
        return new AccountOutcome(account, reading, reason, newState, calls, credentialReport, callRecords);
    }

    /** Without the calls themselves, which are on record now. */
    public AccountOutcome withCallsOnRecord() {
        return new AccountOutcome(account, reading, reason, state, calls, credentialReport);
    }

    /** With the number of calls that were made for the account before, which are on record already. */
    public AccountOutcome plusCalls(long earlier) {
        return new AccountOutcome(account, reading, reason, state, calls + earlier, credentialReport, callRecords);
    }

    /** Whether something that was asked for is not known. */
    @Override
    public boolean isMissing() {
        return reading == Reading.UNREAD || reading == Reading.STOPPED;
    }
}
