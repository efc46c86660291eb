package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.controls.Finding.Evidence;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.Administrator.Restriction;
import io.jenkins.plugins.awsrootguard.facts.Administrator.Standing;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code iam-admin}: somebody else than root can administer the account, with MFA. */
public final class IamAdmin {

    private static final int NAMED = 5;

    private IamAdmin() {}

    static Verdict judge(AccountFacts facts, Policy policy) {
        return judge(facts.administrators(), policy.administrators());
    }

    /** Judges the users and roles with AdministratorAccess by the policy. */
    public static Verdict judge(Fact<List<Administrator>> administrators, Policy.Administrators accepted) {
        if (!administrators.isKnown()) {
            return Verdict.unread("who has AdministratorAccess", List.of(administrators.unread()), List.of());
        }
        List<Administrator> all = administrators.get().stream()
                // The one whom the verdict rests on is among the few that are named.
                .sorted(Comparator.comparing(a -> !accepted.accepts(a) || a.standing() != Standing.VERIFIED))
                .toList();
        List<Evidence> evidence = new ArrayList<>();
        all.stream()
                .limit(NAMED)
                .map(a -> describe(a) + (accepted.accepts(a) ? "" : ", not accepted by the policy"))
                .forEach(text -> evidence.add(Evidence.of(administrators.source(), text)));
        if (all.isEmpty()) {
            evidence.add(Evidence.of(administrators.source(), "no user or role has AdministratorAccess"));
        }
        return judge(all.stream().filter(accepted::accepts).toList(), accepted.acceptIamUser(), evidence);
    }

    /** @param all the accepted ones */
    private static Verdict judge(List<Administrator> all, boolean acceptsUsers, List<Evidence> evidence) {
        if (all.isEmpty()) {
            return Verdict.fail(
                    acceptsUsers
                            ? "No IAM user or accepted role has AdministratorAccess."
                            : "No role that the policy accepts as administrator has AdministratorAccess.",
                    evidence);
        }
        Optional<Administrator> guarded = first(all, Administrator::isGuarded);
        if (guarded.isPresent()) {
            return Verdict.pass(passed(guarded.get(), all), evidence);
        }
        Optional<Administrator> undecided = first(all, Administrator::isUndecided);
        if (undecided.isPresent()) {
            return Verdict.unknown(
                    "Could not read whether IAM administrator " + name(undecided.get()) + " is restricted: "
                            + undecided.get().because(),
                    evidence);
        }
        if (first(all, a -> !a.isRole() && a.mfa() == null).isPresent()) {
            return Verdict.unknown(
                    "Whether an administrator has MFA could not be read (iam:ListMFADevices).", evidence);
        }
        return Verdict.fail(failed(first(all, Administrator::isLimited).orElse(null), all), evidence);
    }

    private static String passed(Administrator one, List<Administrator> all) {
        if (one.isRole()) {
            return "The " + name(one) + ", which the policy accepts as administrator, has AdministratorAccess"
                    + (one.because() == null ? " and is unrestricted" : "; " + one.because())
                    + ". Who can sign in with it was not checked.";
        }
        long users = all.stream().filter(a -> !a.isRole()).count();
        return users == 1
                ? "The IAM user " + name(one) + " has AdministratorAccess and MFA."
                : users + " IAM users have AdministratorAccess, at least one with MFA.";
    }

    /** @param limited one that is restricted; null for none */
    private static String failed(Administrator limited, List<Administrator> all) {
        String read = first(all, IamAdmin::isReported)
                .map(r -> " " + all.stream().filter(a -> !isReported(a)).count()
                        + " were read now, the others are from the credential report of "
                        + r.because().detail() + ".")
                .orElse("");
        if (limited == null) {
            return all.size() == 1
                    ? "The only IAM administrator, " + name(all.get(0)) + ", has no MFA."
                    : "None of the " + all.size() + " IAM administrators has MFA." + read;
        }
        String why = (limited.isRole() ? " does not count: " : " has MFA, but ") + limited.because()
                + ". Remove that restriction or create another administrator.";
        return all.size() == 1
                ? "The only IAM administrator, " + name(limited) + "," + why
                : "Each of the " + all.size() + " IAM administrators is restricted or has no MFA." + read + " "
                        + name(limited) + why;
    }

    private static boolean isReported(Administrator a) {
        return a.because() != null && a.because().restriction() == Restriction.REPORTED;
    }

    private static String describe(Administrator a) {
        String mfa = a.mfa() == null ? "MFA not read" : a.mfa() ? "MFA" : "no MFA";
        return name(a)
                + (a.isRole()
                        ? ""
                        : (a.viaGroup() == null ? " directly" : " through group " + Printable.text(a.viaGroup(), 128))
                                + ", " + mfa)
                + switch (a.standing()) {
                    case VERIFIED ->
                        ", unrestricted ("
                                + (a.isRole() ? "iam:GetRole" : "iam:GetUser")
                                + ", iam:SimulatePrincipalPolicy)";
                    case UNREAD -> ", restrictions could not be read";
                    case LIMITED -> ", but " + a.because();
                    case DEPENDS, LISTED -> a.because() == null ? "" : "; " + a.because();
                };
    }

    private static Optional<Administrator> first(List<Administrator> all, Predicate<Administrator> which) {
        return all.stream().filter(which).findFirst();
    }

    private static String name(Administrator a) {
        return (a.isRole() ? "role " : "") + Printable.text(a.userName(), 64);
    }
}
