package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import java.util.List;
import java.util.Map;

/**
 * How phase 3 went.
 *
 * @param accounts how many have a plan
 * @param counts of the changes, by how they ended
 * @param open the first accounts with a change that was not made
 * @param openAccounts how many such accounts there are
 * @param signingKeyDeleted whether the root key that signs this run's calls was deleted: nothing more can be read with it
 * @param stopped why not every plan was carried out; null when all were tried
 */
public record SecureResult(
        boolean dryRun,
        int accounts,
        Map<Outcome, Integer> counts,
        List<Shortfall> open,
        int openAccounts,
        boolean signingKeyDeleted,
        StopCause stopped) {

    /**
     * An account with a change that was not made.
     *
     * @param failure why the plan could not be carried out as a whole; null when a change has the reason
     * @param change the first change that failed, else the first that was skipped; null when none was begun
     */
    public record Shortfall(String accountId, String name, Unread failure, ChangeRecord change) {}

    public int count(Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }

    /** Whether a change failed, or has no known end. */
    public boolean isFailed() {
        return count(Outcome.FAILED) + count(Outcome.STARTED) > 0;
    }

    /** Whether every change was made; a dry run is always complete. */
    public boolean isComplete() {
        return stopped == null && (dryRun || openAccounts == 0);
    }

    public boolean isInterrupted() {
        return stopped != null && stopped.kind() == StopCause.Kind.INTERRUPTED;
    }
}
