package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.CallLog.Call;
import io.jenkins.plugins.awsrootguard.evidence.EvidenceEntry;
import io.jenkins.plugins.awsrootguard.evidence.EvidenceEntry.Kind;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the evidence of a run. Changes and statements are on disk when the method returns; calls and approvals are on disk with
 * the next change at the latest. Thread-safe.
 *
 * @param by the build or the command line, with the user who started it when known
 */
public record EvidenceLog(AccountStore store, String by) {

    public EvidenceLog {
        by = Printable.text(by, 300);
    }

    /** @param subject the account id, or the organization id for calls about the organization itself */
    void calls(String subject, List<Call> calls) {
        List<EvidenceEntry> entries = calls.stream()
                .map(c -> new EvidenceEntry(
                        c.at(), Kind.CALL, subject, by, c.action(), c.outcome(), c.requestId(), null, null))
                .toList();
        store.record(subject, entries, false);
    }

    /** Records a change that was started, made, failed or skipped. */
    void change(String account, ChangeRecord change, String description) {
        EvidenceEntry entry = new EvidenceEntry(
                change.at(),
                Kind.CHANGE,
                account,
                by,
                change.kind().name(),
                change.outcome().name(),
                change.requestId(),
                change.approvedBy(),
                description);
        store.record(account, List.of(entry), true);
    }

    void statement(PasswordConfirmation stated) {
        statement(stated.accountId(), stated.at(), stated.by(), "root password changed", stated.corroboration());
    }

    /** @param outcome what AWS reported about the statement */
    public void statement(String account, Instant at, String person, String what, String outcome) {
        EvidenceEntry entry = new EvidenceEntry(at, Kind.STATEMENT, account, by, null, outcome, null, person, what);
        store.record(account, List.of(entry), true);
    }

    /** Records the approval of a plan. */
    public void approval(String account, Approval approval) {
        int changes = approval.changeIds().size();
        String keys =
                approval.namedKeys().stream().map(Printable::keyId).sorted().collect(Collectors.joining(", "));
        String what = changes
                + (changes == 1 ? " change" : " changes")
                + (keys.isEmpty() ? "" : "; allow-listed access keys: " + keys);
        EvidenceEntry entry =
                new EvidenceEntry(approval.at(), Kind.APPROVAL, account, by, null, null, null, approval.by(), what);
        store.record(account, List.of(entry), false);
    }
}
