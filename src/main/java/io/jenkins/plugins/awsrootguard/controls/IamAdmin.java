package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.Administrator.Standing;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** {@code iam-admin}: somebody else than root can administer the account, with MFA. */
final class IamAdmin implements Control {

    private static final int NAMED = 5;

    private static final Rule RULE = new Rule(
            "iam-admin",
            "An IAM administrator other than root exists",
            "Without an IAM administrator, everyday work requires root, and deleting root credentials can lock everyone out.",
            "1. Create an IAM user with AdministratorAccess; phase 3 can do this with credentials of the account. 2. In the"
                    + " IAM console, choose Users, the user, Security credentials, and Assign MFA device. If an existing"
                    + " administrator is restricted, find out why before you remove the restriction: AWS restricts users"
                    + " whose access key was exposed.",
            References.start()
                    .cis("1.10", "1.9", "2.9", "2.10")
                    .cis("1.15", "1.14", "2.14", "2.13")
                    .pciDss("8.2.2")
                    .iamGuide("creating an administrator", "getting-started-account-iam.html")
                    .list());

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public Verdict judge(AccountFacts facts, Policy policy) {
        if (!facts.administrators().isKnown()) {
            return Verdict.unread(
                    "who has AdministratorAccess",
                    List.of(facts.administrators().unread()),
                    List.of());
        }
        List<Administrator> all = facts.administrators().get();
        Policy.Administrators accepted = policy.administrators();
        Verdict users = accepted.acceptIamUser()
                ? users(facts, all.stream().filter(a -> !a.isRole()).toList())
                : Verdict.fail("The policy accepts no IAM user as administrator.", List.of());
        return users.status() == Status.PASS
                ? users
                : all.stream()
                        .filter(a -> a.isRole() && accepted.acceptRole(a.userName()))
                        .findFirst()
                        .map(role -> role(facts, role))
                        .orElse(accepted.acceptIamUser() ? users : noRole(facts, all));
    }

    private static Verdict role(AccountFacts facts, Administrator role) {
        return Verdict.pass(
                "The role " + name(role)
                        + ", which the policy accepts as administrator, has AdministratorAccess. Who can"
                        + " assume it was not checked.",
                List.of(Evidence.of(facts.administrators().source(), "role " + name(role))));
    }

    private static Verdict noRole(AccountFacts facts, List<Administrator> all) {
        List<Evidence> roles = all.stream()
                .filter(Administrator::isRole)
                .limit(NAMED)
                .map(r -> Evidence.of(facts.administrators().source(), "role " + name(r) + ", not accepted"))
                .toList();
        return Verdict.fail("No role that the policy accepts as administrator has AdministratorAccess.", roles);
    }

    private static Verdict users(AccountFacts facts, List<Administrator> all) {
        List<Evidence> evidence = new ArrayList<>();
        all.stream()
                // The one whom the verdict rests on is among the few that are named.
                .sorted(Comparator.comparing(a -> a.standing() != Standing.VERIFIED))
                .limit(NAMED)
                .forEach(a -> evidence.add(Evidence.of(facts.administrators().source(), describe(a))));
        if (all.isEmpty()) {
            evidence.add(Evidence.of(facts.administrators().source(), "no user has AdministratorAccess"));
            return Verdict.fail("No IAM user or accepted role has AdministratorAccess.", evidence);
        }
        if (all.stream().anyMatch(Administrator::isGuarded)) {
            return Verdict.pass(
                    all.size() == 1
                            ? "The IAM user " + name(all.get(0)) + " has AdministratorAccess and MFA."
                            : all.size() + " IAM users have AdministratorAccess, at least one with MFA.",
                    evidence);
        }
        Administrator undecided =
                all.stream().filter(Administrator::isUndecided).findFirst().orElse(null);
        if (undecided != null) {
            return Verdict.unknown(
                    "Could not read whether IAM administrator " + name(undecided) + " is restricted: "
                            + undecided.because(),
                    evidence);
        }
        if (all.stream().anyMatch(a -> a.mfa() == null)) {
            return Verdict.unknown(
                    "Whether an administrator has MFA could not be read (iam:ListMFADevices).", evidence);
        }
        Administrator limited = first(all, Standing.LIMITED);
        if (limited != null) {
            return Verdict.fail(
                    all.size() == 1
                            ? "The only IAM administrator, " + name(limited) + ", has MFA, but " + limited.because()
                                    + ". Remove that restriction or create another administrator."
                            : "Each of the " + all.size() + " IAM administrators is restricted or has no MFA. "
                                    + name(limited) + " has MFA, but " + limited.because()
                                    + ". Remove that restriction or create another administrator.",
                    evidence);
        }
        return Verdict.fail(
                all.size() == 1
                        ? "The only IAM administrator, " + name(all.get(0)) + ", has no MFA."
                        : "None of the " + all.size() + " IAM administrators has MFA.",
                evidence);
    }

    private static String describe(Administrator a) {
        String mfa = a.mfa() == null ? "MFA not read" : a.mfa() ? "MFA" : "no MFA";
        return name(a) + (a.viaGroup() == null ? " directly" : " through group " + Printable.text(a.viaGroup(), 128))
                + ", " + mfa
                + switch (a.standing()) {
                    case ROLE -> "";
                    case VERIFIED -> ", unrestricted (iam:GetUser, iam:SimulatePrincipalPolicy)";
                    case LIMITED -> ", but " + a.because();
                    case DEPENDS -> "; " + a.because();
                    case UNREAD -> ", restrictions could not be read";
                    case LISTED -> a.because() == null ? "" : "; " + a.because();
                };
    }

    /** Null if no administrator has this standing. */
    private static Administrator first(List<Administrator> all, Standing standing) {
        return all.stream().filter(a -> a.standing() == standing).findFirst().orElse(null);
    }

    private static String name(Administrator a) {
        return Printable.text(a.userName(), 64);
    }
}
