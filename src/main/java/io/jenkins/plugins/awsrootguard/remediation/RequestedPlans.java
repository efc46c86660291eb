package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.CentralRootAccess;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.aws.OrganizationReader;
import io.jenkins.plugins.awsrootguard.aws.RootCredentialsReader;
import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.remediation.HeldBack.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Plans on request, without a finding. They are approved and carried out as all others. */
public final class RequestedPlans {

    private RequestedPlans() {}

    /**
     * Plans to enable central root management in an organization, after reading which features are off.
     *
     * @param caller credentials of the management account; with those of another account each change is held back
     * @return without changes when all features are on
     * @throws io.jenkins.plugins.awsrootguard.aws.AwsAccessException when the features could not be read
     */
    public static RemediationPlan enableCentralRoot(AccountConnection caller) {
        String management = new OrganizationReader(caller).describe().managementAccountId();
        Fact<CentralRootManagement> read = new CentralRootAccess(caller).read();
        if (!read.isKnown()) {
            throw new AwsAccessException(read.unread());
        }
        CentralRootManagement on = read.get();
        HeldBack heldBack = management.equals(caller.accountId())
                ? null
                : new HeldBack(Reason.MANAGEMENT_ACCOUNT_REQUIRED, management);
        List<ChangeKind> kinds = new ArrayList<>();
        if (!on.hasTrustedAccess()) {
            kinds.add(ChangeKind.ENABLE_TRUSTED_ACCESS);
        }
        if (!on.credentialsManagement()) {
            kinds.add(ChangeKind.ENABLE_ROOT_CREDENTIALS_MANAGEMENT);
        }
        if (!on.sessions()) {
            kinds.add(ChangeKind.ENABLE_ROOT_SESSIONS);
        }
        return plan(
                caller,
                kinds.stream().map(k -> k.of(caller.accountId(), heldBack)).toList());
    }

    /**
     * Plans to allow the recovery of a member account's root password: for a task that only a signed-in root user can do.
     *
     * @param member the account, through a privileged root session
     * @return without changes when root has a password, which can be reset without this
     * @throws InvalidInputException when it is not a member account, or its root user can't have a password
     */
    public static RemediationPlan allowPasswordRecovery(AccountConnection member) {
        String account = member.accountId();
        if (member.accessMethod() != AccessMethod.ROOT_SESSION) {
            throw new InvalidInputException("The credentials belong to account " + account
                    + ". The recovery of a root password can be allowed for"
                    + " a member account, with credentials of the organization's management account.");
        }
        if (!member.partition().rootHasConsole()) {
            throw new InvalidInputException("In the partition "
                    + member.partition().id() + " the root user has no console and no password to recover.");
        }
        Fact<Boolean> password = new RootCredentialsReader(member).password();
        HeldBack heldBack = password.isKnown() ? null : HeldBack.unread(Reason.PASSWORD_UNREAD, password);
        return plan(
                member,
                password.isKnown() && password.get()
                        ? List.of()
                        : List.of(ChangeKind.ALLOW_ROOT_PASSWORD_RECOVERY.of(account, heldBack)));
    }

    private static RemediationPlan plan(AccountConnection connection, List<PlannedChange> changes) {
        return new RemediationPlan(connection.accountId(), Instant.now(), changes, List.of());
    }
}
