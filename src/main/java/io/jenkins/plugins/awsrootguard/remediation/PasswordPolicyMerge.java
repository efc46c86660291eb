package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.policy.CharacterClass;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.util.EnumSet;
import java.util.Set;

/**
 * Merges an account's password policy with the required one. Each field is the stricter of both, so none is weakened. A control
 * that the policy disables leaves its field unchanged.
 */
final class PasswordPolicyMerge {

    private PasswordPolicyMerge() {}

    static PasswordPolicy stricter(PasswordPolicy now, Policy policy) {
        Set<CharacterClass> classes = classes(now, policy);
        return new PasswordPolicy(
                true,
                required(
                        policy,
                        "length",
                        now.minimumLength(),
                        policy.thresholds().minimumPasswordLength()),
                classes.contains(CharacterClass.UPPERCASE),
                classes.contains(CharacterClass.LOWERCASE),
                classes.contains(CharacterClass.NUMBERS),
                classes.contains(CharacterClass.SYMBOLS),
                age(now, policy),
                required(
                        policy,
                        "reuse",
                        now.reusePrevention(),
                        policy.thresholds().reusePrevention()),
                now.allowUsersToChange() || policy.isEnforced("password-policy-self-change"),
                now.hardExpiry());
    }

    private static int required(Policy policy, String field, int now, int least) {
        return policy.isEnforced("password-policy-" + field) ? Math.max(now, least) : now;
    }

    private static Set<CharacterClass> classes(PasswordPolicy now, Policy policy) {
        Set<CharacterClass> classes = EnumSet.noneOf(CharacterClass.class);
        classes.addAll(CharacterClass.of(now));
        if (policy.isEnforced("password-policy-complexity")) {
            classes.addAll(policy.thresholds().requiredCharacters());
        }
        // The AWS default requires any three of the four types, and a custom policy replaces it.
        for (CharacterClass c : now.custom() ? Set.<CharacterClass>of() : EnumSet.allOf(CharacterClass.class)) {
            if (classes.size() < 3) {
                classes.add(c);
            }
        }
        return classes;
    }

    /**
     * With hard expiry, a shorter age would immediately lock out all users with an older password, administrators too, so the
     * age is not changed then.
     */
    private static int age(PasswordPolicy now, Policy policy) {
        Integer required = policy.isEnforced("password-policy-expiry")
                ? policy.thresholds().maxPasswordAgeDays()
                : null;
        boolean longer = required != null && (now.maxAgeDays() == 0 || now.maxAgeDays() > required);
        return longer && !Boolean.TRUE.equals(now.hardExpiry()) ? required : now.maxAgeDays();
    }

    static String describe(PasswordPolicy p) {
        Set<CharacterClass> classes = CharacterClass.of(p);
        return "minimum length " + p.minimumLength() + ", "
                + (classes.isEmpty() ? "" : CharacterClass.words(classes) + " required, ")
                + (p.reusePrevention() == 0 ? "reuse allowed" : p.reusePrevention() + " passwords remembered") + ", "
                + (p.maxAgeDays() == 0 ? "no expiry" : "expiry after " + p.maxAgeDays() + " days")
                + (p.allowUsersToChange()
                        ? ", users can change their own password"
                        : ", users cannot change their own password")
                + (Boolean.TRUE.equals(p.hardExpiry())
                        ? "; the expiry is unchanged, because with hard expiry a shorter one would lock users out"
                        : "");
    }
}
