package io.jenkins.plugins.awsrootguard.store;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Cause;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountEvidence;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.Standing;
import io.jenkins.plugins.awsrootguard.evidence.EvidenceWriter;
import io.jenkins.plugins.awsrootguard.facts.AccountId;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import jenkins.model.RunAction2;

/**
 * What one build found and did, account by account. The steps of the build share it. build.xml keeps the list of accounts;
 * each account's state is in a file beside build.xml and is read on demand.
 *
 * <p>Thread-safe. What is stored is on disk when the storing method returns.
 */
public class BuildStore extends InvisibleAction implements RunAction2 {

    // Lists and maps are replaced, never changed: build.xml may be written by another thread at any time.
    private volatile List<AccountEntry> accounts = new ArrayList<>();
    private volatile List<ConfirmationNote> confirmations = new ArrayList<>();
    private volatile String lastAccountId;
    private volatile OrganizationEntry organization;
    /** Whether steps that name no account mean the organization. */
    private volatile boolean organizationLast;

    private transient volatile Run<?, ?> run;
    private transient volatile AccountStates stored;
    private transient volatile OrganizationStore organizationStore;
    // Not the action itself, which anybody can have.
    private transient Object lock = new Object();

    /** The build's action, added when it has none yet. */
    @NonNull
    public static BuildStore of(@NonNull Run<?, ?> run) {
        synchronized (run) {
            BuildStore found = run.getAction(BuildStore.class);
            if (found == null) {
                found = new BuildStore();
                run.addAction(found);
            }
            return found;
        }
    }

    /** Builds are read from disk without their constructor being run, and a field may be missing there. */
    private Object readResolve() {
        accounts = accounts == null ? new ArrayList<>() : accounts;
        confirmations = confirmations == null ? new ArrayList<>() : confirmations;
        lock = new Object();
        return this;
    }

    @Override
    public void onAttached(Run<?, ?> r) {
        attach(r);
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        attach(r);
    }

    private void attach(Run<?, ?> r) {
        run = r;
        stored = new AccountStates(r);
        organizationStore = new OrganizationStore(r);
    }

    public final Run<?, ?> getRun() {
        return run;
    }

    /** The account's state; empty when there is none, or when its file can't be read (see {@link #problem}). */
    public Optional<AccountState> state(String accountId) {
        synchronized (lock) {
            return own(accountId).isPresent()
                    ? stored.get(accountId)
                    : ofOrganization(accountId).flatMap(organizationStore::readable);
        }
    }

    /** Why an account of this build has no state that can be shown, in words; empty when it has one or never had. */
    public Optional<String> problem(String accountId) {
        synchronized (lock) {
            return own(accountId)
                    .map(e -> stored.problem(accountId))
                    .orElseGet(() -> ofOrganization(accountId).flatMap(organizationStore::problem));
        }
    }

