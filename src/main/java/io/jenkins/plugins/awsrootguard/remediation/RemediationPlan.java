package io.jenkins.plugins.awsrootguard.remediation;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

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

    /** With more changes at the end. */
    public RemediationPlan with(List<PlannedChange> more) {
        List<PlannedChange> all = Stream.concat(changes.stream(), more.stream()).toList();
        return new RemediationPlan(accountId, plannedAt, all, pending, unknownKeys);
    }

    public List<PlannedChange> destructive() {
        return changes.stream().filter(c -> c.kind().isDestructive()).toList();
    }
}
