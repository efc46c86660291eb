package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import java.util.List;

/** The open manual tasks: those of the plan without the ones that newer findings show as completed. */
public final class ManualTasks {

    private ManualTasks() {}

    public static List<PendingTask> open(AccountState state) {
        return state.plan() == null
                ? List.of()
                : state.plan().pending().stream()
                        .filter(t -> isOpen(t.what(), state))
                        .toList();
    }

    /** Returns the changes that are not held back, not approved and not made. */
    public static List<PlannedChange> unapproved(AccountState state) {
        Approval approval = state.standingApproval();
        return state.unmade().stream()
                .filter(c -> !c.isBlocked())
                .filter(c -> approval == null || !approval.changeIds().contains(c.id()))
                .toList();
    }

    /** Returns the id of the control that passes when the task is completed; null for an approval. */
    public static String control(PendingTask.What task) {
        return switch (task) {
            case MFA -> "root-mfa";
            case PASSWORD -> "root-password-rotation";
            case ADMIN_MFA -> "iam-admin";
            case PLAN -> null;
        };
    }

    private static boolean isOpen(PendingTask.What task, AccountState state) {
        if (task == PendingTask.What.PLAN) {
            return !unapproved(state).isEmpty();
        }
        // Without a finding nothing shows that the task is completed.
        return state.findings() == null
                || state.findings().find(control(task)).map(f -> f.isOpen()).orElse(true);
    }
}
