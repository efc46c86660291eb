package io.jenkins.plugins.awsrootguard.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The accounts of an organization's build, by id: what its index file says, line by line, the latest line of an account being
 * the one that counts. A line that begins a reading makes those before it ones of an earlier reading. Not thread-safe.
 */
final class OrganizationIndex {

    private static final Logger LOGGER = Logger.getLogger(OrganizationIndex.class.getName());

    /** The line that begins a reading. */
    static final byte[] BEGIN = "{\"begin\":true}\n".getBytes(StandardCharsets.UTF_8);

    private final Map<String, IndexedAccount> accounts = new LinkedHashMap<>();
    private final Map<String, IndexedAccount> earlier = new LinkedHashMap<>();
    /** How much of the index file is whole lines. */
    private long whole;
    /** How much of the file of states is whole states. */
    private long states;

    /**
     * @param lines the index file
     * @param size of the file of states: a line that points behind its end is of a process that died before it was written
     */
    static OrganizationIndex read(byte[] lines, long size) {
        OrganizationIndex index = new OrganizationIndex();
        int begin = 0;
        for (int i = 0; i < lines.length; i++) {
            if (lines[i] == '\n') {
                index.read(lines, begin, i, size);
                begin = i + 1;
            }
        }
        index.whole = begin;
        return index;
    }

    private void read(byte[] lines, int from, int to, long size) {
        try {
            JsonNode line = StoreJson.MAPPER.readTree(lines, from, to - from);
            if (line.has("begin")) {
                begin();
                return;
            }
            IndexedAccount account = StoreJson.MAPPER.treeToValue(line, IndexedAccount.class);
            if (account != null && account.isWhole(size)) {
                put(account);
            }
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, e, () -> "A line of an organization's index can't be read and is left out");
        }
    }

    static byte[] line(IndexedAccount account) {
        try {
            return (StoreJson.MAPPER.writeValueAsString(account) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of ours is always JSON", e);
        }
    }

    void begin() {
        earlier.putAll(accounts);
        accounts.clear();
    }

    void put(IndexedAccount account) {
        accounts.put(account.id(), account);
        states = Math.max(states, account.offset() + account.length());
    }

    /** The account as the reading that is under way, or that was the last, has it. */
    Optional<IndexedAccount> get(String accountId) {
        return Optional.ofNullable(accounts.get(accountId));
    }

    /** The same; else as an earlier reading of the build had it. */
    Optional<IndexedAccount> getOrEarlier(String accountId) {
        return get(accountId).or(() -> Optional.ofNullable(earlier.get(accountId)));
    }

    /** Those of the last reading, in the order in which they were first read. */
    List<IndexedAccount> all() {
        return new ArrayList<>(accounts.values());
    }

    long wholeLines() {
        return whole;
    }

    long wholeStates() {
        return states;
    }
}
