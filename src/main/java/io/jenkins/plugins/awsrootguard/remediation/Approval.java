package io.jenkins.plugins.awsrootguard.remediation;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An approval of a plan. It is valid for the changes that were shown, not for later ones.
 *
 * @param changeIds the {@link PlannedChange#id()}s that were shown
 * @param namedKeys ids (whole, or shortened as shown) of allow-listed keys: recently used, and approved for deletion
 */
public record Approval(String by, Instant at, Set<String> changeIds, Set<String> namedKeys) {

    public Approval {
        changeIds = Set.copyOf(changeIds);
        namedKeys = Set.copyOf(namedKeys);
    }

    /**
     * The part of it that is valid for a plan. An approval of a change ends when the change is made: a change that is required
     * again later, such as the deletion of a password that was set again, requires a new approval.
     *
     * @param journal the account's records, in any order
     */
    public Approval standing(RemediationPlan plan, List<ChangeRecord> journal) {
        Set<String> used = journal.stream()
                .filter(c -> c.outcome() == ChangeRecord.Outcome.DONE
                        && !c.at().isBefore(at)
                        && c.at().isBefore(plan.plannedAt()))
                .map(ChangeRecord::id)
                .collect(Collectors.toSet());
        return new Approval(
                by, at, changeIds.stream().filter(id -> !used.contains(id)).collect(Collectors.toSet()), namedKeys);
    }
}
