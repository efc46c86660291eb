package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.facts.AccountId;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.PasswordRecoveryPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import java.io.IOException;
import picocli.CommandLine.Option;

/** Allowing the recovery of one member's root password, which is a run of its own. */
final class RecoveryOption {

    @Option(
            names = "--allow-password-recovery",
            paramLabel = "ACCOUNT_ID",
            description =
                    "Nothing but this: allow the recovery of the root password of this member account. Whoever reads the root"
                            + " user's mailbox can set one then.")
    private String accountId;

    boolean isGiven() {
        return accountId != null;
    }

    /**
     * The account that is meant.
     *
     * @throws io.jenkins.plugins.awsrootguard.facts.InvalidInputException when it is none
     */
    String account() {
        return AccountId.parse(accountId);
    }

    /** Exit code 1 when it was to be done and wasn't. */
    int recover(Console console, AccountConnection connection, AccountFolder folder, boolean apply)
            throws IOException {
        RemediationPlan plan = PasswordRecoveryPlan.of(connection);
        if (plan.changes().isEmpty()) {
            console.say("Root of " + connection.accountId() + " has a password, which whoever reads its mailbox can reset.");
            return ExitCode.OK;
        }
        boolean well = ApprovedPlan.carryOut(console, connection, folder, plan, apply).stream()
                .allMatch(c -> c.outcome() == Outcome.DONE || c.outcome() == Outcome.WOULD_DO);
        return well ? ExitCode.OK : ExitCode.FINDINGS;
    }
}
