package io.jenkins.plugins.awsrootguard.remediation;

import java.time.Instant;
import java.util.List;

/**
 * The planned changes, in order, and the manual tasks.
 *
 * @param unknownKeys allow-listed keys, shortened, that root does not have; most likely mistyped or deleted
 */
public record RemediationPlan(
        String accountId,
        Instant plannedAt,
        List<PlannedChange> changes,
        List<PendingTask> pending,
        List<String> unknownKeys) {

    public RemediationPlan {
        changes = List.copyOf(changes);
        pending = List.copyOf(pending);
        unknownKeys = List.copyOf(unknownKeys);
    }

    public RemediationPlan(
            String accountId, Instant plannedAt, List<PlannedChange> changes, List<PendingTask> pending) {
        this(accountId, plannedAt, changes, pending, List.of());
    }

    public List<PlannedChange> destructive() {
        return changes.stream().filter(c -> c.kind().isDestructive()).toList();
    }
}
