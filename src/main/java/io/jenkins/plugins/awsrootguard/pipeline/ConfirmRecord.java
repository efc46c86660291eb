package io.jenkins.plugins.awsrootguard.pipeline;

import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * How far a pause has come: kept in build.xml, so that it is on disk before anything is made of it. Immutable. A pause goes
 * from WAITING to VERIFYING when a person says that it is done, back when that isn't so, and to SETTLED once.
 */
final class ConfirmRecord implements Serializable {

    private static final long serialVersionUID = 1L;

    enum Phase {
        WAITING,
        VERIFYING,
        SETTLED
    }

    enum End {
        /** It is so, or was stated or approved. */
        CONFIRMED,
        /** A person chose Abort. */
        REJECTED,
        /** The build was aborted, or the time was up. */
        STOPPED
    }

    private final String id;
    private final PendingTask.What what;
    private final String accountId;
    private final Phase phase;
    private final End end;
    private final String by;
    private final long atMillis;
    private final String saw;
    private final ArrayList<String> changeIds;
    private final ArrayList<String> namedKeys;
    /** Null but for a statement about a password that is settled; and in builds of version 1.0, which stored it before. */
    private final Long changedAtMillis;

    private ConfirmRecord(
            String id,
            PendingTask.What what,
            String accountId,
            Phase phase,
            End end,
            String by,
            Instant at,
            String saw,
            Collection<String> changeIds,
            Collection<String> namedKeys,
            Instant changedAt) {
        this.id = id;
        this.what = what;
        this.accountId = accountId;
        this.phase = phase;
        this.end = end;
        this.by = by;
        this.atMillis = at.toEpochMilli();
        this.saw = saw;
        this.changeIds = new ArrayList<>(changeIds);
        this.namedKeys = new ArrayList<>(namedKeys);
        this.changedAtMillis = changedAt == null ? null : changedAt.toEpochMilli();
    }

    static ConfirmRecord waiting(ConfirmRequest request) {
        return new ConfirmRecord(
                request.id(),
                request.what(),
                request.accountId(),
                Phase.WAITING,
                null,
                null,
                Instant.now(),
                null,
                Set.of(),
                Set.of(),
                null);
    }

    /**
     * A person says that it is done.
     *
     * @param changes the ids of the changes that are approved; empty unless a plan is
     * @param keys the ids of recently used keys that may be deleted all the same
     */
    ConfirmRecord verifying(String person, Collection<String> changes, Collection<String> keys) {
        return new ConfirmRecord(
                id, what, accountId, Phase.VERIFYING, null, person, Instant.now(), null, changes, keys, null);
    }

    /** It isn't so, or it isn't known. */
    ConfirmRecord waitingAgain() {
        return new ConfirmRecord(
                id, what, accountId, Phase.WAITING, null, null, Instant.now(), null, Set.of(), Set.of(), null);
    }

    /** @param text what AWS said, or why it ended; one line */
    ConfirmRecord settled(End how, String person, Instant at, String text) {
        return settled(how, person, at, text, null);
    }

    /** @param changedAt when the password that it is about was changed; null when it is about none */
    ConfirmRecord settled(End how, String person, Instant at, String text, Instant changedAt) {
        return new ConfirmRecord(
                id, what, accountId, Phase.SETTLED, how, person, at, text, changeIds, namedKeys, changedAt);
    }

    String id() {
        return id;
    }

    PendingTask.What what() {
        return what;
    }

    String accountId() {
        return accountId;
    }

    Phase phase() {
        return phase;
    }

    boolean isOpen() {
        return phase != Phase.SETTLED;
    }

    /** Null unless it is settled. */
    End end() {
        return end;
    }

    /** Who said so; null when nobody did. */
    String by() {
        return by;
    }

    /** When the phase began. */
    Instant at() {
        return Instant.ofEpochMilli(atMillis);
    }

    String saw() {
        return saw;
    }

    /** When the password was changed; null when it is about none. */
    Instant changedAt() {
        return changedAtMillis == null ? null : Instant.ofEpochMilli(changedAtMillis);
    }

    Set<String> changeIds() {
        return new LinkedHashSet<>(changeIds);
    }

    Set<String> namedKeys() {
        return new LinkedHashSet<>(namedKeys);
    }
}
