package io.jenkins.plugins.awsrootguard.assessment;

import com.fasterxml.jackson.databind.SerializationFeature;
import io.jenkins.plugins.awsrootguard.evidence.EvidenceEntry;
import io.jenkins.plugins.awsrootguard.evidence.EvidenceWriter;
import io.jenkins.plugins.awsrootguard.facts.AccountId;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Json;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * An {@link AccountStore} in a folder: {@code run.json}, {@code index.json}, and for each account {@code ACCOUNT_ID/state.json}
 * with its credential report and evidence beside it. A file is replaced as a whole, so a reader never sees half of one.
 *
 * <p>The index only saves time. It keeps the size and time of each state file; a state file that differs is read again, so a
 * process that was killed before it wrote the index loses nothing.
 */
public final class FolderStore implements AccountStore {

    public static final String CREDENTIAL_REPORT = "credential-report.csv";

    /** An id becomes the name of a folder. */
    private static final Pattern SUBJECT = Pattern.compile("[0-9]{12}|o-[a-z0-9]{10,32}");

    private static final String STATE = "state.json";
    private static final String RUN = "run.json";
    private static final String INDEX = "index.json";

    private static final Logger LOGGER = Logger.getLogger(FolderStore.class.getName());

    private final Supplier<Path> dir;
    private final ConcurrentMap<String, Object> locks = new ConcurrentHashMap<>();
    private SoftReference<ConcurrentMap<String, Indexed>> index = new SoftReference<>(null);

    /** An account in the index, with the size and time of the file that it was made from. */
    private record Indexed(AccountEntry entry, long size, long modified) {}

    /** @param dir asked for each time, because a job can be renamed while its build runs; made when something is stored */
    public FolderStore(Supplier<Path> dir) {
        this.dir = dir;
    }

    /** The folder of an account or an organization, whether it exists or not. */
    public Path folder(String subject) {
        if (!SUBJECT.matcher(subject).matches()) {
            throw new InvalidInputException(
                    "'" + Printable.text(subject, 40) + "' is not the id of an account or organization");
        }
        return dir.get().resolve(subject);
    }

    /** The accounts and organizations that something was stored of since this store was opened. */
    public Set<String> touched() {
        return Set.copyOf(locks.keySet());
    }

