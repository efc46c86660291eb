package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.RootCredentialsReader;
import io.jenkins.plugins.awsrootguard.aws.RootTask;
import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.time.Instant;
import java.util.List;

/**
 * Plans to allow the recovery of one member account's root password: for the rare task that only a signed-in root user can do,
 * and the way back when a password was removed. The plan has this one change and is carried out as any other:
 * {@link Remediation#apply}.
 */
public final class PasswordRecoveryPlan {

    private PasswordRecoveryPlan() {}

    /**
     * @param member the account, reached through a privileged root session
     * @return without changes when root has a password, which can be reset already
     * @throws InvalidInputException when it is the caller's own account, or root can't have a password there
     */
    public static RemediationPlan of(AccountConnection member) {
        String account = member.accountId();
        if (member.route() != AccessMethod.ROOT_SESSION) {
            throw new InvalidInputException(
                    "Account " + account + " is the one that the credentials belong to: the recovery of a"
                            + " root password can be allowed for a member account, from the organization's management account");
        }
        if (!member.partition().rootHasConsole()) {
            throw new InvalidInputException(
                    "In the partition " + member.partition().id()
                            + " the root user has no console and no password: there is nothing to recover");
        }
        Fact<Boolean> password = new RootCredentialsReader(member).password(RootTask.AUDIT);
        List<PlannedChange> changes = password.isKnown() && password.get()
                ? List.of()
                : List.of(new PlannedChange(
                        ChangeKind.ALLOW_ROOT_PASSWORD_RECOVERY,
                        account,
                        "Allow the recovery of the root password of account " + account
                                + ": whoever reads the root user's mailbox can set one then",
                        "root-password-rotation",
                        password.isKnown()
                                ? null
                                : new HeldBack(
                                        HeldBack.Reason.PASSWORD_UNREAD,
                                        password.unread().sentence())));
        return new RemediationPlan(account, Instant.now(), changes, List.of());
    }
}
