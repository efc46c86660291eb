package io.jenkins.plugins.awsrootguard.pipeline;

import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import java.time.Instant;

/**
 * The progress of a pause, saved in build.xml before anything is done about it. Immutable. A pause goes from WAITING to VERIFYING when
 * a user answers, back when AWS reports otherwise, and to SETTLED once.
 */
final class ConfirmRecord {

    enum Phase {
        WAITING,
        VERIFYING,
        SETTLED
    }

    enum End {
        /** AWS reports it, or it was stated or approved. */
        CONFIRMED,
        /** A user selected Abort. */
        REJECTED,
        /** The build was aborted or timed out. */
        STOPPED
    }

    private final String id;
    private final String token;
    private final PendingTask.What what;
    private final String subject;
    private Phase phase;
    private End end;
    private String by;
    private long atMillis;
    private String saw;
    private String plan;
    private String approved;
    private Long changedAtMillis;

    private ConfirmRecord(String id, String token, PendingTask.What what, String subject, String plan) {
        this.id = id;
        this.token = token;
        this.what = what;
        this.subject = subject;
        this.plan = plan;
        this.phase = Phase.WAITING;
        this.atMillis = Instant.now().toEpochMilli();
    }

    /** @param plan the digest of the plan to approve; null for another task */
    static ConfirmRecord waiting(ConfirmRequest request, String plan) {
        return new ConfirmRecord(request.id(), request.token(), request.what(), request.subject(), plan);
    }

    /** AWS reports otherwise or could not be read, or the plan changed. */
    ConfirmRecord waitingAgain(String newPlan) {
        return new ConfirmRecord(id, token, what, subject, newPlan);
    }

    /**
     * A user answers.
     *
     * @param digest of what is approved of the plan; null for another task
     */
    ConfirmRecord verifying(String person, String digest) {
        ConfirmRecord next = waitingAgain(plan);
        next.phase = Phase.VERIFYING;
        next.by = person;
        next.approved = digest;
        return next;
    }

    /**
     * The pause ends.
     *
     * @param text what AWS reported, or why it ended; one line
     * @param changedAt when the password was changed; null for another task
     */
    ConfirmRecord settled(End how, String person, Instant at, String text, Instant changedAt) {
        ConfirmRecord next = waitingAgain(plan);
        next.phase = Phase.SETTLED;
        next.end = how;
        next.by = person;
        next.atMillis = at.toEpochMilli();
        next.saw = text;
        next.approved = approved;
        next.changedAtMillis = changedAt == null ? null : changedAt.toEpochMilli();
        return next;
    }

    /** The build was aborted or timed out. */
    ConfirmRecord stopped() {
        return settled(End.STOPPED, null, Instant.now(), "the build was stopped", null);
    }

    String id() {
        return id;
    }

    boolean isOf(ConfirmRequest request) {
        return id.equals(request.id()) && request.token().equals(token);
    }

    PendingTask.What what() {
        return what;
    }

    String subject() {
        return subject;
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

    /** Who answered; null for an automatic check. */
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

    /** The digest of the plan that is shown; null for another task. */
    String plan() {
        return plan;
    }

    /** The digest of what was approved; null until then, and for another task. */
    String approved() {
        return approved;
    }

    /** When the password was changed; null for another task. */
    Instant changedAt() {
        return changedAtMillis == null ? null : Instant.ofEpochMilli(changedAtMillis);
    }
}