    @Override
    public Optional<RunHeader> header() {
        Path file = dir.get().resolve(RUN);
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file), RunHeader.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", file, e);
        }
    }

    @Override
    public void write(RunHeader header) {
        write(dir.get(), RUN, json(header), false);
    }

    /** Every account, also one that the last run of the organization did not read. */
    public List<AccountEntry> all() {
        return index().values().stream().map(Indexed::entry).toList();
    }

    @Override
    public List<AccountEntry> accounts() {
        Optional<RunHeader> organization = header().filter(RunHeader::isOrganization);
        return index().values().stream()
                .map(Indexed::entry)
                .filter(e -> organization.isEmpty()
                        || e.isDamaged()
                        || organization.get().began().equals(e.reading().run()))
                .toList();
    }

    @Override
    public Optional<AccountEntry> account(String accountId) {
        return Optional.ofNullable(index().get(accountId)).map(Indexed::entry);
    }

    @Override
    public Optional<AccountState> state(String accountId) {
        Path file = folder(accountId).resolve(STATE);
        try {
            AccountState state = StateJson.read(Files.readAllBytes(file));
            if (!state.accountId().equals(accountId)) {
                throw new IOException("it is of account " + state.accountId()
                        + ". Move the file away, then run the assessment again.");
            }
            return Optional.of(state);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", file, e);
        } catch (UncheckedIOException e) {
            throw failed("read", file, e.getCause());
        } catch (RuntimeException e) {
            // A value that no record of ours takes.
            throw failed(
                    "read",
                    file,
                    new IOException("it is damaged. Move the file away, then run the assessment again.", e));
        }
    }

    @Override
    public AccountState update(String accountId, UnaryOperator<AccountState> change, boolean durable) {
        synchronized (lock(accountId)) {
            AccountState after = change.apply(state(accountId).orElse(null));
            write(folder(accountId), STATE, StateJson.write(after), durable);
            index().put(
                            accountId,
                            indexed(AccountEntry.of(after), folder(accountId).resolve(STATE)));
            return after;
        }
    }

    private Object lock(String subject) {
        return locks.computeIfAbsent(subject, s -> new Object());
    }

    @Override
    public Optional<byte[]> credentialReport(String accountId) {
        Path file = folder(accountId).resolve(CREDENTIAL_REPORT);
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", file, e);
        }
    }

    @Override
    public void saveCredentialReport(String accountId, byte[] csv) {
        write(folder(accountId), CREDENTIAL_REPORT, csv, false);
    }

    @Override
    public void record(String subject, List<EvidenceEntry> entries, boolean durable) {
        if (entries.isEmpty()) {
            return;
        }
        Path folder = folder(subject);
        synchronized (lock(subject)) {
            try {
                make(folder);
                new EvidenceWriter(folder).append(entries, durable);
            } catch (IOException e) {
                throw failed("write", folder.resolve(EvidenceWriter.FILE), e);
            }
        }
    }

    @Override
    public void flush() {
        write(dir.get(), INDEX, json(Map.copyOf(index())), false);
    }

    private synchronized ConcurrentMap<String, Indexed> index() {
        ConcurrentMap<String, Indexed> held = index.get();
        if (held == null) {
            held = load();
            index = new SoftReference<>(held);
        }
        return held;
    }

    private ConcurrentMap<String, Indexed> load() {
        Map<String, Indexed> saved = saved();
        ConcurrentMap<String, Indexed> loaded = new ConcurrentSkipListMap<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(dir.get())) {
            for (Path folder : folders) {
                String id = String.valueOf(folder.getFileName());
                if (AccountId.isValid(id)) {
                    Indexed account = load(id, saved.get(id));
                    if (account != null) {
                        loaded.put(id, account);
                    }
                }
            }
        } catch (NoSuchFileException e) {
            return loaded;
        } catch (IOException e) {
            throw failed("read", dir.get(), e);
        }
        return loaded;
    }

    /** What the index saves; empty when it cannot be read, for it can be made again. */
    private Map<String, Indexed> saved() {
        Path file = dir.get().resolve(INDEX);
        try {
            return Json.MAPPER.readValue(
                    Files.readAllBytes(file),
                    Json.MAPPER.getTypeFactory().constructMapType(Map.class, String.class, Indexed.class));
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, "Could not read {0}. The index is made again.", file);
            return Map.of();
        }
    }

    /** Null when nothing is stored of the account. */
    private Indexed load(String id, Indexed saved) {
        Path file = folder(id).resolve(STATE);
        Indexed now = indexed(saved == null ? null : saved.entry(), file);
        if (now == null || now.equals(saved)) {
            return now;
        }
        try {
            return state(id)
                    .map(s -> new Indexed(AccountEntry.of(s), now.size(), now.modified()))
                    .orElse(null);
        } catch (UncheckedIOException e) {
            LOGGER.log(Level.WARNING, "{0} The other accounts are listed.", e.getMessage());
            AccountReading before =
                    saved == null ? AccountReading.ALONE : saved.entry().reading();
            return new Indexed(AccountEntry.damaged(id, before, id + "/" + STATE), now.size(), now.modified());
        }
    }

    /** Null when there is no such file. */
    private static Indexed indexed(AccountEntry entry, Path file) {
        try {
            BasicFileAttributes stat = Files.readAttributes(file, BasicFileAttributes.class);
            return new Indexed(
                    entry, stat.size(), stat.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw failed("read", file, e);
        }
    }

    private static byte[] json(Object value) {
        try {
            return Json.MAPPER
                    .writer()
                    .without(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsBytes(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Replaces a file as a whole, in a folder that only its owner can read.
     *
     * @param durable whether the content is on disk when this returns, also after a power failure
     * @throws UncheckedIOException that names the file
     */
    public static void write(Path folder, String name, byte[] content, boolean durable) {
        try {
            make(folder);
            Path temporary = Files.createTempFile(folder, "." + name, ".tmp");
            try {
                // Not through a channel: an interruption of the thread would close it in the middle.
                try (FileOutputStream stream = new FileOutputStream(temporary.toFile())) {
                    stream.write(content);
                    if (durable) {
                        stream.getFD().sync();
                    }
                }
                Files.move(
                        temporary,
                        folder.resolve(name),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw failed("write", folder.resolve(name), e);
        }
    }

    /** Makes a folder that only its owner can read: its content shows where an account can be attacked. */
    public static void make(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] owner = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createDirectories(folder, owner);
        } catch (IOException e) {
            throw new IOException("Could not create the folder " + folder + ". Use another folder.", e);
        }
    }

    private static UncheckedIOException failed(String verb, Path file, IOException e) {
        return new UncheckedIOException(new IOException("Could not " + verb + " " + file + ": " + e.getMessage(), e));
    }
}
