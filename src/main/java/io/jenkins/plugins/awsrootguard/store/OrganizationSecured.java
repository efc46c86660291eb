package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import java.util.List;
import java.util.Map;

/**
 * What phase 3 ended in for an organization.
 *
 * @param dryRun whether nothing was to be changed
 * @param accounts how many have a plan
 * @param counts of the changes, by how they ended
 * @param open the first accounts in which something was not done, with why
 * @param openAccounts how many such accounts there are
 */
public record OrganizationSecured(
        String organizationId,
        boolean dryRun,
        int accounts,
        Map<ChangeRecord.Outcome, Integer> counts,
        List<Open> open,
        int openAccounts) {

    /** An account in which something was not done. */
    public record Open(String accountId, String name, String because) {}

    public int count(ChangeRecord.Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }

    /** Whether something failed, or isn't known. */
    public boolean isFailed() {
        return count(ChangeRecord.Outcome.FAILED) + count(ChangeRecord.Outcome.STARTED) > 0;
    }

    public boolean isComplete() {
        return dryRun || openAccounts == 0;
    }

    /** What was left undone, in one line; empty when nothing was. */
    public String shortfall() {
        if (isComplete()) {
            return "";
        }
        Open first = open.get(0);
        return "changes were not made in " + openAccounts + (openAccounts == 1 ? " account" : " accounts")
                + ", first of all " + first.accountId() + ": " + first.because();
    }
}
