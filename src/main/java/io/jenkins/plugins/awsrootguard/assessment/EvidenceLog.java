package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.evidence.EvidenceEntry;
import io.jenkins.plugins.awsrootguard.facts.CallRecord;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Puts calls, approvals and changes on record in an {@link AccountStore}.
 *
 * @param by who runs the phase
 */
record EvidenceLog(AccountStore store, String by) {

    void calls(String subject, List<CallRecord> calls) {
        store.record(
                subject,
                calls.stream().map(c -> EvidenceEntry.call(c, by, subject)).toList(),
                false);
    }

    void change(String accountId, ChangeRecord change) {
        store.record(accountId, List.of(EvidenceEntry.change(change, by, accountId)), true);
    }

    void approval(String accountId, Approval approval) {
        int changes = approval.changeIds().size();
        String keys =
                approval.namedKeys().stream().map(Printable::keyId).sorted().collect(Collectors.joining(", "));
        String what = changes
                + (changes == 1 ? " change" : " changes")
                + (keys.isEmpty() ? "" : "; allow-listed keys: " + keys);
        store.record(
                accountId,
                List.of(EvidenceEntry.statement(approval.at(), approval.by(), accountId, "PLAN approved", what)),
                false);
    }
}
