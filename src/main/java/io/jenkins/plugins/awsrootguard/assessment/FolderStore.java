package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.evidence.EvidenceEntry;
import io.jenkins.plugins.awsrootguard.evidence.EvidenceWriter;
import io.jenkins.plugins.awsrootguard.facts.AccountId;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Json;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An {@link AccountStore} in a folder: {@code run.json}, {@code index.json}, and for each account {@code ACCOUNT_ID/state.json}
 * with its credential report and evidence beside it.
 */
public final class FolderStore implements AccountStore {

    public static final String CREDENTIAL_REPORT = "credential-report.csv";

    /** An id becomes the name of a folder. */
    private static final Pattern SUBJECT = Pattern.compile("[0-9]{12}|o-[a-z0-9]{10,32}");

    private static final String STATE = "state.json";
    private static final String RUN = "run.json";

    private final Supplier<Path> dir;
    private final AccountIndex index = new AccountIndex(this);
    private final ConcurrentMap<String, Object> locks = new ConcurrentHashMap<>();

    /** @param dir called each time, because a job can be renamed while its build runs; created when something is stored */
    public FolderStore(Supplier<Path> dir) {
        this.dir = dir;
    }

    Path folder() {
        return dir.get();
    }

    /** The folder of an account or an organization, whether it exists or not. */
    public Path folder(String subject) {
        if (!SUBJECT.matcher(subject).matches()) {
            throw new InvalidInputException(
                    "'" + Printable.text(subject, 40) + "' is not the id of an account or organization");
        }
        return dir.get().resolve(subject);
    }

    Path stateFile(String accountId) {
        return folder(accountId).resolve(STATE);
    }

    /** The accounts and organizations that something was stored of since this store was opened. */
    public Set<String> touched() {
        return Set.copyOf(locks.keySet());
    }

    @Override
    public Optional<RunHeader> header() {
        return PrivateFiles.read(dir.get().resolve(RUN), json -> Json.MAPPER.readValue(json, RunHeader.class));
    }

    @Override
    public void write(RunHeader header) {
        // Before the run stores accounts. Otherwise the index would read again what other threads have just stored.
        index.open();
        PrivateFiles.write(dir.get(), RUN, AccountIndex.json(header), false);
    }

    /** Whether no account was read yet. Does not parse files. */
    public boolean isEmpty() {
        try (Stream<Path> files = Files.list(dir.get())) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .noneMatch(name -> name.equals(RUN) || AccountId.isValid(name) && Files.exists(stateFile(name)));
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            throw PrivateFiles.failed("read", dir.get(), e);
        }
    }

    /** Every account, also one that the last run of the organization did not read. */
    public List<AccountEntry> all() {
        return index.accounts().toList();
    }

    @Override
    public List<AccountEntry> accounts() {
        Optional<RunHeader> organization = header().filter(RunHeader::isOrganization);
        return index.accounts()
                .filter(e -> organization.isEmpty()
                        || e.isDamaged()
                        || organization.get().began().equals(e.reading().run()))
                .toList();
    }

    @Override
    public Optional<AccountEntry> account(String accountId) {
        return index.account(accountId);
    }

    @Override
    public Optional<AccountState> state(String accountId) {
        return PrivateFiles.read(stateFile(accountId), json -> StateJson.read(json, accountId));
    }

    @Override
    public AccountState update(String accountId, UnaryOperator<AccountState> change, boolean durable) {
        synchronized (lock(accountId)) {
            AccountState after = change.apply(state(accountId).orElse(null));
            PrivateFiles.write(folder(accountId), STATE, StateJson.write(after), durable);
            index.put(after);
            return after;
        }
    }

    private Object lock(String subject) {
        return locks.computeIfAbsent(subject, s -> new Object());
    }

    /** The credential report byte for byte; empty without one. */
    public Optional<byte[]> credentialReport(String accountId) {
        return PrivateFiles.read(folder(accountId).resolve(CREDENTIAL_REPORT), csv -> csv);
    }

    @Override
    public void saveCredentialReport(String accountId, byte[] csv) {
        PrivateFiles.write(folder(accountId), CREDENTIAL_REPORT, csv, false);
    }

    @Override
    public void record(String subject, List<EvidenceEntry> entries, boolean durable) {
        if (entries.isEmpty()) {
            return;
        }
        Path folder = folder(subject);
        synchronized (lock(subject)) {
            try {
                PrivateFiles.create(folder);
                EvidenceWriter.append(folder, entries, durable);
            } catch (IOException e) {
                throw PrivateFiles.failed("write", folder.resolve(EvidenceWriter.FILE), e);
            }
        }
    }

    @Override
    public void flush() {
        index.write();
    }
}
