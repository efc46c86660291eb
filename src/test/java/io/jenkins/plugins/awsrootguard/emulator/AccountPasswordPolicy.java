package io.jenkins.plugins.awsrootguard.emulator;

/**
 * The password policy of an account. {@code maxPasswordAge}, {@code passwordReusePrevention} and {@code hardExpiry} are null if
 * they are not set; AWS's response omits them then.
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

    /** What CIS requires, with the 90 days of its older versions. */
    public static AccountPasswordPolicy strong() {
        return new AccountPasswordPolicy(14, true, true, true, true, true, 90, 24, null);
    }

    /** The values of omitted parameters of an update. */
    public static AccountPasswordPolicy weakest() {
        return new AccountPasswordPolicy(6, false, false, false, false, false, null, null, null);
    }

    /** AWS's message if it refuses the password, or null. */
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
