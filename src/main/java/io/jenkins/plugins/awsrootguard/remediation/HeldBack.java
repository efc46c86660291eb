package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.facts.Fact;

/**
 * Why a change is held back.
 *
 * @param detail the value that the reason's sentence has; null for none
 */
public record HeldBack(Reason reason, String detail) {

    /** Each has its sentence, with %s for the detail. A detail that is not obvious is described. */
    public enum Reason {
        /** The detail is the number of days that count as recent use. */
        KEY_SIGNS_RUN("The key was used within the last %s days: it signs this run's calls."),
        KEY_RECENTLY_USED("The key was used within the last %s days."),
        KEY_LAST_USE_UNKNOWN("The last use of the key could not be read."),
        KEYS_UNREAD("The access keys could not be read again: %s"),
        ROOT_ACCESS_REQUIRED("Only root's own access key or a root session can delete it."),
        ACCOUNT_CREDENTIALS_REQUIRED("A root session cannot make this change. Use credentials of the account itself."),
        ROOT_SESSION_REQUIRED("Only a root session in a member account can make this change. Use credentials of the"
                + " organization's management account."),
        MANAGEMENT_ACCOUNT_REQUIRED(
                "Only the organization's management account can make this change. Use its credentials."),
        NO_CONSOLE("In this partition the root user has no console and no password to recover."),
        CENTRAL_ROOT_MANAGEMENT_OFF(
                "The organization does not manage root users centrally, so access to root could not be restored."
                        + " Enable root credentials management and privileged root actions first (IAM console, Root access"
                        + " management)."),
        CENTRAL_ROOT_MANAGEMENT_UNREAD(
                "Central root management could not be read. Without it, access to root could not be restored: %s"),
        MFA_DEVICES_UNREAD("Root's MFA devices could not be read: %s"),
        PASSWORD_UNREAD("Whether root has a password could not be read: %s"),
        PASSWORD_EXISTS(
                "Root still has a password, which MFA protects. Delete the password first, then run this phase again."),
        KEY_EXISTS("Root still has an access key. Delete the key first, then run this phase again."),
        NOT_APPROVED("The change is not approved."),
        /** The approval is for other values than the call would set now. The detail is these. */
        POLICY_CHANGED("The change is not approved: the account's password policy changed since the approval, and the"
                + " update would now set %s. Run the build or command again and approve the new plan."),
        RESOURCE_POLICY_CHANGED(
                "The policy changed since the plan was made. Run the build or command again and approve the"
                        + " new plan."),
        RESOURCE_POLICY_NOT_SHOWN(
                "The policy was not part of the plan. Run the build or command again and approve the new plan."),
        EARLIER_CHANGE_FAILED("An earlier change failed. Correct that and run this phase again."),
        /** The detail is the result of the verification. */
        ADMINISTRATOR_NOT_VERIFIED("Root is not changed, because no IAM administrator was verified: %s"),
        GROUP_HAS_MEMBERS(
                "The group already exists, and its members %s would become administrators. Remove them, or use"
                        + " another administrator group."),
        /** The user has the default name, existed before the run, and can sign in. */
        DEFAULT_USER_EXISTS(
                "The user already exists and somebody can sign in as it. Use another administrator user, or make"
                        + " this user an administrator yourself."),
        /** The same for another name, which an approval allows. */
        USER_EXISTS("The user already exists and somebody can sign in as it. Approve the plan to make it an"
                + " administrator."),
        /** What the change depends on could not be read; the detail is AWS's answer. */
        UNREAD("%s"),
        STOPPED("The run was stopped before this change.");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }
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
        return String.format(reason.sentence, detail);
    }
}
