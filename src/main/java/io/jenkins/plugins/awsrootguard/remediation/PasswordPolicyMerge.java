package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.policy.Thresholds;

/** Joins the policy that is there with what is asked: each field as the stricter of both has it, so nothing is weakened. */
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
     * With hard expiry, a shorter age locks out at once everybody whose password is older, administrators too: then the age is
     * left to a person.
     */
    private static int age(PasswordPolicy now, Thresholds asked) {
        boolean longer = now.maxAgeDays() == 0 || now.maxAgeDays() > asked.maxPasswordAgeDays();
        return longer && !Boolean.TRUE.equals(now.hardExpiry()) ? asked.maxPasswordAgeDays() : now.maxAgeDays();
    }

    static String describe(PasswordPolicy p) {
        return "at least " + p.minimumLength() + " characters of all four kinds, the last " + p.reusePrevention()
                + " not again, " + (p.maxAgeDays() == 0 ? "no expiry" : "expiry after " + p.maxAgeDays() + " days")
                + ", users may change their own"
                + (Boolean.TRUE.equals(p.hardExpiry())
                        ? "; hard expiry is on, so the expiry is left as it is: a shorter one would lock users out"
                        : "");
    }
}
