package io.jenkins.plugins.awsrootguard.facts;

/**
 * An IAM user that has the AWS managed policy AdministratorAccess.
 *
 * @param viaGroup the group that gives it; null when it is attached to the user itself
 * @param mfa whether the user has an MFA device; null when that could not be read, or was not asked because another is enough
 * @param standing whether it can do what the policy gives; {@link Standing#LISTED} where a state of an older version doesn't tell
 * @param because what limits it, or why that could not be read, in words for a person; null when there is nothing to say
 */
public record Administrator(
        String userName, String arn, String viaGroup, Boolean mfa, Standing standing, String because) {

    /** How far it is known that nothing takes from the user what AdministratorAccess gives it. */
    public enum Standing {
        /** It has the policy; nothing more was asked, or AWS could not tell. */
        LISTED,
        /** AWS says that neither a permissions boundary nor a policy limits it. */
        PROVEN,
        /** A permissions boundary or a policy takes from it what an administrator needs. */
        LIMITED,
        /** A policy denies it something or not depending on what only a real call has, as its address: never as good as proven. */
        DEPENDS,
        /** It was asked and not answered: never as good as proven. */
        UNREAD
    }

    public Administrator {
        standing = standing == null ? Standing.LISTED : standing;
    }

    /** Of whom nothing more was asked. */
    public Administrator(String userName, String arn, String viaGroup, Boolean mfa) {
        this(userName, arn, viaGroup, mfa, Standing.LISTED, null);
    }

    public Administrator withMfa(Boolean known) {
        return new Administrator(userName, arn, viaGroup, known, standing, because);
    }

    public Administrator withStanding(Standing known, String why) {
        return new Administrator(userName, arn, viaGroup, mfa, known, why);
    }

    public boolean isLimited() {
        return standing == Standing.LIMITED;
    }

    /** Whether it was asked and is not known, as {@link #because} says. */
    public boolean isUndecided() {
        return standing == Standing.DEPENDS || standing == Standing.UNREAD;
    }

    /** Whether it has MFA, and nothing that is known speaks against its being an administrator. */
    public boolean isGuarded() {
        return Boolean.TRUE.equals(mfa) && (standing == Standing.LISTED || standing == Standing.PROVEN);
    }
}
