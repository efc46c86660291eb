package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.policy.CharacterClass;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.policy.Thresholds;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/**
 * A control that compares one field of the account password policy with the requirement. It is the policy for IAM users: it does
 * not apply to root, but it decides how strong the passwords of IAM administrators are.
 */
final class PasswordPolicyControl extends Control {

    private static final String REMEDY =
            "Open the IAM console, choose Account settings, and edit Password policy. Phase 3 can also update the policy"
                    + " with credentials of the account; it keeps stricter values.";
    private static final String PAGE = "id_credentials_passwords_account-policy.html";
    private static final String LABEL = "account password policy";

    private final BiPredicate<PasswordPolicy, Thresholds> holds;
    private final BiFunction<PasswordPolicy, Thresholds, String> words;

    /** @param words says what the policy has, for both outcomes */
    private PasswordPolicyControl(
            String id,
            String title,
            String why,
            References references,
            BiPredicate<PasswordPolicy, Thresholds> holds,
            BiFunction<PasswordPolicy, Thresholds, String> words) {
        super(new Rule(id, title, why, REMEDY, references.list()));
        this.holds = holds;
        this.words = words;
    }

    static List<Control> all() {
        return List.of(
                new PasswordPolicyControl(
                        "password-policy",
                        "The account has a password policy",
                        "Without a custom policy, the AWS default applies: 8 characters, 3 character types, no expiry.",
                        References.start()
                                .cis("1.8", "1.7", "2.7", "2.8")
                                .securityHub("IAM.7")
                                .pciDss("8.3.6", "8.3.7", "8.3.9")
                                .iamGuide(LABEL, PAGE),
                        (p, t) -> p.custom(),
                        (p, t) -> p.custom()
                                ? "The account has a custom password policy."
                                : "The account has no custom password policy. The AWS default applies."),
                new PasswordPolicyControl(
                        "password-policy-length",
                        "Passwords have a minimum length",
                        "Short passwords are easier to guess.",
                        References.start()
                                .cis("1.8", "1.7", "2.7", "2.8")
                                .securityHub("IAM.15")
                                .pciDss("8.3.6")
                                .iamGuide(LABEL, PAGE),
                        (p, t) -> p.minimumLength() >= t.minimumPasswordLength(),
                        (p, t) -> "Minimum password length is " + p.minimumLength() + ". Required: "
                                + t.minimumPasswordLength() + " or more."),
                new PasswordPolicyControl(
                        "password-policy-complexity",
                        "Passwords require several character types",
                        "Passwords with fewer character types are easier to guess.",
                        References.start()
                                .oldCis("1.5-1.8")
                                .securityHub("IAM.11", "IAM.12", "IAM.13", "IAM.14")
                                .pciDss("8.3.6")
                                .iamGuide(LABEL, PAGE),
                        (p, t) -> missing(p, t).isEmpty(),
                        (p, t) -> !missing(p, t).isEmpty()
                                ? "The password policy does not require " + CharacterClass.words(missing(p, t)) + "."
                                : t.requiredCharacters().isEmpty()
                                        ? "No character types are required."
                                        : "Passwords require " + CharacterClass.words(t.requiredCharacters()) + "."),
                new PasswordPolicyControl(
                        "password-policy-reuse",
                        "Previous passwords cannot be reused",
                        "A reused password may already be known to others.",
                        References.start()
                                .cis("1.9", "1.8", "2.8", "2.9")
                                .securityHub("IAM.16")
                                .pciDss("8.3.7")
                                .iamGuide(LABEL, PAGE),
                        (p, t) -> p.reusePrevention() >= t.reusePrevention(),
                        (p, t) -> (p.reusePrevention() == 0
                                        ? "Previous passwords can be reused"
                                        : "The last " + p.reusePrevention() + " passwords cannot be reused")
                                + ". Required: " + t.reusePrevention() + "."),
                new PasswordPolicyControl(
                        "password-policy-expiry",
                        "Passwords expire",
                        "PCI DSS and CIS 1.2.0 require password expiry. Later CIS versions and NIST do not.",
                        References.start()
                                .oldCis("1.11")
                                .securityHub("IAM.17")
                                .pciDss("8.3.9")
                                .iamGuide(LABEL, PAGE),
                        (p, t) -> t.maxPasswordAgeDays() == null
                                || (p.maxAgeDays() > 0 && p.maxAgeDays() <= t.maxPasswordAgeDays()),
                        (p, t) -> (p.maxAgeDays() == 0
                                        ? "Passwords never expire"
                                        : "Passwords expire after " + p.maxAgeDays() + " days")
                                + (t.maxPasswordAgeDays() == null
                                        ? ". No expiry is required."
                                        : ". Required: " + t.maxPasswordAgeDays() + " days or less.")),
                new PasswordPolicyControl(
                        "password-policy-self-change",
                        "Users can change their own password",
                        "A user who cannot change an exposed password depends on an administrator.",
                        References.start()
                                .iamGuide(
                                        "users changing their own password",
                                        "id_credentials_passwords_enable-user-change.html"),
                        (p, t) -> p.allowUsersToChange(),
                        (p, t) -> p.allowUsersToChange()
                                ? "Users can change their own password."
                                : "Users cannot change their own password."));
    }

    private static Set<CharacterClass> missing(PasswordPolicy p, Thresholds t) {
        Set<CharacterClass> missing = EnumSet.noneOf(CharacterClass.class);
        missing.addAll(t.requiredCharacters());
        missing.removeAll(CharacterClass.of(p));
        return missing;
    }

    @Override
    Verdict judge(AccountFacts facts, Policy required) {
        Fact<PasswordPolicy> policy = facts.passwordPolicy();
        if (!policy.isKnown()) {
            return Verdict.unread("the account password policy", List.of(policy.unread()), List.of());
        }
        String text = words.apply(policy.get(), required.thresholds());
        List<Evidence> evidence = List.of(
                Evidence.of(policy.source(), policy.get().custom() ? text : "NoSuchEntity: the AWS default applies"));
        return holds.test(policy.get(), required.thresholds())
                ? Verdict.pass(text, evidence)
                : Verdict.fail(text, evidence);
    }
}
