package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import java.util.List;

/** What still waits for a person: the plan's tasks without those that newer findings show to be done. */
public final class Waiting {

    private Waiting() {}

    public static List<PendingTask> tasks(AccountState state) {
        if (state.plan() == null) {
            return List.of();
        }
        return state.plan().pending().stream().filter(t -> isOpen(t, state)).toList();
    }

    /** The deletions that nothing else holds back, that nobody has approved and that were not made. */
    public static List<PlannedChange> unapproved(AccountState state) {
        Approval approval = state.standingApproval();
        return state.unmade().stream()
                .filter(c -> c.kind().isDestructive() && !c.isBlocked())
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
        // A control that was not judged leaves the task standing: nothing shows that it was done.
        return state.findings() == null
                || state.findings()
                        .find(control)
                        .map(Finding::status)
                        .map(s -> s.isOpen())
                        .orElse(true);
    }
}
