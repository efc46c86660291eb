package io.jenkins.plugins.awsrootguard.remediation;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A person's approval of a plan. It holds for the changes that were shown and for nothing that came later.
 *
 * @param by who
 * @param changeIds the {@link PlannedChange#id()}s that were shown
 * @param namedKeys ids (whole, or shortened as shown) of recently used keys that may be deleted all the same
 */
public record Approval(String by, Instant at, Set<String> changeIds, Set<String> namedKeys) {

    public Approval {
        changeIds = Set.copyOf(changeIds);
        namedKeys = Set.copyOf(namedKeys);
    }

    /**
     * What of it still holds for a plan: the approval of a change is used up once the change was made, so one that a later
     * reading finds necessary again, such as the deletion of a password that somebody has set anew, needs an approval anew.
     *
     * @param journal of the account, in any order
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
