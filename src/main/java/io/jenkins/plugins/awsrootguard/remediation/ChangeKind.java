package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.facts.AccessMethod;

/**
 * The changes that can be made, in the only order in which they are made: an administrator first, proven, and root last, so
 * that nobody is ever locked out. Of root's own credentials its MFA goes last: there is never a password without it.
 */
public enum ChangeKind {
    /** IAM may act for the organization; without that its features of central root access can't be enabled. */
    ENABLE_TRUSTED_ACCESS(Weight.OPENS, By.ACCOUNT),
    ENABLE_ROOT_CREDENTIALS_MANAGEMENT(Weight.OPENS, By.ACCOUNT),
    ENABLE_ROOT_SESSIONS(Weight.OPENS, By.ACCOUNT),
    /** Whoever reads the mailbox of a member account's root user can set a password for it then. */
    ALLOW_ROOT_PASSWORD_RECOVERY(Weight.OPENS, By.SESSION),
    CREATE_ADMIN_GROUP(Weight.ADDS, By.ACCOUNT),
    CREATE_ADMIN_USER(Weight.ADDS, By.ACCOUNT),
    ATTACH_ADMIN_POLICY(Weight.ADDS, By.ACCOUNT),
    ADD_ADMIN_TO_GROUP(Weight.ADDS, By.ACCOUNT),
    UPDATE_PASSWORD_POLICY(Weight.ADDS, By.ACCOUNT),
    DELETE_SIGNING_CERTIFICATE(Weight.DESTROYS, By.ROOT),
    DELETE_ROOT_ACCESS_KEY(Weight.DESTROYS, By.ROOT),
    /** A member account's root user has no password any more, and nobody can sign in as it. */
    DELETE_ROOT_PASSWORD(Weight.DESTROYS, By.SESSION),
    /** Only after the password and the keys are gone. A virtual device is deleted, too. */
    DEACTIVATE_ROOT_MFA(Weight.DESTROYS, By.SESSION);

    /** What a change does to the way in. */
    private enum Weight {
        ADDS,
        OPENS,
        DESTROYS
    }

    /** Whose credentials can make a change. */
    private enum By {
        /** The account's own, root's among them. */
        ACCOUNT,
        /** Root's own key, or a privileged root session. */
        ROOT,
        /** A privileged root session, which only a member account of an organization can have. */
        SESSION
    }

    private final Weight weight;
    private final By by;

    ChangeKind(Weight weight, By by) {
        this.weight = weight;
        this.by = by;
    }

    /** Whether it takes something away that can't be brought back as it was. */
    public boolean isDestructive() {
        return weight == Weight.DESTROYS;
    }

    /** Whether it only adds to what IAM users have or must have: it is made even when an earlier change failed. */
    boolean isAdditive() {
        return weight == Weight.ADDS;
    }

    /** Why this access method cannot make it; null when it can. */
    HeldBack outOfReach(AccessMethod route) {
        return switch (by) {
            case ACCOUNT ->
                route == AccessMethod.ROOT_SESSION
                        ? HeldBack.because(HeldBack.Reason.ACCOUNT_CREDENTIALS_REQUIRED)
                        : null;
            case ROOT ->
                route == AccessMethod.PRINCIPAL ? HeldBack.because(HeldBack.Reason.ROOT_ACCESS_REQUIRED) : null;
            case SESSION ->
                route == AccessMethod.ROOT_SESSION ? null : HeldBack.because(HeldBack.Reason.ROOT_SESSION_REQUIRED);
        };
    }
}
