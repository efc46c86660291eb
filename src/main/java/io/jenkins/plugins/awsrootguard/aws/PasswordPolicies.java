package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import software.amazon.awssdk.services.iam.model.UpdateAccountPasswordPolicyRequest;

/** The password policy between the SDK's type and ours. */
final class PasswordPolicies {

    private PasswordPolicies() {}

    static PasswordPolicy fromSdk(software.amazon.awssdk.services.iam.model.PasswordPolicy p) {
        return new PasswordPolicy(
                true,
                p.minimumPasswordLength() == null ? 0 : p.minimumPasswordLength(),
                isTrue(p.requireUppercaseCharacters()),
                isTrue(p.requireLowercaseCharacters()),
                isTrue(p.requireNumbers()),
                isTrue(p.requireSymbols()),
                p.maxPasswordAge() == null ? 0 : p.maxPasswordAge(),
                p.passwordReusePrevention() == null ? 0 : p.passwordReusePrevention(),
                isTrue(p.allowUsersToChangePassword()),
                p.hardExpiry());
    }

    /** The whole policy: AWS sets whatever a request leaves out back to its default. */
    static UpdateAccountPasswordPolicyRequest toRequest(PasswordPolicy p) {
        return UpdateAccountPasswordPolicyRequest.builder()
                .minimumPasswordLength(p.minimumLength())
                .requireUppercaseCharacters(p.requireUppercase())
                .requireLowercaseCharacters(p.requireLowercase())
                .requireNumbers(p.requireNumbers())
                .requireSymbols(p.requireSymbols())
                .maxPasswordAge(p.maxAgeDays() == 0 ? null : p.maxAgeDays())
                .passwordReusePrevention(p.reusePrevention() == 0 ? null : p.reusePrevention())
                .allowUsersToChangePassword(p.allowUsersToChange())
                .hardExpiry(p.hardExpiry())
                .build();
    }

    private static boolean isTrue(Boolean b) {
        return Boolean.TRUE.equals(b);
    }
}
