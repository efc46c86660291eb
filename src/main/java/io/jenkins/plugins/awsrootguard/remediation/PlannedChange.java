package io.jenkins.plugins.awsrootguard.remediation;

/**
 * One change that would be made.
 *
 * @param kind what is done
 * @param target what it is done to: a user's or group's name, a policy's ARN, a key's or certificate's id
 * @param description one line for a person; key ids are shortened
 * @param control the control that asks for it
 * @param heldBack why it is not made as things are; null when nothing is in the way
 */
public record PlannedChange(ChangeKind kind, String target, String description, String control, HeldBack heldBack) {

    /** Names the change across plans: an approval given for this id holds for the same change in a later plan only. */
    public String id() {
        return kind + ":" + target;
    }

    /** Why it is held back, for people; null when it is not. */
    public String reason() {
        return isBlocked() ? heldBack.sentence() : null;
    }

    public boolean isBlocked() {
        return heldBack != null;
    }

    /** Whether allow-listing its target lets it be made: a known key that is held back because it may be in use. */
    public boolean canBeNamed() {
        return isBlocked() && heldBack.isAllowable();
    }
}
