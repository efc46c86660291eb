package io.jenkins.plugins.awsrootguard.view;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.account.AccountId;
import io.jenkins.plugins.awsrootguard.phase.AccountState;
import io.jenkins.plugins.awsrootguard.phase.PendingTask;
import io.jenkins.plugins.awsrootguard.report.Standing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import jenkins.model.RunAction2;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What one build found and did, account by account: the store that the steps share, and the page "AWS Root Guard" of the
 * build. build.xml keeps the list of accounts; each account's state is in a file beside it, read when it is asked for.
 *
 * <p>Thread-safe. What is stored is on disk when the storing method returns.
 */
public class RootGuardAction implements RunAction2 {

    static final String URL = "aws-root-guard";

    // Lists and maps are replaced, never changed: build.xml may be written by another thread at any time.
    private volatile List<AccountEntry> accounts = new ArrayList<>();
    private volatile List<ConfirmationNote> confirmations = new ArrayList<>();
    private volatile String lastAccountId;

    private transient volatile Run<?, ?> run;
    private transient volatile AccountStates stored;
    // Not the action itself, which anybody can have.
    private transient Object lock = new Object();

    /** The build's action, added when it has none yet. */
    @NonNull
    public static RootGuardAction of(@NonNull Run<?, ?> run) {
        synchronized (run) {
            RootGuardAction found = run.getAction(RootGuardAction.class);
            if (found == null) {
                found = new RootGuardAction();
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
    }

    public final Run<?, ?> getRun() {
        return run;
    }

    /** The account's state; empty when there is none, or when its file can't be read (see {@link #problem}). */
    public Optional<AccountState> state(String accountId) {
        synchronized (lock) {
            return entry(accountId).flatMap(e -> stored.get(accountId));
        }
    }

    /** Why an account of this build has no state that can be shown, in words; empty when it has one or never had. */
    public Optional<String> problem(String accountId) {
        synchronized (lock) {
            return entry(accountId).flatMap(e -> stored.problem(accountId));
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

    public List<AccountEntry> accounts() {
        return List.copyOf(accounts);
    }

    public Optional<AccountEntry> entry(String accountId) {
        return accounts.stream().filter(e -> e.accountId().equals(accountId)).findFirst();
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
            try {
                AccountState after = stored.change(AccountId.parse(accountId), change);
                AccountEntry entry = entry(accountId).orElseGet(() -> AccountEntry.of(accountId));
                String last = byStep || lastAccountId == null ? accountId : lastAccountId;
                store(StandingSince.of(entry, Standing.of(after), run, Instant.now()), last);
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
                store(entry(accountId).orElseGet(() -> AccountEntry.of(accountId)), accountId);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "The credential report of account " + accountId + " could not be stored", e);
            }
        }
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
            try {
                store(
                        entry(AccountId.parse(accountId))
                                .orElseGet(() -> AccountEntry.of(accountId))
                                .withConnection(credentialsId, region),
                        accountId);
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
            try {
                run.save();
            } catch (IOException e) {
                throw new UncheckedIOException("The build could not be saved", e);
            }
        }
    }

    /** The accounts as pages, in the order in which they were first stored. */
    @Restricted(NoExternalUse.class)
    public List<AccountPage> pages() {
        return accounts.stream().map(e -> new AccountPage(this, e)).toList();
    }

    /** The build, under the name that Jenkins' frame for a build's page asks for. */
    @Restricted(NoExternalUse.class)
    public Run<?, ?> getObject() {
        return run;
    }

    /** The page of an account, for the URL; null when the build stored nothing of it. */
    @Restricted(NoExternalUse.class)
    public AccountPage getDynamic(String accountId) {
        return entry(accountId).map(e -> new AccountPage(this, e)).orElse(null);
    }

    private void store(AccountEntry entry, String last) throws IOException {
        List<AccountEntry> all = new ArrayList<>(accounts);
        int at = indexOf(entry.accountId());
        if (at < 0) {
            all.add(entry);
        } else if (all.get(at) == entry && last.equals(lastAccountId)) {
            return;
        } else {
            all.set(at, entry);
        }
        accounts = all;
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

    @Override
    public String getIconFileName() {
        return Icons.SHIELD;
    }

    @Override
    public String getDisplayName() {
        return Messages.displayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }
}
