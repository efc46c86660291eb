package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.aws.AccountChanges;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AccountReader;
import io.jenkins.plugins.awsrootguard.aws.AdministratorReader;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Proves by live calls that somebody other than root can administer the account, before root's own credentials are touched.
 * Where root could not sign in to a console any more, that somebody must have a way in already: a password or an active key.
 *
 * <p>A member account that is reached through a privileged root session needs no such proof: the session itself shows that the
 * organization's management account can act as root there, whatever root itself has left. What a session can't do, only a
 * person signed in as root can; so before root's password goes, AWS must say that its recovery can be allowed again
 * ({@link RootPasswordPlan}).
 */
final class AdministratorProof {

    /** Enough to find one; each takes some calls. */
    private static final int MOST = 20;

    private final AccountConnection connection;
    private final RemediationSettings settings;
    private final AccountChanges calls;

    AdministratorProof(AccountConnection connection, RemediationSettings settings) {
        this.connection = connection;
        this.settings = settings;
        this.calls = new AccountChanges(connection);
    }

    /**
     * What came of it.
     *
     * @param holds whether root may be touched
     * @param text who is proven, or why nobody is; one line
     */
    record Result(boolean holds, String text) {}

    Result prove() {
        if (connection.route() == AccessMethod.ROOT_SESSION) {
            return new Result(true, "The management account keeps access through root sessions");
        }
        if (connection.route() == AccessMethod.ROOT_KEY) {
            try {
                calls.requireOwnRoot();
            } catch (AwsAccessException e) {
                return new Result(false, e.getMessage());
            }
        }
        Fact<List<Administrator>> all = new AdministratorReader(connection).administrators();
        if (!all.isKnown()) {
            return new Result(
                    false,
                    "whether an administrator other than root exists could not be read: "
                            + all.unread().sentence());
        }
        Set<String> candidates = new LinkedHashSet<>();
        all.get().stream()
                .map(Administrator::userName)
                .filter(settings.adminUserName()::equals)
                .forEach(candidates::add);
        all.get().stream().map(Administrator::userName).limit(MOST).forEach(candidates::add);
        return candidates.isEmpty()
                ? new Result(
                        false,
                        "no IAM user has AdministratorAccess, and without root's key nobody could administer the account")
                : prove(candidates, isWayInNeeded());
    }

    private Result prove(Set<String> candidates, boolean wayIn) {
        String why = "every IAM administrator is restricted by a permissions boundary or a deny policy"
                + " (for a user without an MFA device, also by a policy that requires MFA)";
        for (String user : candidates) {
            try {
                if (!calls.isAdministrator(user)) {
                    continue;
                }
                if (!wayIn || calls.canGetIn(user)) {
                    return new Result(
                            true,
                            "Verified by a live call: IAM user " + Printable.text(user, 64) + " has AdministratorAccess"
                                    + (wayIn ? " and can sign in" : ""));
                }
                why =
                        "no IAM administrator has an active access key, or a console password that can't have expired for good,"
                                + " and root could not sign in to give it one; give it one first";
            } catch (AwsAccessException e) {
                why = e.getMessage();
            }
        }
        return new Result(false, why);
    }

    /** Root with a password can still sign in and let the administrator in; without one, its key may be the only way in. */
    private boolean isWayInNeeded() {
        if (!connection.partition().rootHasConsole()) {
            return true;
        }
        Fact<AccountSummary> summary = new AccountReader(connection).accountSummary();
        return !summary.isKnown()
                || summary.get().value(AccountSummary.PASSWORD_PRESENT).orElse(0) != 1;
    }
}
