package io.jenkins.plugins.awsrootguard.remediation;

import java.time.Instant;

/**
 * One change of a plan.
 *
 * @param target what is changed: the name of a user or group, the id of a key, certificate, device or account; a group and its
 *     new member; for the administrator's policy {@code group/NAME} or {@code user/NAME}; the password policy that is set
 * @param description one line for people; key ids are shortened
 * @param heldBack why it is held back; null when it is not
 * @param policy the policy of a bucket or queue that it deletes; null for other changes
 */
public record PlannedChange(
        ChangeKind kind, String target, String description, String control, HeldBack heldBack, String policy) {

    /** The description with the whole policy, which can have secrets: for the approval and the evidence only. */
    public String descriptionWithPolicy() {
        return policy == null ? description : description + ": " + policy;
    }

    /** Identifies the change in all plans of its account, and in approvals and records: another value is another change. */
    public String id() {
        return kind + ":" + target;
    }

    /** Whether the administrator's policy is attached to a user, and not to a group. */
    boolean isOfUser() {
        return target.startsWith("user/");
    }

    /** The name of the user or group that the administrator's policy is attached to. */
    String principal() {
        return target.substring(target.indexOf('/') + 1);
    }

    /** Why it is held back, for people; null when it is not. */
    public String reason() {
        return isBlocked() ? heldBack.sentence() : null;
    }

    public boolean isBlocked() {
        return heldBack != null;
    }

    /** Whether allow-listing the key lets the change be made. */
    public boolean isAllowable() {
        return isBlocked() && heldBack.isAllowable();
    }

    PlannedChange withControl(String other) {
        return new PlannedChange(kind, target, description, other, heldBack, policy);
    }

    PlannedChange withPolicy(String whole) {
        return new PlannedChange(kind, target, description, control, heldBack, whole);
    }

    ChangeRecord record(ChangeRecord.Outcome outcome, String approvedBy, String requestId, String detail) {
        return new ChangeRecord(id(), kind, description, outcome, approvedBy, Instant.now(), requestId, detail, null);
    }
}
