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
import io.jenkins.plugins.awsrootguard.remediation.HeldBack.Reason;
import java.util.List;
import java.util.stream.Stream;

/**
 * Verifies by live calls that an IAM user can administer the account, before root's credentials are changed. Where root has no
 * password, that user must already be able to sign in: with a password or an active key.
 *
 * <p>Through a privileged root session no such user is required: the management account keeps its access to root. For the
 * deletion of root's password see {@link RootCredentialsPlan}.
 */
final class AdministratorCheck {

    /** Each candidate requires several calls. */
    private static final int MAX_CANDIDATES = 20;

    private final AccountConnection connection;
    private final RemediationSettings settings;
    private final ProgressLog log;
    private final AccountChanges calls;

    AdministratorCheck(AccountConnection connection, RemediationSettings settings, ProgressLog log) {
        this.connection = connection;
        this.settings = settings;
        this.log = log;
        this.calls = new AccountChanges(connection);
    }

    /** Why a deletion is held back; null when the account remains accessible without root's credentials. */
    HeldBack run() {
        if (connection.accessMethod() == AccessMethod.ROOT_SESSION) {
            log.line("The management account keeps access through root sessions");
            return null;
        }
        if (connection.accessMethod() == AccessMethod.ROOT_KEY) {
            try {
                calls.requireOwnRoot();
            } catch (AwsAccessException e) {
                return notVerified(e.getMessage());
            }
        }
        Fact<List<Administrator>> all = new AdministratorReader(connection).administrators();
        if (!all.isKnown()) {
            return notVerified("whether an administrator other than root exists could not be read: "
                    + all.unread().sentence());
        }
        List<String> users = all.get().stream().map(Administrator::userName).toList();
        if (users.isEmpty()) {
            return notVerified("no IAM user has AdministratorAccess, and without root's key the account would have no"
                    + " administrator");
        }
        Stream<String> configured = users.stream().filter(settings.adminUserName()::equals);
        return verify(
                Stream.concat(configured, users.stream().limit(MAX_CANDIDATES))
                        .distinct()
                        .toList(),
                mustSignIn());
    }

    private static HeldBack notVerified(String why) {
        return new HeldBack(Reason.ADMINISTRATOR_NOT_VERIFIED, why);
    }

    private HeldBack verify(List<String> candidates, boolean mustSignIn) {
        String why = "every IAM administrator is restricted by a permissions boundary or a deny policy"
                + " (for a user without an MFA device, also by a policy that requires MFA)";
        for (String user : candidates) {
            try {
                if (!calls.isAdministrator(user)) {
                    continue;
                }
                if (!mustSignIn || calls.canGetIn(user)) {
                    log.line("Verified by a live call: IAM user " + Printable.text(user, 64)
                            + " has AdministratorAccess" + (mustSignIn ? " and can sign in" : ""));
                    return null;
                }
                why = "no IAM administrator has an active access key or a console password that is certain to work,"
                        + " and root cannot sign in to create one. Create one first";
            } catch (AwsAccessException e) {
                why = e.getMessage();
            }
        }
        return notVerified(why);
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
