package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Instant;
import java.util.Map;

/** IAM's actions on console passwords. The password is checked and not stored. */
final class IamLogin {

    private IamLogin() {}

    static void addTo(Map<String, QueryAction> actions) {
        actions.put("GetLoginProfile", IamLogin::get);
        actions.put("CreateLoginProfile", IamLogin::create);
        actions.put("DeleteLoginProfile", IamLogin::delete);
    }

    private static void get(Call call, Xml xml) {
        CredentialHolder holder = call.holder();
        existing(holder);
        write(xml, holder);
    }

    private static void create(Call call, Xml xml) {
        CredentialHolder holder = call.holder();
        if (holder.hasPassword()) {
            throw AwsException.alreadyExists("Login Profile for user " + holder.userName() + " already exists.");
        }
        boolean session = call.principal().task() != null;
        if (session && call.param("Password") != null) {
            throw AwsException.validation("Password must be omitted in an AssumeRoot session");
        }
        if (holder instanceof RootUser && !session) {
            throw AwsException.validation("Must specify userName when calling with root user credentials");
        }
        if (holder instanceof EmulatedUser) {
            AccountPasswordPolicy policy = call.account().passwordPolicy();
            // AWS's default policy: eight characters of three classes.
            AccountPasswordPolicy rules = policy != null
                    ? policy
                    : new AccountPasswordPolicy(8, false, false, false, false, false, null, null, null);
            String violation = rules.violation(call.required("Password"));
            if (violation != null) {
                throw new AwsException(400, "PasswordPolicyViolation", violation);
            }
        }
        Instant now = call.account().now();
        holder.setLoginProfile(new LoginProfile(now, now, call.flag("PasswordResetRequired")));
        write(xml, holder);
    }

    private static void delete(Call call, Xml xml) {
        CredentialHolder holder = call.holder();
        existing(holder);
        holder.setLoginProfile(null);
    }

    private static void existing(CredentialHolder holder) {
        if (!holder.hasPassword()) {
            String whose = holder.userName() == null ? "the root user" : holder.userName();
            throw AwsException.noSuchEntity("Login Profile for User " + whose + " cannot be found.");
        }
    }

    private static void write(Xml xml, CredentialHolder holder) {
        LoginProfile profile = holder.loginProfile();
        xml.open("LoginProfile").put("UserName", holder.userName()).put("CreateDate", profile.createdAt());
        xml.put("PasswordResetRequired", profile.resetRequired()).close();
    }
}
