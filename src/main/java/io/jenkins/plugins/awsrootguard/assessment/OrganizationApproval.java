package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A person's approval of the plans of many accounts. It is kept by account, for changes of two accounts can have one id (the
 * administrator has the same name everywhere): what was approved for one account is approved for no other.
 *
 * @param by who
 * @param accounts by account id, the {@link PlannedChange#id()}s that were shown for it
 * @param namedKeys by account id, ids (whole, or shortened as shown) of recently used keys that may be deleted all the same
 */
public record OrganizationApproval(
        String by, Instant at, Map<String, Set<String>> accounts, Map<String, Set<String>> namedKeys) {

    public OrganizationApproval {
        accounts = copy(accounts);
        namedKeys = copy(namedKeys);
    }

    private static Map<String, Set<String>> copy(Map<String, Set<String>> by) {
        Map<String, Set<String>> copy = new TreeMap<>();
        by.forEach((account, ids) -> copy.put(account, Set.copyOf(ids)));
        return java.util.Collections.unmodifiableMap(copy);
    }

    /** Approves all that these plans show, and names no key. */
    public static OrganizationApproval of(String by, Instant at, Collection<RemediationPlan> plans) {
        Map<String, Set<String>> accounts = plans.stream()
                .collect(Collectors.toMap(
                        RemediationPlan::accountId,
                        plan -> plan.changes().stream().map(PlannedChange::id).collect(Collectors.toSet())));
        return new OrganizationApproval(by, at, accounts, Map.of());
    }

    /** The approval of one account's plan; null when nothing of it was approved. */
    public Approval of(String accountId) {
        Set<String> ids = accounts.get(accountId);
        return ids == null ? null : new Approval(by, at, ids, namedKeys.getOrDefault(accountId, Set.of()));
    }
}
