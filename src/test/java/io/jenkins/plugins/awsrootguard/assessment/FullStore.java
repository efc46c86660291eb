package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.evidence.EvidenceEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A store on a full disk.
 *
 * @param all whether it refuses every state of an account, or only what has to be on the disk at once
 */
record FullStore(FolderStore store, boolean all) implements AccountStore {

    @Override
    public AccountState update(String accountId, UnaryOperator<AccountState> change, boolean durable) {
        if (durable || all) {
            throw new UncheckedIOException(new IOException("No space left on device"));
        }
        return store.update(accountId, change, false);
    }

    @Override
    public Optional<RunHeader> header() {
        return store.header();
    }

    @Override
    public void write(RunHeader header) {
        store.write(header);
    }

    @Override
    public List<AccountEntry> accounts() {
        return store.accounts();
    }

    @Override
    public Optional<AccountEntry> account(String accountId) {
        return store.account(accountId);
    }

    @Override
    public Optional<AccountState> state(String accountId) {
        return store.state(accountId);
    }

    @Override
    public void saveCredentialReport(String accountId, byte[] csv) {
        store.saveCredentialReport(accountId, csv);
    }

    @Override
    public void record(String subject, List<EvidenceEntry> entries, boolean durable) {
        store.record(subject, entries, durable);
    }

    @Override
    public void flush() {
        store.flush();
    }
}
