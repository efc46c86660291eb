package io.jenkins.plugins.awsrootguard.pipeline;

import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import java.time.Instant;

/**
 * The progress of a pause, saved in build.xml before the pause acts on it. A pause goes from WAITING to VERIFYING when a user
 * answers, back when AWS reports that the task is not completed, and to SETTLED once. A record is replaced, never changed.
 */
final class ConfirmRecord {

    enum Phase {
        WAITING,
        VERIFYING,
        SETTLED
    }

    enum End {
        /** AWS reports it, or a user confirmed or approved it. */
        CONFIRMED,
        /** A user selected Abort. */
        REJECTED,
        /** The build was aborted or timed out. */
        STOPPED
    }

    final String id;
    final PendingTask.What what;
    /** The account id, or {@link io.jenkins.plugins.awsrootguard.store.BuildStore#ORGANIZATION}. */
    final String subject;
    /** The digest of the plan that is shown; null for another task. */
    final String plan;

    private final String token;
    Phase phase = Phase.WAITING;
    /** Null unless it is settled. */
    End end;
    /** Who answered; null for an automatic check. */
    String by;

    private long atMillis = System.currentTimeMillis();
    /** What AWS reported, or why it ended; one line. */
    String saw;
    /** The digest of the approved changes; null until then, and for another task. */
    String approved;

    private Long changedAtMillis;

    private ConfirmRecord(String id, String token, PendingTask.What what, String subject, String plan) {
        this.id = id;
        this.token = token;
        this.what = what;
        this.subject = subject;
        this.plan = plan;
    }

    /** @param plan the digest of the plan to approve; null for another task */
    static ConfirmRecord waiting(ConfirmRequest request, String plan) {
        return new ConfirmRecord(request.id(), request.token(), request.what(), request.subject(), plan);
    }

    /** The task is not completed, AWS could not be read, or the plan changed. */
    ConfirmRecord waitingAgain(String newPlan) {
        return new ConfirmRecord(id, token, what, subject, newPlan);
    }

    /**
     * A user answers.
     *
     * @param digest of the approved part of the plan; null for another task
     */
    ConfirmRecord verifying(String user, String digest) {
        ConfirmRecord next = waitingAgain(plan);
        next.phase = Phase.VERIFYING;
        next.by = user;
        next.approved = digest;
        return next;
    }

    /**
     * The pause ends.
     *
     * @param user null for an automatic check
     * @param changedAt when the password was changed; null for another task
     */
    ConfirmRecord settled(End how, String user, Instant at, String text, Instant changedAt) {
        ConfirmRecord next = verifying(user, approved);
        next.phase = Phase.SETTLED;
        next.end = how;
        next.atMillis = at.toEpochMilli();
        next.saw = text;
        next.changedAtMillis = changedAt == null ? null : changedAt.toEpochMilli();
        return next;
    }

    /** The build was aborted or timed out. */
    ConfirmRecord stopped() {
        return settled(End.STOPPED, null, Instant.now(), "the build was stopped", null);
    }

    /** Whether it is of this pause, not of an earlier one of the same id. */
    boolean isOf(ConfirmRequest request) {
        return id.equals(request.id()) && request.token().equals(token);
    }

    boolean isOpen() {
        return phase != Phase.SETTLED;
    }

    /** When the phase began. */
    Instant at() {
        return Instant.ofEpochMilli(atMillis);
    }

    /** When the password was changed; null for another task. */
    Instant changedAt() {
        return changedAtMillis == null ? null : Instant.ofEpochMilli(changedAtMillis);
    }
}
