package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import java.util.List;

/** The open manual tasks: those of the plan without the ones that newer findings show as completed. */
public final class Waiting {

    private Waiting() {}

    public static List<PendingTask> tasks(AccountState state) {
        if (state.plan() == null) {
            return List.of();
        }
        return state.plan().pending().stream().filter(t -> isOpen(t, state)).toList();
    }

    /** Returns the changes that are not held back, not approved and not made. */
    public static List<PlannedChange> unapproved(AccountState state) {
        Approval approval = state.standingApproval();
        return state.unmade().stream()
                .filter(c -> !c.isBlocked())
                .filter(c -> approval == null || !approval.changeIds().contains(c.id()))
                .toList();
    }

    private static boolean isOpen(PendingTask task, AccountState state) {
        return switch (task.what()) {
            case MFA -> isOpen("root-mfa", state);
            case PASSWORD -> isOpen("root-password-rotation", state);
            case ADMIN_MFA -> isOpen("iam-admin", state);
            case PLAN -> !unapproved(state).isEmpty();
        };
    }

    private static boolean isOpen(String control, AccountState state) {
        // Without a finding nothing shows that the task is completed.
        return state.findings() == null
                || state.findings()
                        .find(control)
                        .map(Finding::status)
                        .map(s -> s.isOpen())
                        .orElse(true);
    }
}
