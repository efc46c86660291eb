package io.jenkins.plugins.awsrootguard.phase;

import io.jenkins.plugins.awsrootguard.account.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.control.Thresholds;

/** Joins the policy that is there with what is asked: each field as the stricter of both has it, so nothing is weakened. */
final class PasswordPolicyMerge {

    private PasswordPolicyMerge() {}

    static PasswordPolicy stricter(PasswordPolicy now, Thresholds asked) {
        int age = now.maxAgeDays() == 0
                ? asked.maxPasswordAgeDays()
                : Math.min(now.maxAgeDays(), asked.maxPasswordAgeDays());
        return new PasswordPolicy(
                true,
                Math.max(now.minimumLength(), asked.minimumPasswordLength()),
                true,
                true,
                true,
                true,
                age,
                Math.max(now.reusePrevention(), asked.reusePrevention()),
                true,
                now.hardExpiry());
    }

    static String describe(PasswordPolicy p) {
        return "at least " + p.minimumLength() + " characters of all four kinds, the last " + p.reusePrevention()
                + " not again, expiry after " + p.maxAgeDays() + " days, users may change their own"
                + (Boolean.TRUE.equals(p.hardExpiry()) ? ", hard expiry kept" : "");
    }
}
