package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.policy.Thresholds;

/** Merges an account's password policy with the required one. Each field is the stricter of both, so none is weakened. */
final class PasswordPolicyMerge {

    private PasswordPolicyMerge() {}

    static PasswordPolicy stricter(PasswordPolicy now, Thresholds asked) {
        return new PasswordPolicy(
                true,
                Math.max(now.minimumLength(), asked.minimumPasswordLength()),
                true,
                true,
                true,
                true,
                age(now, asked),
                Math.max(now.reusePrevention(), asked.reusePrevention()),
                true,
                now.hardExpiry());
    }

    /**
     * With hard expiry, a shorter age would immediately lock out all users with an older password, administrators too, so the
     * age is not changed then.
     */
    private static int age(PasswordPolicy now, Thresholds asked) {
        boolean longer = now.maxAgeDays() == 0 || now.maxAgeDays() > asked.maxPasswordAgeDays();
        return longer && !Boolean.TRUE.equals(now.hardExpiry()) ? asked.maxPasswordAgeDays() : now.maxAgeDays();
    }

    static String describe(PasswordPolicy p) {
        return "minimum length " + p.minimumLength() + ", all four character types, " + p.reusePrevention()
                + " passwords remembered, "
                + (p.maxAgeDays() == 0 ? "no expiry" : "expiry after " + p.maxAgeDays() + " days")
                + ", users can change their own password"
                + (Boolean.TRUE.equals(p.hardExpiry())
                        ? "; the expiry is unchanged, because with hard expiry a shorter one would lock users out"
                        : "");
    }
}
