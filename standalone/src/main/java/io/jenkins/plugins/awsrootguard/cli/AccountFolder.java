package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.AccountEvidence;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.evidence.Checksums;
import io.jenkins.plugins.awsrootguard.evidence.EvidenceWriter;
import io.jenkins.plugins.awsrootguard.facts.CallRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.report.FindingsCsv;
import io.jenkins.plugins.awsrootguard.report.FindingsJson;
import io.jenkins.plugins.awsrootguard.report.HtmlReport;
import io.jenkins.plugins.awsrootguard.assessment.StateJson;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Supplier;

/**
 * The files of one account: {@code DIR/ACCOUNT_ID/}. Each is replaced as a whole, so a reader never sees half of one; the
 * evidence is added to. For one thread.
 */
final class AccountFolder {

    private static final String STATE = "state.json";
    private static final String CREDENTIAL_REPORT = "credential-report.csv";
    private static final String JSON = "findings.json";
    private static final String CSV = "findings.csv";

    private final Path dir;
    private final String accountId;
    private final AccountEvidence evidence;
    private final Supplier<List<CallRecord>> calls;

    /**
     * @param who in whose name the evidence is
     * @param calls gives those that were made since it was asked last
     */
    AccountFolder(Path out, String accountId, String who, Supplier<List<CallRecord>> calls) throws IOException {
        this.dir = out.resolve(accountId);
        this.accountId = accountId;
        this.calls = calls;
        FolderLock.make(dir);
        this.evidence = new AccountEvidence(new EvidenceWriter(dir)::append, who, accountId);
    }

    /** For calls that are given by another way, or not at all. */
    AccountFolder(Path out, String accountId, String who) throws IOException {
        this(out, accountId, who, List::of);
    }

    Path dir() {
        return dir;
    }

    /**
     * What an earlier run saved; null when there is nothing.
     *
     * @throws UncheckedIOException when it is damaged
     */
    AccountState saved() throws IOException {
        Path file = dir.resolve(STATE);
        if (!Files.exists(file)) {
            return null;
        }
        AccountState state;
        try {
            state = StateJson.read(Files.readAllBytes(file));
        } catch (UncheckedIOException e) {
            throw new IOException(file + ": " + e.getCause().getMessage() + " Move the file away first.", e);
        } catch (RuntimeException e) {
            throw new IOException(file + " is damaged. Move the file away first.", e);
        }
        if (!state.accountId().equals(accountId)) {
            throw new IOException(file + " is of account " + state.accountId() + ". Move the file away first.");
        }
        return state;
    }

    /** Has the state on disk when it returns. */
    void save(AccountState state) {
        try {
            write(STATE, StateJson.write(state), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has the state on disk when it returns, and after it the change on record, behind the calls that led to it. */
    void journal(AccountState state, ChangeRecord entry) {
        save(state);
        evidence.calls(calls.get());
        evidence.change(entry);
    }

    AccountEvidence evidence() {
        return evidence;
    }

    /** The credential report, byte for byte. */
    void saveCredentialReport(byte[] csv) throws IOException {
        write(CREDENTIAL_REPORT, csv, false);
    }

    /** Writes what people and other programs read. */
    void publish(AccountState state) throws IOException {
        save(state);
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        FindingsJson.write(state, json);
        write(JSON, json.toByteArray(), false);
        StringWriter csv = new StringWriter();
        FindingsCsv.write(state, csv);
        write(CSV, csv.toString().getBytes(StandardCharsets.UTF_8), false);
        HtmlReport.write(state, dir);
    }

    /** Adds the last calls to the evidence and updates the checksums. */
    void seal() throws IOException {
        evidence.calls(calls.get());
        Checksums.write(dir);
    }

    /** @param durable whether it is on disk when this returns: what the state has can't be read again, the rest is made of it */
    private void write(String name, byte[] content, boolean durable) throws IOException {
        Path temporary = Files.createTempFile(dir, "." + name, ".tmp");
        try {
            // No channel: that would be closed when the run is stopped, in the middle of what is to be kept.
            try (FileOutputStream stream = new FileOutputStream(temporary.toFile())) {
                stream.write(content);
                if (durable) {
                    stream.getFD().sync();
                }
            }
            Files.move(
                    temporary, dir.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
