package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.controls.Controls.Control;
import io.jenkins.plugins.awsrootguard.controls.Finding.Evidence;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.policy.CharacterClass;
import io.jenkins.plugins.awsrootguard.policy.Thresholds;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/**
 * The controls that compare one field of the account password policy with the requirement. It is the policy for IAM users: it does
 * not apply to root, but it decides how strong the passwords of IAM administrators are.
 */
final class PasswordPolicyControl {

    private PasswordPolicyControl() {}

    static List<Control> all() {
        return List.of(
                control(
                        "password-policy",
                        (p, t) -> p.custom(),
                        (p, t) -> p.custom()
                                ? "The account has a custom password policy."
                                : "The account has no custom password policy. The AWS default applies."),
                control(
                        "password-policy-length",
                        (p, t) -> p.minimumLength() >= t.minimumPasswordLength(),
                        (p, t) -> "Minimum password length is " + p.minimumLength() + ". Required: "
                                + t.minimumPasswordLength() + " or more."),
                control(
                        "password-policy-complexity",
                        (p, t) -> missing(p, t).isEmpty(),
                        (p, t) -> !missing(p, t).isEmpty()
                                ? "The password policy does not require " + CharacterClass.words(missing(p, t)) + "."
                                : t.requiredCharacters().isEmpty()
                                        ? "No character types are required."
                                        : "Passwords require " + CharacterClass.words(t.requiredCharacters()) + "."),
                control(
                        "password-policy-reuse",
                        (p, t) -> p.reusePrevention() >= t.reusePrevention(),
                        (p, t) -> (p.reusePrevention() == 0
                                        ? "Previous passwords can be reused"
                                        : "The last " + p.reusePrevention() + " passwords cannot be reused")
                                + ". Required: " + t.reusePrevention() + "."),
                control(
                        "password-policy-expiry",
                        (p, t) -> t.maxPasswordAgeDays() == null
                                || (p.maxAgeDays() > 0 && p.maxAgeDays() <= t.maxPasswordAgeDays()),
                        (p, t) -> (p.maxAgeDays() == 0
                                        ? "Passwords never expire"
                                        : "Passwords expire after " + p.maxAgeDays() + " days")
                                + (t.maxPasswordAgeDays() == null
                                        ? ". No expiry is required."
                                        : ". Required: " + t.maxPasswordAgeDays() + " days or less.")),
                control(
                        "password-policy-self-change",
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

    /** @param words says what the policy has, for both outcomes */
    private static Control control(
            String id,
            BiPredicate<PasswordPolicy, Thresholds> holds,
            BiFunction<PasswordPolicy, Thresholds, String> words) {
        return new Control(id, (facts, required) -> {
            Fact<PasswordPolicy> policy = facts.passwordPolicy();
            if (!policy.isKnown()) {
                return Verdict.unread("the account password policy", List.of(policy.unread()), List.of());
            }
            String text = words.apply(policy.get(), required.thresholds());
            List<Evidence> evidence = List.of(Evidence.of(
                    policy.source(), policy.get().custom() ? text : "NoSuchEntity: the AWS default applies"));
            return holds.test(policy.get(), required.thresholds())
                    ? Verdict.pass(text, evidence)
                    : Verdict.fail(text, evidence);
        });
    }
}
