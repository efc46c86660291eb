package io.jenkins.plugins.awsrootguard.evidence;

import io.jenkins.plugins.awsrootguard.facts.CallRecord;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one run adds to the {@link EvidenceRecord} of an account, in the name of whoever runs it. Changes and statements are on
 * disk when the adding method returns; calls and files follow soon, and with the next change at the latest. Thread-safe among
 * those that share a lock.
 */
public class AccountEvidence {

    private final Object lock;
    private final Path dir;
    private final EvidenceRecord record;
    private final String accountId;
    private final String who;

    /**
     * @param lock what all that write to this folder share
     * @param who the build or the person, in one line
     * @param accountId the account that it is about
     */
    public AccountEvidence(Object lock, Path dir, String who, String accountId) {
        this.lock = lock;
        this.dir = dir;
        this.record = new EvidenceRecord(dir);
        this.accountId = accountId;
        this.who = Printable.text(who, 300);
    }

    public final void calls(List<CallRecord> calls) {
        add(entries(calls), false);
    }

    /** A change that was made, tried or left. */
    public final void change(ChangeRecord change) {
        add(List.of(EvidenceEntry.change(change, who, accountId)), true);
    }

    /**
     * What a person stated, approved or confirmed.
     *
     * @param saw what AWS said of it
     */
    public final void statement(Instant at, String by, String what, String saw) {
        add(List.of(EvidenceEntry.statement(at, by, accountId, what, saw)), true);
    }

    /** A plan that somebody approved. It is on disk with the first change that is made by it. */
    public final void approval(Approval approval) {
        int changes = approval.changeIds().size();
        String keys =
                approval.namedKeys().stream().map(Printable::keyId).sorted().collect(Collectors.joining(", "));
        String what = changes
                + (changes == 1 ? " change" : " changes")
                + (keys.isEmpty() ? "" : "; keys that may go although they were used: " + keys);
        add(List.of(EvidenceEntry.statement(approval.at(), approval.by(), accountId, "PLAN approved", what)), false);
    }

    /**
     * Puts the last calls, and files of the folder that a run wrote, on record, and brings the folder's {@link EvidenceSums} up to date. The sums of
     * files that this run did not write stay as they are: one that was changed by hand still shows.
     */
    public final void seal(List<CallRecord> calls, Set<String> written) throws IOException {
        synchronized (lock) {
            Map<String, String> fresh = EvidenceSums.of(dir, written);
            // At once, since there may be thousands of accounts.
            List<EvidenceEntry> entries = new ArrayList<>(entries(calls));
            entries.addAll(entries(fresh));
            add(entries, false);
            Map<String, String> sums = EvidenceSums.read(dir);
            sums.putAll(fresh);
            sums.putAll(EvidenceSums.of(dir, Set.of(EvidenceRecord.FILE)));
            EvidenceSums.write(dir, sums);
        }
    }

    /** Files that were made to be kept, by name, with their SHA-256. */
    public final void stored(Map<String, String> files) {
        add(entries(files), false);
    }

    private List<EvidenceEntry> entries(Map<String, String> files) {
        Instant now = Instant.now();
        return files.entrySet().stream()
                .map(f -> EvidenceEntry.file(now, who, accountId, f.getKey(), f.getValue()))
                .toList();
    }

    private List<EvidenceEntry> entries(List<CallRecord> calls) {
        return calls.stream().map(c -> EvidenceEntry.call(c, who, accountId)).toList();
    }

    private void add(List<EvidenceEntry> entries, boolean durable) {
        synchronized (lock) {
            try {
                record.append(entries, durable);
            } catch (IOException e) {
                throw new UncheckedIOException("The evidence of account " + accountId + " could not be stored", e);
            }
        }
    }

    /** The record itself, to be read. */
    public final EvidenceRecord record() {
        return record;
    }
}
