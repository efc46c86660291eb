package io.jenkins.plugins.awsrootguard.facts;

/**
 * An IAM user or role that has the AWS managed policy AdministratorAccess.
 *
 * @param userName the name of the user or role
 * @param viaGroup the group that has the policy; null if it is attached to the user itself
 * @param mfa whether the user has an MFA device; null if that could not be read, or was not read because another user suffices
 * @param standing whether it can do what the policy allows; never null
 * @param because what decides the standing; null for an unrestricted user and one that was not checked
 */
public record Administrator(
        String userName, String arn, String viaGroup, Boolean mfa, Standing standing, Reason because) {

    /** How far it is known that nothing restricts what AdministratorAccess allows. */
    public enum Standing {
        /** A role: who can assume it, and what restricts it, was not checked. */
        ROLE,
        /** It has the policy; restrictions were not checked, or AWS could not evaluate them. */
        LISTED,
        /** AWS reports that neither a permissions boundary nor a policy restricts it. */
        VERIFIED,
        /** A permissions boundary or a policy denies it what an administrator needs. */
        LIMITED,
        /** Whether a policy denies it something depends on the request, for example on its IP address. */
        DEPENDS,
        /** Restrictions were to be checked, and could not be read. */
        UNREAD
    }

    /** What decides a standing. The text continues a sentence about the user, with the detail in place of {@code %s}. */
    public enum Restriction {
        /** The detail is the boundary's ARN. */
        PERMISSIONS_BOUNDARY("permissions boundary %s restricts it"),
        /** The detail is the actions that the policies don't allow. */
        POLICY("its policies together do not allow %s (iam:SimulatePrincipalPolicy)"),
        /** The detail is condition keys whose values only a real request has. */
        CONDITION("its permissions depend on %s, which iam:SimulatePrincipalPolicy does not know"),
        ORGANIZATION("a service control policy decides, so that AWS does not evaluate its own policies"),
        /** The detail is how many administrators are checked at most. */
        NOT_CHECKED("only %s administrators with MFA are checked, and each of them is or may be restricted"),
        /** The cause says why. */
        UNREAD("%s");

        private final String text;

        Restriction(String text) {
            this.text = text;
        }
    }

    /**
     * Why a user has its standing.
     *
     * @param detail a parameter of the restriction; null for none
     * @param cause why the restrictions could not be read; null for other restrictions
     */
    public record Reason(Restriction restriction, String detail, Unread cause) {

        public Reason(Restriction restriction, String detail) {
            this(restriction, detail, null);
        }

        public Reason(Unread cause) {
            this(Restriction.UNREAD, null, cause);
        }

        /** Continues a sentence about the user, without a period at its end. */
        @Override
        public String toString() {
            String value = cause == null
                    ? Printable.text(detail, 160)
                    : cause.sentence().replaceFirst("\\.$", "");
            return String.format(restriction.text, value);
        }
    }

    public Administrator {
        standing = standing == null ? Standing.LISTED : standing;
    }

    /** A user whose restrictions were not checked. */
    public Administrator(String userName, String arn, String viaGroup, Boolean mfa) {
        this(userName, arn, viaGroup, mfa, Standing.LISTED, null);
    }

    /** A role that has the policy. */
    public static Administrator role(String name, String arn) {
        return new Administrator(name, arn, null, null, Standing.ROLE, null);
    }

    public boolean isRole() {
        return standing == Standing.ROLE;
    }

    public Administrator withMfa(Boolean known) {
        return new Administrator(userName, arn, viaGroup, known, standing, because);
    }

    public Administrator withStanding(Standing known, Reason why) {
        return new Administrator(userName, arn, viaGroup, mfa, known, why);
    }

    public boolean isLimited() {
        return standing == Standing.LIMITED;
    }

    /** Whether its restrictions were checked and are not known. */
    public boolean isUndecided() {
        return standing == Standing.DEPENDS || standing == Standing.UNREAD;
    }

    /** Whether it has MFA, and no restriction of it is known. */
    public boolean isGuarded() {
        return Boolean.TRUE.equals(mfa) && (standing == Standing.LISTED || standing == Standing.VERIFIED);
    }
}
