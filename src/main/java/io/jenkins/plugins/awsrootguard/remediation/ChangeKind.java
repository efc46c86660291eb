package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.HeldBack.Reason;

/**
 * The kinds of change, in the order in which they are made: the administrator first, root's credentials after it, and root's MFA
 * last, so that root never has a password without MFA. The order prevents a lock-out; do not change it.
 */
public enum ChangeKind {
    /** IAM can act for the organization. Its central root access features require it. */
    ENABLE_TRUSTED_ACCESS(
            Effect.OPENS, By.ACCOUNT, "central-root-management", "Enable trusted access for IAM in AWS Organizations"),
    ENABLE_ROOT_CREDENTIALS_MANAGEMENT(
            Effect.OPENS,
            By.ACCOUNT,
            "central-root-management",
            "Enable root credentials management for the organization; it deletes nothing"),
    ENABLE_ROOT_SESSIONS(
            Effect.OPENS,
            By.ACCOUNT,
            "central-root-management",
            "Enable privileged root actions in member accounts for the organization"),
    DISABLE_ROOT_SESSIONS(
            Effect.OPENS,
            By.ACCOUNT,
            "central-root-management",
            "Disable privileged root actions in member accounts for the organization: no root session can then be opened"),
    DISABLE_ROOT_CREDENTIALS_MANAGEMENT(
            Effect.OPENS,
            By.ACCOUNT,
            "central-root-management",
            "Disable root credentials management for the organization: root passwords of member accounts can then not be"
                    + " recovered centrally"),
    DISABLE_TRUSTED_ACCESS(
            Effect.OPENS, By.ACCOUNT, "central-root-management", "Disable trusted access for IAM in AWS Organizations"),
    ALLOW_ROOT_PASSWORD_RECOVERY(
            Effect.OPENS,
            By.SESSION,
            "root-password-rotation",
            "Allow the recovery of the root password of account %s: whoever reads the root user's mailbox can then set"
                    + " one"),
    DELETE_BUCKET_POLICY(
            Effect.DESTROYS, By.SESSION, "central-root-management", "Delete the policy of S3 bucket %2$s%3$s"),
    DELETE_QUEUE_POLICY(
            Effect.DESTROYS, By.SESSION, "central-root-management", "Delete the policy of SQS queue %2$s%3$s"),
    CREATE_ADMIN_GROUP(Effect.ADDS, By.ACCOUNT, "iam-admin", "Create IAM group %s, unless it exists"),
    CREATE_ADMIN_USER(Effect.ADDS, By.ACCOUNT, "iam-admin", "Create IAM user %s, unless it exists"),
    ATTACH_ADMIN_POLICY(Effect.ADDS, By.ACCOUNT, "iam-admin", "Attach AdministratorAccess to the %3$s %2$s"),
    ADD_ADMIN_TO_GROUP(Effect.ADDS, By.ACCOUNT, "iam-admin", "Add %2$s to the group %3$s"),
    UPDATE_PASSWORD_POLICY(Effect.ADDS, By.ACCOUNT, "password-policy", "Set the account password policy: %s"),
    DELETE_SIGNING_CERTIFICATE(
            Effect.DESTROYS, By.ROOT, "root-signing-certificates", "Delete root's signing certificate %s"),
    DELETE_ROOT_ACCESS_KEY(Effect.DESTROYS, By.ROOT, "root-access-keys", "Delete root's %2$s access key %1$s, %3$s"),
    DELETE_ROOT_PASSWORD(
            Effect.DESTROYS,
            By.SESSION,
            "root-password-rotation",
            "Delete the root user's password; no one can then sign in as root until the management account allows"
                    + " password recovery"),
    /** A virtual device is deleted, too. */
    DEACTIVATE_ROOT_MFA(
            Effect.DESTROYS,
            By.SESSION,
            "root-mfa",
            "Deactivate root's MFA device %s%s, once root has no password and no key");

    /** What a change does to the access to the account. */
    private enum Effect {
        ADDS,
        OPENS,
        DESTROYS
    }

    /** The credentials that can make a change. */
    private enum By {
        /** Credentials of the account, root's among them. */
        ACCOUNT,
        /** Root's access key, or a privileged root session. */
        ROOT,
        /** A privileged root session, which only a member account of an organization can have. */
        SESSION
    }

    private final Effect effect;
    private final By by;
    private final String control;
    private final String description;

    ChangeKind(Effect effect, By by, String control, String description) {
        this.effect = effect;
        this.by = by;
        this.control = control;
        this.description = description;
    }

    /** @param details what the description has after the target */
    PlannedChange of(String target, HeldBack heldBack, String... details) {
        Object[] values = new Object[details.length + 1];
        values[0] = this == DELETE_ROOT_ACCESS_KEY ? Printable.keyId(target) : Printable.text(target, 256);
        System.arraycopy(details, 0, values, 1, details.length);
        return new PlannedChange(this, target, String.format(description, values), control, heldBack, null);
    }

    /** The control that requires the change. */
    public String control() {
        return control;
    }

    /** Whether it deletes or deactivates something that can't be restored. */
    public boolean isDestructive() {
        return effect == Effect.DESTROYS;
    }

    /** Whether it only adds access or stricter rules for IAM users: then it is made even when an earlier change failed. */
    boolean isAdditive() {
        return effect == Effect.ADDS;
    }

    /** Why this access method cannot make it; null when it can. */
    HeldBack outOfReach(AccessMethod method) {
        boolean session = method == AccessMethod.ROOT_SESSION;
        Reason reason =
                switch (by) {
                    case ACCOUNT -> session ? Reason.ACCOUNT_CREDENTIALS_REQUIRED : null;
                    case ROOT -> method == AccessMethod.PRINCIPAL ? Reason.ROOT_ACCESS_REQUIRED : null;
                    case SESSION -> session ? null : Reason.ROOT_SESSION_REQUIRED;
                };
        return reason == null ? null : HeldBack.because(reason);
    }
}
