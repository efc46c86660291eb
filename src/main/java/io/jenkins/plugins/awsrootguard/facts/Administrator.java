package io.jenkins.plugins.awsrootguard.facts;

/**
 * An IAM user or role that has the AWS managed policy AdministratorAccess.
 *
 * @param arn without the path where only the list of the policy was read
 * @param viaGroup the group that has the policy; null if it is attached to the user or role itself
 * @param mfa whether the user has an MFA device; null for a role, and if it could not or need not be read
 * @param standing whether it can do what the policy allows; never null
 * @param because what decides the standing or MFA; null for an unrestricted one and one that was not checked
 */
public record Administrator(
        String userName, String arn, String viaGroup, Boolean mfa, Standing standing, Reason because) {

    /** How far it is known that nothing restricts what AdministratorAccess allows. */
    public enum Standing {
        /** It has the policy; restrictions were not checked, or AWS could not evaluate them. */
        LISTED,
        /** AWS reports that neither a permissions boundary nor a policy restricts it. */
        VERIFIED,
        /** A permissions boundary or a policy denies it what an administrator needs. */
        LIMITED,
        /** Whether something restricts it depends on the request, for example on its IP address. */
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
        /** Its trust policy names services, deleted principals or no principal. */
        TRUST("its trust policy lets no user, account or identity provider assume it"),
        /** Deny statements depend on who assumes the role, and how. */
        TRUST_DENIES("its trust policy has a deny statement"),
        /** The detail is condition keys, whose values only a real request has. */
        TRUST_CONDITION("its trust policy depends on %s, which cannot be checked"),
        NOT_IDENTITY_CENTER("it has the name of an IAM Identity Center role, but not the path"),
        ORGANIZATION("a service control policy decides, so that AWS does not evaluate its own policies"),
        /** The detail is how many administrators are checked at most. */
        NOT_CHECKED("only %s administrators are checked, and none of them has MFA and no restriction"),
        /** MFA was not read; the detail is the time of the credential report, which has none. */
        REPORTED("the credential report of %s has no MFA for it"),
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

    public boolean isRole() {
        return arn != null && arn.contains(":role/");
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

    /** Whether it has MFA, which a role does not need, and no restriction of it is known. */
    public boolean isGuarded() {
        return (isRole() || Boolean.TRUE.equals(mfa)) && (standing == Standing.LISTED || standing == Standing.VERIFIED);
    }
}
