package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.account.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.phase.AccountOutcome;
import io.jenkins.plugins.awsrootguard.phase.AccountState;
import io.jenkins.plugins.awsrootguard.phase.Approval;
import io.jenkins.plugins.awsrootguard.phase.ChangeRecord;
import io.jenkins.plugins.awsrootguard.phase.OrganizationResult;
import io.jenkins.plugins.awsrootguard.report.OrganizationJson;
import io.jenkins.plugins.awsrootguard.report.OrganizationReport;
import io.jenkins.plugins.awsrootguard.report.OrganizationTally;
import io.jenkins.plugins.awsrootguard.account.AccountId;
import io.jenkins.plugins.awsrootguard.account.Organization;
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
    private final Path unfinished;
    private final OrganizationJson json;

    /** @throws IOException when a state that an earlier run saved is damaged, before anything is written */
    OrganizationFolder(Path out, Organization organization) throws IOException {
        this.out = out;
        this.dir = out.resolve(organization.id());
        Files.createDirectories(dir);
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
                ? new AccountFolder(out, name).saved()
                : null;
        if (state != null) {
            earlier.put(name, new Earlier(PhaseCommand.confirmation(state), PhaseCommand.made(state)));
        }
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
    }

    /** Has the entry on disk when it returns. For one account on one thread. */
    void journal(String accountId, ChangeRecord entry) {
        try {
            new AccountFolder(out, accountId)
                    .save(changing.computeIfPresent(accountId, (id, state) -> state.withChange(entry)));
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
        if (page) {
            AccountFolder folder = new AccountFolder(out, id);
            if (outcome.credentialReport() != null) {
                folder.saveCredentialReport(outcome.credentialReport());
            }
            folder.publish(whole.state());
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
        OrganizationReport.write(result, tally, dir);
    }

    @Override
    public void close() throws IOException {
        json.close();
        Files.deleteIfExists(unfinished);
    }
}
