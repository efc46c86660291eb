package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.AccountEvidence;
import io.jenkins.plugins.awsrootguard.assessment.AccountOutcome;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationResult;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.evidence.Checksums;
import io.jenkins.plugins.awsrootguard.evidence.EvidenceWriter;
import io.jenkins.plugins.awsrootguard.facts.AccountId;
import io.jenkins.plugins.awsrootguard.facts.CallRecord;
import io.jenkins.plugins.awsrootguard.facts.Organization;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.report.HtmlReport;
import io.jenkins.plugins.awsrootguard.report.OrganizationJson;
import io.jenkins.plugins.awsrootguard.report.OrganizationTally;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The files of an organization, {@code DIR/ORGANIZATION_ID/}, and of its accounts, {@code DIR/ACCOUNT_ID/}. Thread-safe for
 * {@link #add}.
 */
final class OrganizationFolder implements AutoCloseable {

    private static final String JSON = "findings.json";

    /** What an earlier run knew of an account and this one goes on with. */
    private record Earlier(PasswordConfirmation confirmation, List<ChangeRecord> changes) {}

    private final Path out;
    private final Path dir;
    private final Map<String, Earlier> earlier = new HashMap<>();
    private final Map<String, AccountState> changing = new ConcurrentHashMap<>();
    private final OrganizationTally tally = new OrganizationTally();
    private final Supplier<List<CallRecord>> calls;
    private final String who;
    private final AccountEvidence evidence;
    private final Path unfinished;
    private final OrganizationJson json;

    /**
     * @param calls gives those about the organization itself that were made since it was asked last
     * @throws IOException when a state that an earlier run saved is damaged, before anything is written
     */
    OrganizationFolder(
            Path out, Organization organization, AccountConnection caller, Supplier<List<CallRecord>> calls)
            throws IOException {
        this.out = out;
        this.dir = out.resolve(organization.id());
        this.calls = calls;
        this.who = LocalUser.caller(caller);
        this.evidence = new AccountEvidence(new EvidenceWriter(dir)::append, who, organization.id());
        FolderLock.make(dir);
        try (Stream<Path> folders = Files.list(out)) {
            for (Path folder : (Iterable<Path>) folders::iterator) {
                remember(folder.getFileName().toString());
            }
        }
        unfinished = Files.createTempFile(dir, "." + JSON, ".tmp");
        json = new OrganizationJson(new BufferedOutputStream(new FileOutputStream(unfinished.toFile())), organization);
    }

    private void remember(String name) throws IOException {
        AccountState state = AccountId.isValid(name) && Files.isDirectory(out.resolve(name))
                ? folder(name).saved()
                : null;
        if (state != null) {
            earlier.put(name, new Earlier(PhaseCommand.confirmation(state), PhaseCommand.made(state)));
        }
    }

    private AccountFolder folder(String accountId) throws IOException {
        return new AccountFolder(out, accountId, who);
    }

    Path dir() {
        return dir;
    }

    OrganizationTally tally() {
        return tally;
    }

    /** Null when there is none. */
    PasswordConfirmation confirmation(String accountId) {
        Earlier e = earlier.get(accountId);
        return e == null ? null : e.confirmation();
    }

    /** Before an account's plan is carried out: what is known of it, and the approval, is saved with its first change. */
    void begin(AccountOutcome outcome, Approval approval) {
        changing.put(outcome.account().id(), withEarlier(outcome.state()).withApproval(approval));
        try {
            folder(outcome.account().id()).evidence().approval(approval);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the calls of an account on record. For one account on one thread. */
    void record(String accountId, List<CallRecord> made) {
        try {
            folder(accountId).evidence().calls(made);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The outcome, with its calls on record. */
    AccountOutcome recorded(AccountOutcome outcome) {
        record(outcome.account().id(), outcome.callRecords());
        return outcome.withCallsOnRecord();
    }

    /** Has the entry on disk when it returns. For one account on one thread. */
    void journal(String accountId, ChangeRecord entry) {
        try {
            folder(accountId)
                    .journal(changing.computeIfPresent(accountId, (id, state) -> state.withChange(entry)), entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An account that is done with: as it was read, or as it was read again after its changes. */
    void add(AccountOutcome outcome) throws IOException {
        boolean page = outcome.reading() == AccountOutcome.Reading.READ
                || (outcome.reading() == AccountOutcome.Reading.UNREAD && outcome.account().isListed());
        String id = outcome.account().id();
        AccountState changed = changing.get(id);
        AccountOutcome whole = outcome.withState(
                changed == null
                        ? withEarlier(outcome.state())
                        : changed.withSecured(Instant.now()).readAgain(outcome.state()));
        if (page || !outcome.callRecords().isEmpty()) {
            AccountFolder folder = new AccountFolder(out, id, who, outcome::callRecords);
            if (outcome.credentialReport() != null) {
                folder.saveCredentialReport(outcome.credentialReport());
            }
            if (page) {
                folder.publish(whole.state());
            }
            folder.seal();
        }
        tally.add(whole, page ? "../" + id + "/report.html" : null);
        json.add(whole);
    }

    private AccountState withEarlier(AccountState state) {
        Earlier before = earlier.get(state.accountId());
        AccountState all = state;
        if (before != null) {
            for (ChangeRecord change : before.changes()) {
                all = all.withChange(change);
            }
        }
        return all;
    }

    /** Ends the files; until then those of an earlier run are in their place. */
    void publish(OrganizationResult result) throws IOException {
        json.finish(result, tally);
        json.close();
        Files.move(
                unfinished, dir.resolve(JSON), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        HtmlReport.write(result, tally, dir);
    }

    @Override
    public void close() throws IOException {
        json.close();
        Files.deleteIfExists(unfinished);
        evidence.calls(calls.get());
        Checksums.write(dir);
    }
}
