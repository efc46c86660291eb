package io.jenkins.plugins.awsrootguard.store;

import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountOutcome;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The accounts of an organization that one build works on: {@code aws-root-guard/organization/} beside build.xml, which keeps
 * none of them. States are added to one file as they come in, each a line of JSON and a gzip member of its own; a line of the
 * index says where. The latest state of an account counts. What was written stays when the process dies half-way: a line or
 * state that was cut off is dropped.
 *
 * <p>Thread-safe. Methods throw {@link UncheckedIOException} when a file can't be read or written.
 */
public final class OrganizationStore {

    /** Of the store beside build.xml, and of what is archived. */
    public static final String FOLDER = "organization";

    private static final String HEADER = "organization.json";
    private static final String STATES = "accounts.jsonl.gz";

    private static final Logger LOGGER = Logger.getLogger(OrganizationStore.class.getName());

    private final Run<?, ?> run;
    private final WholeFiles files = new WholeFiles(this::dir);
    private final AppendedFile states = new AppendedFile(this::dir, STATES);
    private final AppendedFile lines = new AppendedFile(this::dir, "index.jsonl");
    private SoftReference<OrganizationIndex> held = new SoftReference<>(null);
    private boolean writable;

    OrganizationStore(Run<?, ?> run) {
        this.run = run;
    }

    public Path dir() {
        return run.getRootDir().toPath().resolve("aws-root-guard").resolve(FOLDER);
    }

    /** Empty when no organization was begun. */
    public synchronized Optional<OrganizationHeader> header() {
        try {
            Optional<String> json = files.read(HEADER);
            return json.isEmpty()
                    ? Optional.empty()
                    : Optional.of(StoreJson.MAPPER.readValue(json.get(), OrganizationHeader.class));
        } catch (IOException e) {
            throw new UncheckedIOException("aws-root-guard/organization/" + HEADER + " can't be read", e);
        }
    }

    /** Begins a reading: what is known of accounts is of an earlier one from here on, until they are {@link #put} again. */
    public synchronized void begin(OrganizationHeader header) {
        try {
            OrganizationIndex index = writableIndex();
            lines.append(OrganizationIndex.BEGIN, false);
            index.begin();
            write(header);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Keeps how a reading ended, or what was found out about the organization since. */
    public synchronized void write(OrganizationHeader header) {
        try {
            files.write(HEADER, StoreJson.MAPPER.writeValueAsString(header));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** What persons approved, in files of its own. */
    public ApprovalFiles approvals() {
        return new ApprovalFiles(files);
    }

    /**
     * Stores what came of an account.
     *
     * @param onEarlier makes of the state that was stored last the one to be stored now; not asked when there is none, and
     *     asked again when another one was stored meanwhile
     */
    public IndexedAccount put(AccountOutcome outcome, UnaryOperator<AccountState> onEarlier) {
        String id = outcome.account().id();
        while (true) {
            Optional<IndexedAccount> last = last(id);
            AccountState state = last.map(this::state).map(onEarlier).orElseGet(outcome::state);
            byte[] packed = PackedState.pack(state);
            synchronized (this) {
                // Else a change that another step of the build has journalled since would be lost.
                if (last(id).equals(last)) {
                    return append(outcome.withState(state), packed, false);
                }
            }
        }
    }

    private synchronized Optional<IndexedAccount> last(String id) {
        return index().getOrEarlier(id);
    }

    /** Keeps an account as an earlier reading of the build had it; false when none had. */
    public synchronized boolean keepEarlier(String accountId) {
        Optional<IndexedAccount> earlier = index().getOrEarlier(accountId);
        earlier.ifPresent(this::append);
        return earlier.isPresent();
    }

    /**
     * Changes an account's state. It is on the disk itself when this returns, as an entry of a journal has to be.
     *
     * @throws IllegalStateException when there is none
     */
    public AccountState update(String accountId, UnaryOperator<AccountState> change) {
        return update(accountId, change, true);
    }

    /** The same for what can be found out again: it outlives the process, and perhaps not the machine. */
    public AccountState revise(String accountId, UnaryOperator<AccountState> change) {
        return update(accountId, change, false);
    }

    private synchronized AccountState update(String accountId, UnaryOperator<AccountState> change, boolean sync) {
        // A reading that another step begins meanwhile must not stop the journal of a change that is under way.
        IndexedAccount before = (sync ? last(accountId) : account(accountId))
                .orElseThrow(() -> new IllegalStateException("The build has no state of account " + accountId));
        AccountState after = change.apply(state(before));
        append(before.outcome(after), PackedState.pack(after), sync);
        return after;
    }

    private IndexedAccount append(AccountOutcome outcome, byte[] packed, boolean sync) {
        try {
            writableIndex();
            long offset = states.append(packed, sync);
            IndexedAccount account = IndexedAccount.of(outcome, offset, packed.length);
            append(account, sync);
            return account;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void append(IndexedAccount account) {
        try {
            append(account, false);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void append(IndexedAccount account, boolean sync) throws IOException {
        OrganizationIndex index = writableIndex();
        lines.append(OrganizationIndex.line(account), sync);
        index.put(account);
    }

    public synchronized Optional<IndexedAccount> account(String accountId) {
        return index().get(accountId);
    }

    /** The accounts of the last reading, in the order in which they were read. */
    public synchronized List<IndexedAccount> accounts() {
        return index().all();
    }

    /** Empty when there is none. */
    public synchronized Optional<AccountState> state(String accountId) {
        return account(accountId).map(this::state);
    }

    /** The state of an account that this store gave; a newer one may have been stored since. */
    public AccountState state(IndexedAccount account) {
        try {
            return PackedState.unpack(states.read(account.offset(), account.length()));
        } catch (IOException e) {
            throw new UncheckedIOException("The state of account " + account.id() + " can't be read", e);
        }
    }

    /** The state of an account for a page; empty when it can't be read. */
    Optional<AccountState> readable(IndexedAccount account) {
        try {
            return Optional.of(state(account));
        } catch (UncheckedIOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Can't read the state of account " + account.id());
            return Optional.empty();
        }
    }

    /** Why the state of an account can't be read; empty when it can. */
    Optional<String> problem(IndexedAccount account) {
        return readable(account).isPresent()
                ? Optional.empty()
                : Optional.of("aws-root-guard/organization/" + STATES + " can't be read");
    }

    private OrganizationIndex index() {
        OrganizationIndex index = held.get();
        if (index == null) {
            try {
                index = OrganizationIndex.read(lines.readAll(), states.size());
            } catch (IOException e) {
                throw new UncheckedIOException("The accounts of the organization can't be read", e);
            }
            held = new SoftReference<>(index);
        }
        return index;
    }

    /** The index, with what a process that died left half-written cut off the files, once. */
    private OrganizationIndex writableIndex() throws IOException {
        OrganizationIndex index = index();
        if (!writable) {
            index = OrganizationIndex.read(lines.readAll(), states.size());
            lines.cut(index.wholeLines());
            states.cut(index.wholeStates());
            held = new SoftReference<>(index);
            writable = true;
        }
        return index;
    }

    private static UncheckedIOException failed(IOException e) {
        return new UncheckedIOException("The accounts of the organization could not be stored", e);
    }
}
