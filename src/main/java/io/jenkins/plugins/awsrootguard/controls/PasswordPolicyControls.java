package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * The controls on the account password policy. It is the policy for IAM users: it does not apply to root, but it decides how
 * strong the passwords of those are who take over from root.
 */
final class PasswordPolicyControls {

    private static final String REMEDY =
            "rootSecure sets it, keeping every field that is already stricter; through a privileged root session it can't. By"
                    + " hand: IAM console, Account settings, Password policy.";
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
                        Severity.HIGH,
                        "Without one, AWS's default accepts eight characters of three kinds, for ever.",
                        REMEDY,
                        References.start()
                                .securityHub(7)
                                .iamGuide("account password policy", PAGE)
                                .list()),
                (p, t) -> p.custom(),
                (p, t) -> p.custom()
                        ? "The account has a password policy of its own."
                        : "The account has no password policy; AWS's default applies.");
    }

    private static Control length() {
        return new PasswordPolicyControl(
                new Rule(
                        "password-policy-length",
                        "Passwords have a minimum length",
                        Severity.MEDIUM,
                        "Length is what makes a password hard to guess.",
                        REMEDY,
                        References.start()
                                .cis("1.8", "1.7", "2.7", "2.8")
                                .securityHub(15)
                                .iamGuide("account password policy", PAGE)
                                .list()),
                (p, t) -> p.minimumLength() >= t.minimumPasswordLength(),
                (p, t) -> "The minimum password length is " + p.minimumLength() + "; " + t.minimumPasswordLength()
                        + " is asked.");
    }

    private static Control complexity() {
        return new PasswordPolicyControl(
                new Rule(
                        "password-policy-complexity",
                        "Passwords mix all four kinds of characters",
                        Severity.MEDIUM,
                        "A password of one kind of characters falls to a dictionary.",
                        REMEDY,
                        References.start()
                                .oldCis("1.5-1.8")
                                .securityHub(11, 12, 13, 14)
                                .iamGuide("account password policy", PAGE)
                                .list()),
                (p, t) -> p.requiresAllClasses(),
                (p, t) -> p.requiresAllClasses()
                        ? "Passwords need upper case, lower case, numbers and symbols."
                        : "Passwords need not have " + missingClasses(p) + ".");
    }

    private static String missingClasses(PasswordPolicy p) {
        List<String> missing = new ArrayList<>();
        if (!p.requireUppercase()) {
            missing.add("upper case");
        }
        if (!p.requireLowercase()) {
            missing.add("lower case");
        }
        if (!p.requireNumbers()) {
            missing.add("numbers");
        }
        if (!p.requireSymbols()) {
            missing.add("symbols");
        }
        return String.join(", ", missing);
    }

    private static Control reuse() {
        return new PasswordPolicyControl(
                new Rule(
                        "password-policy-reuse",
                        "Former passwords can't be used again",
                        Severity.MEDIUM,
                        "A password that comes back was never changed.",
                        REMEDY,
                        References.start()
                                .cis("1.9", "1.8", "2.8", "2.9")
                                .securityHub(16)
                                .iamGuide("account password policy", PAGE)
                                .list()),
                (p, t) -> p.reusePrevention() >= t.reusePrevention(),
                (p, t) -> (p.reusePrevention() == 0
                                ? "Former passwords can be used again"
                                : "The last " + p.reusePrevention() + " passwords can't be used again")
                        + "; " + t.reusePrevention() + " are asked.");
    }

    private static Control expiry() {
        return new PasswordPolicyControl(
                new Rule(
                        "password-policy-expiry",
                        "Passwords expire",
                        Severity.MEDIUM,
                        "Asked by PCI DSS and by CIS up to 1.2.0; later versions of CIS and NIST no longer do. It is a control"
                                + " of its own so that it can be left out.",
                        REMEDY,
                        References.start()
                                .oldCis("1.11")
                                .securityHub(17)
                                .standard("PCI DSS 3.2.1, 8.2.4 (90 days)")
                                .iamGuide("account password policy", PAGE)
                                .list()),
                (p, t) -> p.maxAgeDays() > 0 && p.maxAgeDays() <= t.maxPasswordAgeDays(),
                (p, t) -> (p.maxAgeDays() == 0
                                ? "Passwords never expire"
                                : "Passwords expire after " + p.maxAgeDays() + " days")
                        + "; " + t.maxPasswordAgeDays() + " days are asked.");
    }

    private static Control selfChange() {
        return new PasswordPolicyControl(
                new Rule(
                        "password-policy-self-change",
                        "Users may change their own password",
                        Severity.MEDIUM,
                        "Who can't change a password that has leaked has to wait for an administrator.",
                        REMEDY,
                        References.start()
                                .securityHub(7)
                                .iamGuide(
                                        "users changing their own password",
                                        "id_credentials_passwords_enable-user-change.html")
                                .list()),
                (p, t) -> p.allowUsersToChange(),
                (p, t) -> p.allowUsersToChange()
                        ? "Users may change their own password."
                        : "Users may not change their own password.");
    }
}
