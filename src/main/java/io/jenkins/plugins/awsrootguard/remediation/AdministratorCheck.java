package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.aws.AccountChanges;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AccountReader;
import io.jenkins.plugins.awsrootguard.aws.AdministratorReader;
import io.jenkins.plugins.awsrootguard.aws.AdministratorSignIn;
import io.jenkins.plugins.awsrootguard.aws.AdministratorSignIn.Doubt;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.Administrator.Standing;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.remediation.HeldBack.Reason;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Verifies by live calls that an IAM user, or a role that the policy accepts, can administer the account, before root's
 * credentials are changed. Where root has no password, the user must already be able to sign in: with a password or an active
 * key. A role must have been used in the last days, by somebody who can certainly use it again.
 *
 * <p>Through a privileged root session no administrator is required: the management account keeps its access to root. For the
 * deletion of root's password see {@link RootCredentialsPlan}.
 */
final class AdministratorCheck {

    private final AccountConnection connection;
    private final AdministratorReader reader;
    private final RemediationSettings settings;
    private final Policy policy;
    private final Consumer<String> log;

    AdministratorCheck(
            AccountConnection connection, RemediationSettings settings, Policy policy, Consumer<String> log) {
        this.connection = connection;
        this.reader = new AdministratorReader(connection);
        this.settings = settings;
        this.policy = policy;
        this.log = log;
    }

    /** Why a deletion is held back; null when the account remains accessible without root's credentials. */
    HeldBack run() {
        if (connection.accessMethod() == AccessMethod.ROOT_SESSION) {
            log.accept("The management account keeps access through root sessions");
            return null;
        }
        if (connection.accessMethod() == AccessMethod.ROOT_KEY) {
            try {
                new AccountChanges(connection).requireOwnRoot();
            } catch (AwsAccessException e) {
                return notVerified(e.getMessage());
            }
        }
        Fact<List<Administrator>> all = reader.listed();
        if (!all.isKnown()) {
            return notVerified("whether an administrator other than root exists could not be read: "
                    + all.unread().sentence());
        }
        boolean mustSignIn = mustSignIn();
        String why =
                "no IAM user and no accepted role has AdministratorAccess, and without root's key the account would"
                        + " have no administrator";
        for (Administrator candidate : candidates(all.get())) {
            String problem = problem(candidate, mustSignIn || candidate.isRole());
            if (problem == null) {
                String certain = candidate.isRole() ? " and was used in the last 7 days" : " and can sign in";
                log.accept("Verified by a live call: " + name(candidate) + " has AdministratorAccess"
                        + (mustSignIn || candidate.isRole() ? certain : ""));
                return null;
            }
            why = name(candidate) + ": " + problem;
        }
        return notVerified(why);
    }

    /** Roles first, because there are few, and then the user of the settings. */
    private List<Administrator> candidates(List<Administrator> all) {
        return all.stream()
                .filter(a -> !a.isRole() || policy.administrators().accepts(a))
                .sorted(Comparator.comparing(a -> !a.isRole() && !a.userName().equals(settings.adminUserName())))
                .limit(AdministratorReader.MOST)
                .toList();
    }

    private static HeldBack notVerified(String why) {
        return new HeldBack(Reason.ADMINISTRATOR_NOT_VERIFIED, why);
    }

    /** Why the user or role can't take the place of root; null if it can. */
    private String problem(Administrator candidate, boolean mustGetIn) {
        Administrator now = reader.verify(candidate);
        if (now.standing() != Standing.VERIFIED) {
            boolean lacksMfa = !now.isRole() && !Boolean.TRUE.equals(now.mfa()) && now.isLimited();
            return now.because() + (lacksMfa ? ", for calls without MFA" : "");
        }
        try {
            Doubt doubt = mustGetIn ? new AdministratorSignIn(connection).doubt(now) : null;
            return doubt == null ? null : sentence(doubt);
        } catch (AwsAccessException e) {
            return e.getMessage();
        }
    }

    /** Continues a sentence about the administrator. */
    private static String sentence(Doubt doubt) {
        return switch (doubt) {
            case NO_CREDENTIALS ->
                "it has no active access key and no console password that is certain to work, and root cannot sign in"
                        + " to create one. Create one first";
            case NOT_USED ->
                "AWS reports no use of it in the last 7 days. Sign in with it, and run this phase again when the IAM"
                        + " console shows its last activity";
            case TRUST ->
                "its trust policy must name only IAM Identity Center or other accounts, without other conditions."
                        + " Otherwise it is not certain that somebody can assume it. Use such a role, or set"
                        + " administrators.accept to [IAM_USER] in the policy to have an IAM user planned";
        };
    }

    private static String name(Administrator a) {
        return (a.isRole() ? "role " : "IAM user ") + Printable.text(a.userName(), 64);
    }

    /** Root with a password can sign in and create credentials for the administrator. */
    private boolean mustSignIn() {
        if (!connection.partition().rootHasConsole()) {
            return true;
        }
        Fact<AccountSummary> summary = new AccountReader(connection).accountSummary();
        return !summary.isKnown()
                || summary.get().value(AccountSummary.PASSWORD_PRESENT).orElse(0) != 1;
    }
}
