package io.jenkins.plugins.awsrootguard.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.AccountStore;
import io.jenkins.plugins.awsrootguard.assessment.PrivateFiles;
import io.jenkins.plugins.awsrootguard.facts.Json;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The planned changes of one or many accounts that are shown for approval. Immutable.
 *
 * @param accounts those that have something planned, by id
 */
public record PlanSnapshot(List<AccountPlan> accounts) {

    /**
     * The planned changes of one account.
     *
     * @param name with the id
     */
    public record AccountPlan(String accountId, String name, List<PlannedChange> changes) {

        /** The value of a change's check box. */
        public String tick(int index) {
            return accountId + "/" + index;
        }
    }

    /** Reads the state of each account that has something planned. */
    public static PlanSnapshot of(AccountStore store, Collection<AccountEntry> accounts) {
        return new PlanSnapshot(accounts.stream()
                .filter(account -> account.planned() > 0)
                .sorted(Comparator.comparing(AccountEntry::id))
                .map(account -> new AccountPlan(
                        account.id(),
                        account.displayName(),
                        store.state(account.id()).map(AccountState::unmade).orElse(List.of())))
                .toList());
    }

    public boolean isEmpty() {
        return accounts.isEmpty();
    }

    public int changes() {
        return count(c -> true);
    }

    /** How many changes cannot be undone. */
    public int destructive() {
        return count(c -> c.kind().isDestructive());
    }

    /** How many changes are held back. */
    public int blocked() {
        return count(PlannedChange::isBlocked);
    }

    private int count(Predicate<PlannedChange> which) {
        return accounts.stream()
                .mapToInt(a -> (int) a.changes().stream().filter(which).count())
                .sum();
    }

    /**
     * The approval of this plan.
     *
     * @param ticked by {@link AccountPlan#tick}, the recently used keys that may be deleted
     */
    public ApprovedChanges approve(Set<String> ticked) {
        Map<String, Set<String>> approved = new TreeMap<>();
        Map<String, Set<String>> keys = new TreeMap<>();
        for (AccountPlan plan : accounts) {
            Set<String> changes = new LinkedHashSet<>();
            for (int i = 0; i < plan.changes().size(); i++) {
                PlannedChange change = plan.changes().get(i);
                boolean isAllowed = change.isAllowable() && ticked.contains(plan.tick(i));
                if (isAllowed) {
                    keys.computeIfAbsent(plan.accountId(), id -> new LinkedHashSet<>())
                            .add(change.target());
                }
                // A change that is held back is not approved, so it stays held back whatever happens later.
                if (isAllowed || !change.isBlocked()) {
                    changes.add(change.id());
                }
            }
            approved.put(plan.accountId(), changes);
        }
        return new ApprovedChanges(approved, keys);
    }

    /**
     * The approved changes of one or many accounts, by account: the approval of one account covers no other.
     *
     * @param accounts by account id, the ids of the approved changes
     * @param namedKeys by account id, the ids of recently used keys that may be deleted
     */
    public record ApprovedChanges(Map<String, Set<String>> accounts, Map<String, Set<String>> namedKeys) {

        public int changes() {
            return accounts.values().stream().mapToInt(Set::size).sum();
        }

        Approval approval(String accountId, String by, Instant at) {
            return new Approval(by, at, accounts.get(accountId), namedKeys.getOrDefault(accountId, Set.of()));
        }
    }

    /** The plans that were shown for approval, and the approvals: a file each, named by its digest. Thread-safe. */
    public static final class Store {

        private final Supplier<Path> dir;
        // So that pages neither parse nor hash what this process has stored.
        private final Map<String, SoftReference<Object>> held = new ConcurrentHashMap<>();

        Store(Supplier<Path> dir) {
            this.dir = dir;
        }

        /**
         * Stores a plan or an approval.
         *
         * @return the digest of the file
         * @throws UncheckedIOException when it cannot be written
         */
        public String save(Object content) {
            try {
                byte[] json = Json.MAPPER.writeValueAsBytes(content);
                String digest = DigestUtils.sha256Hex(json);
                if (!Files.exists(file(digest))) {
                    PrivateFiles.write(dir.get(), digest + ".json", json, false);
                }
                held.put(digest, new SoftReference<>(content));
                return digest;
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }

        /**
         * Reads what was stored.
         *
         * @throws UncheckedIOException when the file is missing or was changed
         */
        public <T> T get(String digest, Class<T> type) {
            SoftReference<Object> reference = held.get(digest);
            Object known = reference == null ? null : reference.get();
            if (type.isInstance(known)) {
                return type.cast(known);
            }
            try {
                byte[] json = Files.readAllBytes(file(digest));
                if (!DigestUtils.sha256Hex(json).equals(digest)) {
                    throw new IOException("The file was changed");
                }
                T content = Json.MAPPER.readValue(json, type);
                held.put(digest, new SoftReference<>(content));
                return content;
            } catch (IOException e) {
                throw new UncheckedIOException("Could not read " + file(digest), e);
            }
        }

        private Path file(String digest) {
            return dir.get().resolve(digest + ".json");
        }
    }
}
