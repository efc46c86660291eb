package io.jenkins.plugins.awsrootguard.view;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Cause;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.account.CallRecord;
import io.jenkins.plugins.awsrootguard.account.Printable;
import io.jenkins.plugins.awsrootguard.phase.ChangeRecord;
import io.jenkins.plugins.awsrootguard.report.EvidenceEntry;
import io.jenkins.plugins.awsrootguard.report.EvidenceRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The record of what a build did to one account, and of who allowed it: {@code aws-root-guard/ACCOUNT_ID/evidence.jsonl} beside
 * build.xml. It is only ever added to. Thread-safe; what was added is on disk when the adding method returns.
 */
public final class EvidenceTrail {

    private final Object lock;
    private final EvidenceRecord record;
    private final String accountId;
    private final String build;

    EvidenceTrail(Object lock, Run<?, ?> run, Path dir, String accountId) {
        this.lock = lock;
        this.record = new EvidenceRecord(dir);
        this.accountId = accountId;
        this.build = who(run);
    }

    /** The build, and the person who started it where it was one. */
    private static String who(Run<?, ?> run) {
        Cause.UserIdCause user = run.getCause(Cause.UserIdCause.class);
        String name = run.getParent().getFullName() + " #" + run.getNumber();
        return Printable.text(
                user == null || user.getUserId() == null ? name : name + ", started by " + user.getUserId(), 300);
    }

    public void calls(@NonNull List<CallRecord> calls) {
        add(calls.stream().map(c -> EvidenceEntry.call(c, build, accountId)).toList());
    }

    public void change(@NonNull ChangeRecord change) {
        add(List.of(EvidenceEntry.change(change, build, accountId)));
    }

    /**
     * What a person stated, approved or confirmed.
     *
     * @param saw what AWS said of it
     */
    void statement(Instant at, String by, String what, String saw) {
        add(List.of(EvidenceEntry.statement(at, by, accountId, what, saw)));
    }

    /** Files that were made to be archived, by name, with their SHA-256. */
    public void archived(@NonNull Map<String, String> files) {
        Instant now = Instant.now();
        add(files.entrySet().stream()
                .map(f -> EvidenceEntry.file(now, build, accountId, f.getKey(), f.getValue()))
                .toList());
    }

    private void add(List<EvidenceEntry> entries) {
        synchronized (lock) {
            try {
                record.append(entries);
            } catch (IOException e) {
                throw new UncheckedIOException("The evidence of account " + accountId + " could not be stored", e);
            }
        }
    }

    /** The record itself, to be read. */
    @NonNull
    public EvidenceRecord record() {
        return record;
    }
}
