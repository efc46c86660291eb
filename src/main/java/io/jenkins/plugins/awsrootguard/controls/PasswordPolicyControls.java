package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.policy.CharacterClass;
import io.jenkins.plugins.awsrootguard.policy.Thresholds;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The controls on the account password policy. It is the policy for IAM users: it does not apply to root, but it decides how
 * strong the passwords of those are who take over from root.
 */
final class PasswordPolicyControls {

    private static final String REMEDY =
            "Open the IAM console, choose Account settings, and edit Password policy. Phase 3 can also update the policy"
                    + " with credentials of the account; it keeps stricter values.";
    private static final String PAGE = "id_credentials_passwords_account-policy.html";

    private PasswordPolicyControls() {}

    static List<Control> all() {
        return List.of(present(), length(), complexity(), reuse(), expiry(), selfChange());
    }

    private static Control present() {
        return new PasswordPolicyControl(
                new Rule(
                        "password-policy",
                        "The account has a password policy",
                        "Without a custom policy, the AWS default applies: 8 characters, 3 character types, no expiry.",
                        REMEDY,
                        References.start()
                                .cis("1.8", "1.7", "2.7", "2.8")
                                .securityHub("IAM.7")
                                .pciDss("8.3.6", "8.3.7", "8.3.9")
                                .iamGuide("account password policy", PAGE)
                                .list()),
                (p, t) -> p.custom(),
                (p, t) -> p.custom()
                        ? "The account has a custom password policy."
                        : "The account has no custom password policy. The AWS default applies.");
    }

    private static Control length() {
        return new PasswordPolicyControl(
                new Rule(
                        "password-policy-length",
                        "Passwords have a minimum length",
                        "Short passwords are easier to guess.",
                        REMEDY,
                        References.start()
                                .cis("1.8", "1.7", "2.7", "2.8")
                                .securityHub("IAM.15")
                                .pciDss("8.3.6")
                                .iamGuide("account password policy", PAGE)
                                .list()),
                (p, t) -> p.minimumLength() >= t.minimumPasswordLength(),
                (p, t) -> "Minimum password length is " + p.minimumLength() + ". Required: " + t.minimumPasswordLength()
                        + " or more.");
    }

    private static Control complexity() {
        return new PasswordPolicyControl(
                new Rule(
                        "password-policy-complexity",
                        "Passwords require several character types",
                        "Passwords with fewer character types are easier to guess.",
                        REMEDY,
                        References.start()
                                .oldCis("1.5-1.8")
                                .securityHub("IAM.11", "IAM.12", "IAM.13", "IAM.14")
                                .pciDss("8.3.6")
                                .iamGuide("account password policy", PAGE)
                                .list()),
                (p, t) -> missing(p, t).isEmpty(),
                (p, t) -> !missing(p, t).isEmpty()
                        ? "The password policy does not require " + CharacterClass.words(missing(p, t)) + "."
                        : t.requiredCharacters().isEmpty()
                                ? "No character types are required."
                                : "Passwords require " + CharacterClass.words(t.requiredCharacters()) + ".");
    }

    private static Set<CharacterClass> missing(PasswordPolicy p, Thresholds t) {
        Set<CharacterClass> missing = EnumSet.noneOf(CharacterClass.class);
        missing.addAll(t.requiredCharacters());
        missing.removeAll(CharacterClass.of(p));
        return missing;
    }

    private static Control reuse() {
        return new PasswordPolicyControl(
                new Rule(
                        "password-policy-reuse",
                        "Previous passwords cannot be reused",
                        "A reused password may already be known to others.",
                        REMEDY,
                        References.start()
                                .cis("1.9", "1.8", "2.8", "2.9")
                                .securityHub("IAM.16")
                                .pciDss("8.3.7")
                                .iamGuide("account password policy", PAGE)
                                .list()),
                (p, t) -> p.reusePrevention() >= t.reusePrevention(),
                (p, t) -> (p.reusePrevention() == 0
                                ? "Previous passwords can be reused"
                                : "The last " + p.reusePrevention() + " passwords cannot be reused")
                        + ". Required: " + t.reusePrevention() + ".");
    }

    private static Control expiry() {
        return new PasswordPolicyControl(
                new Rule(
                        "password-policy-expiry",
                        "Passwords expire",
                        "PCI DSS and CIS 1.2.0 require password expiry. Later CIS versions and NIST do not.",
                        REMEDY,
                        References.start()
                                .oldCis("1.11")
                                .securityHub("IAM.17")
                                .pciDss("8.3.9")
                                .iamGuide("account password policy", PAGE)
                                .list()),
                (p, t) -> t.maxPasswordAgeDays() == null
                        || (p.maxAgeDays() > 0 && p.maxAgeDays() <= t.maxPasswordAgeDays()),
                (p, t) -> (p.maxAgeDays() == 0
                                ? "Passwords never expire"
                                : "Passwords expire after " + p.maxAgeDays() + " days")
                        + (t.maxPasswordAgeDays() == null
                                ? ". No expiry is required."
                                : ". Required: " + t.maxPasswordAgeDays() + " days or less."));
    }

    private static Control selfChange() {
        return new PasswordPolicyControl(
                new Rule(
                        "password-policy-self-change",
                        "Users can change their own password",
                        "A user who cannot change an exposed password depends on an administrator.",
                        REMEDY,
                        References.start()
                                .iamGuide(
                                        "users changing their own password",
                                        "id_credentials_passwords_enable-user-change.html")
                                .list()),
                (p, t) -> p.allowUsersToChange(),
                (p, t) -> p.allowUsersToChange()
                        ? "Users can change their own password."
                        : "Users cannot change their own password.");
    }
}
