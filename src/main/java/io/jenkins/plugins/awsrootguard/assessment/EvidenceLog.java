package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.facts.CallRecord;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import java.time.Instant;
import java.util.List;

/**
 * Puts calls, approvals and changes on record in an {@link AccountStore}.
 *
 * @param by who runs the phase
 */
public record EvidenceLog(AccountStore store, String by) {

    void calls(String subject, List<CallRecord> calls) {
        of(subject).calls(calls);
    }

    void change(String accountId, ChangeRecord change) {
        of(accountId).change(change);
    }

    /** What a person stated, and what AWS reported about it. */
    void statement(PasswordConfirmation stated) {
        of(stated.accountId()).statement(stated.at(), stated.by(), "root password changed", stated.corroboration());
    }

    public void approval(String accountId, Approval approval) {
        of(accountId).approval(approval);
    }

    public void statement(String accountId, Instant at, String person, String what, String outcome) {
        of(accountId).statement(at, person, what, outcome);
    }

    private AccountEvidence of(String subject) {
        return new AccountEvidence((entries, durable) -> store.record(subject, entries, durable), by, subject);
    }
}
