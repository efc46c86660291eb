package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.evidence.EvidenceEntry;
import io.jenkins.plugins.awsrootguard.evidence.EvidenceEntry.Kind;
import io.jenkins.plugins.awsrootguard.facts.CallRecord;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the evidence of one account during a run. Changes and statements are on disk when the method returns; calls and
 * approvals are on disk with the next change at the latest. Thread-safe.
 */
public final class AccountEvidence {

    /** Where the entries go. */
    @FunctionalInterface
    public interface Sink {
        /** @param durable whether the entries, and all before them, are on disk when this method returns */
        void append(List<EvidenceEntry> entries, boolean durable) throws IOException;
    }

    private final Sink sink;
    private final String principal;
    private final String account;

    /**
     * @param principal the build or the command line, with the user who started it when known
     * @param account the account id, or the organization id for calls about the organization itself
     */
    public AccountEvidence(Sink sink, String principal, String account) {
        this.sink = sink;
        this.principal = Printable.text(principal, 300);
        this.account = account;
    }

    public void calls(List<CallRecord> calls) {
        add(calls.stream().map(this::call).toList(), false);
    }

    private EvidenceEntry call(CallRecord call) {
        return entry(call.at(), Kind.CALL, call.action(), call.outcome(), call.requestId(), null, null);
    }

    /** Records a change that was started, made, failed or skipped. */
    public void change(ChangeRecord change) {
        add(
                List.of(entry(
                        change.at(),
                        Kind.CHANGE,
                        change.kind().name(),
                        change.outcome().name(),
                        change.requestId(),
                        change.approvedBy(),
                        change.description())),
                true);
    }

    /**
     * Records what a person stated or confirmed.
     *
     * @param outcome what AWS reported about it
     */
    public void statement(Instant at, String by, String what, String outcome) {
        add(List.of(entry(at, Kind.STATEMENT, null, outcome, null, by, what)), true);
    }

    /** Records the approval of a plan. */
    public void approval(Approval approval) {
        int changes = approval.changeIds().size();
        String keys =
                approval.namedKeys().stream().map(Printable::keyId).sorted().collect(Collectors.joining(", "));
        String what = changes
                + (changes == 1 ? " change" : " changes")
                + (keys.isEmpty() ? "" : "; allow-listed access keys: " + keys);
        add(List.of(entry(approval.at(), Kind.APPROVAL, null, null, null, approval.by(), what)), false);
    }

    private EvidenceEntry entry(
            Instant at, Kind kind, String action, String outcome, String requestId, String by, String what) {
        return new EvidenceEntry(at, kind, account, principal, action, outcome, requestId, by, what);
    }

    private void add(List<EvidenceEntry> entries, boolean durable) {
        try {
            sink.append(entries, durable);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write the evidence of account " + account, e);
        }
    }
}
