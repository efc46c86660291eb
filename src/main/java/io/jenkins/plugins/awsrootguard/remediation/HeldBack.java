package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.facts.Fact;

/**
 * Why a change is held back.
 *
 * @param detail a value that belongs to the reason; null when it has none
 */
public record HeldBack(Reason reason, String detail) {

    /** Each says what its detail is, where it has one. */
    public enum Reason {
        /** The root key signs the calls of the run; the detail is the number of days that count as recent use. */
        KEY_SIGNS_RUN,
        /** The key was used recently; the detail is the number of days. */
        KEY_RECENTLY_USED,
        KEY_LAST_USE_UNKNOWN,
        /** The detail is why the keys could not be read again. */
        KEYS_UNREAD,
        ROOT_ACCESS_REQUIRED,
        ACCOUNT_CREDENTIALS_REQUIRED,
        ROOT_SESSION_REQUIRED,
        /** The detail is the id of the management account. */
        MANAGEMENT_ACCOUNT_REQUIRED,
        CENTRAL_ROOT_MANAGEMENT_OFF,
        /** The detail is why it could not be read. */
        CENTRAL_ROOT_MANAGEMENT_UNREAD,
        /** The detail is why they could not be read. */
        MFA_DEVICES_UNREAD,
        /** The detail is why it could not be read. */
        PASSWORD_UNREAD,
        PASSWORD_EXISTS,
        KEY_EXISTS,
        NOT_APPROVED,
        EARLIER_CHANGE_FAILED,
        /** No IAM administrator could be verified; the detail says what was found. */
        ADMINISTRATOR_NOT_VERIFIED,
        /** The detail lists the members of the group. */
        GROUP_HAS_MEMBERS,
        /** The user exists, somebody can sign in as it, and it has the default name. */
        DEFAULT_USER_EXISTS,
        /** The user exists, somebody can sign in as it, and its promotion to administrator is not approved. */
        USER_EXISTS,
        /** What it depends on could not be read; the detail is AWS's answer. */
        UNREAD,
        STOPPED
    }

    static HeldBack because(Reason reason) {
        return new HeldBack(reason, null);
    }

    /** @param unread the fact that could not be read; its cause is the detail */
    static HeldBack unread(Reason reason, Fact<?> unread) {
        return new HeldBack(reason, unread.unread().sentence());
    }

    /** Whether allow-listing the key lets the change be made. */
    public boolean isAllowable() {
        return reason == Reason.KEY_SIGNS_RUN
                || reason == Reason.KEY_RECENTLY_USED
                || reason == Reason.KEY_LAST_USE_UNKNOWN;
    }

    /** One or two sentences for people, without the name of an option of any front end. */
    public String sentence() {
        return switch (reason) {
            case KEY_SIGNS_RUN -> "The key was used within the last " + detail + " days: it signs this run's calls.";
            case KEY_RECENTLY_USED -> "The key was used within the last " + detail + " days.";
            case KEY_LAST_USE_UNKNOWN -> "The last use of the key could not be read.";
            case KEYS_UNREAD -> "The access keys could not be read again: " + detail;
            case ROOT_ACCESS_REQUIRED -> "Only root's own access key or a root session can delete it.";
            case ACCOUNT_CREDENTIALS_REQUIRED ->
                "A root session cannot make this change. Use credentials of the account itself.";
            case ROOT_SESSION_REQUIRED ->
                "Only a root session in a member account can make this change. Use credentials of the organization's"
                        + " management account.";
            case MANAGEMENT_ACCOUNT_REQUIRED ->
                "Only the organization's management account " + detail + " can enable it. Use its credentials.";
            case CENTRAL_ROOT_MANAGEMENT_OFF ->
                "The organization does not manage root users centrally, so access to root could not be restored. Enable"
                        + " root credentials management and privileged root actions first (IAM console, Root access"
                        + " management).";
            case CENTRAL_ROOT_MANAGEMENT_UNREAD ->
                "Central root management could not be read. Without it, access to root could not be restored: "
                        + detail;
            case MFA_DEVICES_UNREAD -> "Root's MFA devices could not be read: " + detail;
            case PASSWORD_UNREAD -> "Whether root has a password could not be read: " + detail;
            case PASSWORD_EXISTS ->
                "Root still has a password, which MFA protects. Delete the password first, then run this phase again.";
            case KEY_EXISTS -> "Root still has an access key. Delete the key first, then run this phase again.";
            case NOT_APPROVED -> "The change is not approved.";
            case EARLIER_CHANGE_FAILED -> "An earlier change failed. Correct that and run this phase again.";
            case ADMINISTRATOR_NOT_VERIFIED ->
                "Root is not changed, because no IAM administrator was verified: " + detail;
            case GROUP_HAS_MEMBERS ->
                "The group already exists, and its members " + detail
                        + " would become administrators. Remove them, or use another administrator group.";
            case DEFAULT_USER_EXISTS ->
                "The user already exists and somebody can sign in as it. Use another administrator user, or make this"
                        + " user an administrator yourself.";
            case USER_EXISTS ->
                "The user already exists and somebody can sign in as it. Approve the plan to make it an administrator.";
            case UNREAD -> detail;
            case STOPPED -> "The run was stopped before this change.";
        };
    }
}
