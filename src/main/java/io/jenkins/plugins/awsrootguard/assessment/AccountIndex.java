package io.jenkins.plugins.awsrootguard.assessment;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.jenkins.plugins.awsrootguard.facts.AccountId;
import io.jenkins.plugins.awsrootguard.facts.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The accounts of a {@link FolderStore} by id, in memory and in {@code index.json}. The file only saves time: it keeps the size
 * and time of each state file, and a state file that differs is read again. Thread-safe.
 */
final class AccountIndex {

    private static final String FILE = "index.json";
    private static final Logger LOGGER = Logger.getLogger(AccountIndex.class.getName());

    private final FolderStore store;
    private SoftReference<ConcurrentMap<String, Indexed>> loaded = new SoftReference<>(null);

    /** An account, with the size and time of its state file. */
    private record Indexed(AccountEntry entry, long size, long modified) {}

    AccountIndex(FolderStore store) {
        this.store = store;
    }

    Stream<AccountEntry> accounts() {
        return index().values().stream().map(Indexed::entry);
    }

    Optional<AccountEntry> account(String id) {
        return Optional.ofNullable(index().get(id)).map(Indexed::entry);
    }

    /** Loads the index unless it is already loaded. */
    void open() {
        index();
    }

    /** After the state of the account was written. */
    void put(AccountState state) {
        String id = state.accountId();
        index().put(id, indexed(AccountEntry.of(state), store.stateFile(id)));
    }

    void write() {
        PrivateFiles.write(store.folder(), FILE, json(Map.copyOf(index())), false);
    }

    static byte[] json(Object value) {
        try {
            return Json.MAPPER
                    .writer()
                    .without(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsBytes(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized ConcurrentMap<String, Indexed> index() {
        ConcurrentMap<String, Indexed> index = loaded.get();
        if (index == null) {
            index = load();
            loaded = new SoftReference<>(index);
        }
        return index;
    }

    private ConcurrentMap<String, Indexed> load() {
        Map<String, Indexed> saved = saved();
        ConcurrentMap<String, Indexed> index = new ConcurrentSkipListMap<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(store.folder())) {
            for (Path folder : folders) {
                String id = String.valueOf(folder.getFileName());
                Indexed account = AccountId.isValid(id) ? load(id, saved.get(id)) : null;
                if (account != null) {
                    index.put(id, account);
                }
            }
            return index;
        } catch (NoSuchFileException e) {
            return index;
        } catch (IOException e) {
            throw PrivateFiles.failed("read", store.folder(), e);
        }
    }

    /** Empty when the file can't be read: the index is made from the state files then. */
    private Map<String, Indexed> saved() {
        Path file = store.folder().resolve(FILE);
        try {
            return PrivateFiles.read(
                            file, json -> Json.MAPPER.readValue(json, new TypeReference<Map<String, Indexed>>() {}))
                    .orElse(Map.of());
        } catch (UncheckedIOException | IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, "Could not read {0}. The index is made again.", file);
            return Map.of();
        }
    }

    /** Null when the account has no state file. */
    private Indexed load(String id, Indexed saved) {
        Indexed now = indexed(saved == null ? null : saved.entry(), store.stateFile(id));
        if (now == null || now.equals(saved)) {
            return now;
        }
        AccountEntry entry;
        try {
            entry = store.state(id).map(AccountEntry::of).orElse(null);
        } catch (UncheckedIOException e) {
            LOGGER.log(Level.WARNING, "{0} The other accounts are listed.", e.getMessage());
            entry = AccountEntry.damaged(id, saved == null ? null : saved.entry());
        }
        return entry == null ? null : new Indexed(entry, now.size(), now.modified());
    }

    /** Null when the file does not exist. */
    private static Indexed indexed(AccountEntry entry, Path file) {
        try {
            BasicFileAttributes stat = Files.readAttributes(file, BasicFileAttributes.class);
            return new Indexed(entry, stat.size(), stat.lastModifiedTime().to(TimeUnit.NANOSECONDS));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw PrivateFiles.failed("read", file, e);
        }
    }
}
