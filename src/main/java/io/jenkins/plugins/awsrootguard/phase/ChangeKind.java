package io.jenkins.plugins.awsrootguard.phase;

/**
 * The changes that can be made to an account, in the only order in which they are made: an administrator first, proven,
 * and root last, so that nobody is ever locked out.
 */
public enum ChangeKind {
    CREATE_ADMIN_GROUP(false),
    CREATE_ADMIN_USER(false),
    ATTACH_ADMIN_POLICY(false),
    ADD_ADMIN_TO_GROUP(false),
    UPDATE_PASSWORD_POLICY(false),
    DELETE_SIGNING_CERTIFICATE(true),
    DELETE_ROOT_ACCESS_KEY(true);

    private final boolean destructive;

    ChangeKind(boolean destructive) {
        this.destructive = destructive;
    }

    /** Whether it takes something away that can't be brought back; such a change needs an approval. */
    public boolean isDestructive() {
        return destructive;
    }
}
