package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.remediation.Approval;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * What a person approved of the plans of one or many accounts. Kept by account: the change of one account is approved for no
 * other.
 *
 * @param accounts by account id, the ids of the approved changes
 * @param namedKeys by account id, the ids of recently used keys that may be deleted
 */
public record ApprovedChanges(Map<String, Set<String>> accounts, Map<String, Set<String>> namedKeys) {

    public int changes() {
        return accounts.values().stream().mapToInt(Set::size).sum();
    }

    /** How many accounts have approved changes. */
    public int changedAccounts() {
        return (int) accounts.values().stream().filter(c -> !c.isEmpty()).count();
    }

    Approval approval(String accountId, String by, Instant at) {
        return new Approval(by, at, accounts.get(accountId), namedKeys.getOrDefault(accountId, Set.of()));
    }
}
