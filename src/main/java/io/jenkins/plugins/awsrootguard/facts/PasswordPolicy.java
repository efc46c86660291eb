package io.jenkins.plugins.awsrootguard.facts;

/**
 * The account's password policy for IAM users. It does not apply to the root user.
 *
 * @param custom false when the account has none of its own, and AWS's default applies
 * @param maxAgeDays days until a password expires; 0 for never
 * @param reusePrevention how many former passwords can't be used again; 0 for none
 * @param hardExpiry null where AWS does not say: whether a user with an expired password is locked out until reset
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html">AWS: account
 *     password policy</a>
 */
public record PasswordPolicy(
        boolean custom,
        int minimumLength,
        boolean requireUppercase,
        boolean requireLowercase,
        boolean requireNumbers,
        boolean requireSymbols,
        int maxAgeDays,
        int reusePrevention,
        boolean allowUsersToChange,
        Boolean hardExpiry) {

    /** What applies where an account has set nothing: eight characters, three of the four classes, no expiry. */
    public static PasswordPolicy awsDefault() {
        return new PasswordPolicy(false, 8, false, false, false, false, 0, 0, false, null);
    }

    public boolean requiresAllClasses() {
        return requireUppercase && requireLowercase && requireNumbers && requireSymbols;
    }
}