    /** The states of all accounts of this build that can be read, in the order in which they were first stored. */
    public List<AccountState> states() {
        return accounts.stream()
                .map(e -> state(e.accountId()))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The account that this build stored something for last. */
    public Optional<String> lastAccountId() {
        return Optional.ofNullable(lastAccountId);
    }

    /** The accounts that the build worked on by themselves, in the order in which they were first stored. */
    public List<AccountEntry> accounts() {
        return List.copyOf(accounts);
    }

    /** How an account of this build was reached, also one of its organization. */
    public Optional<AccountEntry> entry(String accountId) {
        return own(accountId).or(() -> ofOrganization(accountId).map(a -> organization.account(a.id())));
    }

    /** An account that the build worked on by itself. */
    private Optional<AccountEntry> own(String accountId) {
        return accounts.stream().filter(e -> e.accountId().equals(accountId)).findFirst();
    }

    /** An account of the organization that the build did not work on by itself besides. */
    public Optional<IndexedAccount> ofOrganization(String accountId) {
        return organization == null || own(accountId).isPresent()
                ? Optional.empty()
                : organizationStore.account(accountId);
    }

    /** The organization that this build works on; empty when it works on none. */
    public Optional<OrganizationEntry> organization() {
        return Optional.ofNullable(organization);
    }

    /** Whether a step that names no account means the organization. */
    public boolean isAboutOrganization() {
        return organization != null && organizationLast;
    }

    /** The accounts of the organization. */
    public OrganizationStore organizationStore() {
        return organizationStore;
    }

    /**
     * Keeps that the build works on an organization, and how that was reached.
     *
     * @throws UncheckedIOException when it could not be stored
     */
    public void remember(OrganizationEntry entry) {
        synchronized (lock) {
            organization = entry;
            organizationLast = true;
            saveRun();
        }
    }

    private void saveRun() {
        try {
            run.save();
        } catch (IOException e) {
            throw new UncheckedIOException("The build could not be saved", e);
        }
    }

    /**
     * Changes an account's state and stores it.
     *
     * @param change gets the state as it is, null when there is none; what it gives is stored
     * @return what was stored
     * @throws UncheckedIOException when it could not be stored: then nothing was changed
     */
    public AccountState update(String accountId, UnaryOperator<AccountState> change) {
        return update(accountId, change, true);
    }

    /**
     * The same, for what happens beside the build's own steps: which account they work on stays as it is.
     *
     * @throws UncheckedIOException when it could not be stored: then nothing was changed
     */
    AccountState updateBeside(String accountId, UnaryOperator<AccountState> change) {
        return update(accountId, change, false);
    }

    private AccountState update(String accountId, UnaryOperator<AccountState> change, boolean byStep) {
        synchronized (lock) {
            if (ofOrganization(accountId).isPresent()) {
                return organizationStore.update(accountId, change);
            }
            try {
                AccountState after = stored.change(AccountId.parse(accountId), change);
                AccountEntry entry = own(accountId).orElseGet(() -> AccountEntry.of(accountId));
                store(StandingSince.of(entry, Standing.of(after), run, Instant.now()), byStep);
                return after;
            } catch (IOException e) {
                throw new UncheckedIOException("The state of account " + accountId + " could not be stored", e);
            }
        }
    }

    /**
     * Stores the credential report.
     *
     * @param csv the bytes as AWS gave them
     * @throws UncheckedIOException when it could not be stored
     */
    public void saveCredentialReport(String accountId, byte[] csv) {
        synchronized (lock) {
            try {
                stored.files(accountId).writeCredentialReport(csv);
                if (ofOrganization(accountId).isEmpty()) {
                    store(own(accountId).orElseGet(() -> AccountEntry.of(accountId)), true);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "The credential report of account " + accountId + " could not be stored", e);
            }
        }
    }

    /** Whether the account has a record of its own; that of an organization's accounts is in one file. */
    public boolean isRecorded(String accountId) {
        return own(accountId).isPresent();
    }

    /** The record of what the build does to an account. */
    @NonNull
    public AccountEvidence evidence(@NonNull String accountId) {
        return evidence(evidenceDir(accountId), accountId);
    }

    /** The folder of the account's evidence; the accounts of an organization share one. */
    @NonNull
    public Path evidenceDir(@NonNull String accountId) {
        return ofOrganization(accountId).isPresent()
                ? organizationStore.dir()
                : stored.files(accountId).dir();
    }

    /**
     * The one record of all that the build does to the accounts of its organization: thousands of files would be no help.
     *
     * @param about the account that is added to it, or the organization's own id
     */
    @NonNull
    public AccountEvidence organizationEvidence(@NonNull String about) {
        return evidence(organizationStore.dir(), about);
    }

    private AccountEvidence evidence(Path dir, String about) {
        Cause.UserIdCause user = run.getCause(Cause.UserIdCause.class);
        String build = run.getParent().getFullName() + " #" + run.getNumber();
        String principal =
                user == null || user.getUserId() == null ? build : build + ", started by " + user.getUserId();
        return new AccountEvidence(new EvidenceWriter(dir)::append, principal, about);
    }

    /** The credential report as AWS gave it; empty when none was stored. */
    public Optional<byte[]> credentialReport(String accountId) throws IOException {
        synchronized (lock) {
            return stored.files(accountId).readCredentialReport();
        }
    }

    /**
     * Keeps how an account was reached, so that a later step, or the page's Confirm button, can reach it in the same way.
     *
     * @param credentialsId null when it was another way than by a credential
     * @param region null when none was given
     * @throws UncheckedIOException when it could not be stored
     */
    public void remember(String accountId, String credentialsId, String region) {
        synchronized (lock) {
            if (ofOrganization(AccountId.parse(accountId)).isPresent()) {
                return;
            }
            try {
                AccountEntry entry = own(accountId).orElseGet(() -> AccountEntry.of(accountId));
                store(entry.withConnection(credentialsId, region), true);
            } catch (IOException e) {
                throw new UncheckedIOException("The build could not be saved", e);
            }
        }
    }

    /** What came last of somebody's saying that a task is done; empty when nobody did. */
    public Optional<ConfirmationNote> confirmation(String accountId, PendingTask.What what) {
        return confirmations.stream().filter(n -> n.isFor(accountId, what)).findFirst();
    }

    /**
     * Keeps that a person said that a pending task is done, and what came of it.
     *
     * @param saw what AWS said, one line
     * @throws UncheckedIOException when it could not be stored
     */
    public void confirmed(
            String accountId,
            PendingTask.What what,
            ConfirmationNote.Outcome outcome,
            String by,
            Instant at,
            String saw) {
        synchronized (lock) {
            List<ConfirmationNote> all = new ArrayList<>(confirmations);
            all.removeIf(n -> n.isFor(accountId, what));
            all.add(new ConfirmationNote(accountId, what, outcome, by, at, saw));
            confirmations = all;
            saveRun();
        }
    }

    private void store(AccountEntry entry, boolean byStep) throws IOException {
        String last = byStep || lastAccountId == null ? entry.accountId() : lastAccountId;
        boolean stillOrganization = organizationLast && !byStep;
        List<AccountEntry> all = new ArrayList<>(accounts);
        int at = indexOf(entry.accountId());
        if (at < 0) {
            all.add(entry);
        } else if (all.get(at) == entry && last.equals(lastAccountId) && stillOrganization == organizationLast) {
            return;
        } else {
            all.set(at, entry);
        }
        accounts = all;
        organizationLast = stillOrganization;
        lastAccountId = last;
        run.save();
    }

    private int indexOf(String accountId) {
        List<AccountEntry> all = accounts;
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).accountId().equals(accountId)) {
                return i;
            }
        }
        return -1;
    }
}
