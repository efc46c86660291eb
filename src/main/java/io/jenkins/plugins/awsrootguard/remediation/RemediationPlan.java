package io.jenkins.plugins.awsrootguard.remediation;

import java.time.Instant;
import java.util.List;

/**
 * The planned changes, in order, and the manual tasks.
 *
 * @param changes empty when there is nothing to do
 * @param pending empty without manual tasks
 */
public record RemediationPlan(
        String accountId, Instant plannedAt, List<PlannedChange> changes, List<PendingTask> pending) {

    public RemediationPlan {
        changes = List.copyOf(changes);
        pending = List.copyOf(pending);
    }

    public List<PlannedChange> destructive() {
        return changes.stream().filter(c -> c.kind().isDestructive()).toList();
    }
}
