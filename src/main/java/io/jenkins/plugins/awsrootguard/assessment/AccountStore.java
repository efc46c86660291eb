package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.evidence.EvidenceEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Keeps what a run finds and does, account by account. Thread-safe. Methods throw {@link java.io.UncheckedIOException} when a
 * file cannot be read or written; the message names the file.
 */
public interface AccountStore {

    /** The last run; empty before the first. */
    Optional<RunHeader> header();

    /** Begins a run, or keeps how it ended. */
    void write(RunHeader header);

    /** The accounts of the organization's last run, or else all accounts, by id. */
    List<AccountEntry> accounts();

    Optional<AccountEntry> account(String accountId);

    /** The stored state of the account; empty without one. */
    Optional<AccountState> state(String accountId);

    /**
     * Changes the state of an account. Updates of one account happen one after the other, those of two accounts side by side.
     *
     * @param change gets null when the account has no state yet
     * @param durable whether the state is on the disk itself when this returns, as a journal needs it
     * @return the changed state
     */
    AccountState update(String accountId, UnaryOperator<AccountState> change, boolean durable);

    void saveCredentialReport(String accountId, byte[] csv);

    /**
     * Adds entries to the evidence of an account or an organization.
     *
     * @param subject the account id or the organization id
     * @param durable whether they are on the disk itself when this returns
     */
    void record(String subject, List<EvidenceEntry> entries, boolean durable);

    /** Ends a phase: what is listed next time is found without reading every account's file. */
    void flush();
}
