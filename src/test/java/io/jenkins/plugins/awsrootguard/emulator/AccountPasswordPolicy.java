package io.jenkins.plugins.awsrootguard.emulator;

/**
 * The account's password policy, as UpdateAccountPasswordPolicy takes it. Null in {@code maxPasswordAge},
 * {@code passwordReusePrevention} and {@code hardExpiry}: not set, and so not in AWS's answer either.
 */
public record AccountPasswordPolicy(
        int minimumPasswordLength,
        boolean requireSymbols,
        boolean requireNumbers,
        boolean requireUppercaseCharacters,
        boolean requireLowercaseCharacters,
        boolean allowUsersToChangePassword,
        Integer maxPasswordAge,
        Integer passwordReusePrevention,
        Boolean hardExpiry) {

    /** What CIS asks for, with the 90 days of the older texts. */
    public static AccountPasswordPolicy strong() {
        return new AccountPasswordPolicy(14, true, true, true, true, true, 90, 24, null);
    }

    /** What an update gives for all that it leaves out. */
    public static AccountPasswordPolicy weakest() {
        return new AccountPasswordPolicy(6, false, false, false, false, false, null, null, null);
    }

    /** Why this password is refused, in AWS's words, or null. */
    String violation(String password) {
        if (password.length() < minimumPasswordLength) {
            return "Password should have a minimum length of " + minimumPasswordLength;
        }
        if (requireUppercaseCharacters && password.chars().noneMatch(Character::isUpperCase)) {
            return "Password should have at least one uppercase letter";
        }
        if (requireLowercaseCharacters && password.chars().noneMatch(Character::isLowerCase)) {
            return "Password should have at least one lowercase letter";
        }
        if (requireNumbers && password.chars().noneMatch(Character::isDigit)) {
            return "Password should have at least one number";
        }
        if (requireSymbols && password.chars().allMatch(Character::isLetterOrDigit)) {
            return "Password should have at least one symbol";
        }
        return null;
    }
}
