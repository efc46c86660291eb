package io.jenkins.plugins.awsrootguard.emulator;

import java.util.Map;

/** IAM's actions on the account's password policy. */
final class IamPasswordPolicy {

    private IamPasswordPolicy() {}

    static void addTo(Map<String, QueryAction> actions) {
        actions.put("GetAccountPasswordPolicy", IamPasswordPolicy::get);
        actions.put("UpdateAccountPasswordPolicy", IamPasswordPolicy::update);
        actions.put("DeleteAccountPasswordPolicy", IamPasswordPolicy::delete);
    }

    private static void get(Call call, Xml xml) {
        AccountPasswordPolicy policy = existing(call);
        xml.open("PasswordPolicy").put("MinimumPasswordLength", policy.minimumPasswordLength());
        xml.put("RequireSymbols", policy.requireSymbols()).put("RequireNumbers", policy.requireNumbers());
        xml.put("RequireUppercaseCharacters", policy.requireUppercaseCharacters());
        xml.put("RequireLowercaseCharacters", policy.requireLowercaseCharacters());
        xml.put("AllowUsersToChangePassword", policy.allowUsersToChangePassword());
        xml.put("ExpirePasswords", policy.maxPasswordAge() != null).put("MaxPasswordAge", policy.maxPasswordAge());
        xml.put("PasswordReusePrevention", policy.passwordReusePrevention());
        xml.put("HardExpiry", policy.hardExpiry()).close();
    }

    /** Replaces the policy. Omitted parameters get the weakest value. */
    private static void update(Call call, Xml xml) {
        call.account()
                .passwordPolicy(new AccountPasswordPolicy(
                        call.number("MinimumPasswordLength", 6, 128, 6),
                        call.flag("RequireSymbols"),
                        call.flag("RequireNumbers"),
                        call.flag("RequireUppercaseCharacters"),
                        call.flag("RequireLowercaseCharacters"),
                        call.flag("AllowUsersToChangePassword"),
                        call.number("MaxPasswordAge", 1, 1095, null),
                        call.number("PasswordReusePrevention", 1, 24, null),
                        call.param("HardExpiry") == null ? null : call.flag("HardExpiry")));
    }

    private static void delete(Call call, Xml xml) {
        existing(call);
        call.account().passwordPolicy(null);
    }

    private static AccountPasswordPolicy existing(Call call) {
        AccountPasswordPolicy policy = call.account().passwordPolicy();
        if (policy == null) {
            throw AwsException.noSuchEntity(
                    "The Password Policy with domain name " + call.account().id() + " cannot be found.");
        }
        return policy;
    }
}
