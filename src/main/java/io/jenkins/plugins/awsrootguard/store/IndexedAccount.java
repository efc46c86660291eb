package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.assessment.AccountOutcome;
import io.jenkins.plugins.awsrootguard.assessment.AccountOutcome.Reading;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.OrganizationAccount;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.report.AccountLine;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What lists, counts and filters need of one account of an organization: a line of the index, small enough to be held for
 * thousands of them. Immutable.
 *
 * @param account as the organization lists it
 * @param reason why it was not read; null when it was
 * @param line as lists show it
 * @param statuses of its controls
 * @param planned how many changes are planned and not made yet, those that are held back included
 * @param made how many changes were made
 * @param failed how many changes failed, or have no known end
 * @param proven whether phase 4 proved every point; null when it did not run
 * @param offset where its state begins in the file of states, in bytes
 * @param length of its state there, in bytes
 */
public record IndexedAccount(
        OrganizationAccount account,
        Reading reading,
        String reason,
        AccountLine line,
        Map<String, Status> statuses,
        int planned,
        int made,
        int failed,
        Boolean proven,
        long offset,
        int length) {

    private static final Set<ChangeRecord.Outcome> TRIED =
            Set.of(ChangeRecord.Outcome.DONE, ChangeRecord.Outcome.FAILED, ChangeRecord.Outcome.STARTED);

    static IndexedAccount of(AccountOutcome outcome, long offset, int length) {
        AccountState state = outcome.state();
        Map<String, Status> statuses = new LinkedHashMap<>();
        for (Finding finding : state.findings().findings()) {
            statuses.put(finding.control(), finding.status());
        }
        return new IndexedAccount(
                outcome.account(),
                outcome.reading(),
                outcome.reason(),
                AccountLine.of(outcome, null),
                statuses,
                state.unmade().size(),
                count(state, Set.of(ChangeRecord.Outcome.DONE)),
                count(state, Set.of(ChangeRecord.Outcome.FAILED, ChangeRecord.Outcome.STARTED)),
                state.validation() == null ? null : state.validation().isSecured(),
                offset,
                length);
    }

    /** The changes whose last try ended so; a dry run or a skip is no try. */
    private static int count(AccountState state, Set<ChangeRecord.Outcome> wanted) {
        Map<String, ChangeRecord.Outcome> last = new HashMap<>();
        for (ChangeRecord change : state.changes()) {
            if (TRIED.contains(change.outcome())) {
                last.put(change.id(), change.outcome());
            }
        }
        return (int) last.values().stream().filter(wanted::contains).count();
    }

    /** What came of the account, with its state as it is now. */
    AccountOutcome outcome(AccountState state) {
        return new AccountOutcome(account, reading, reason, state, line.calls(), null);
    }

    /** Whether nothing is missing of it, and its state lies in a file of this size: a damaged line may say anything. */
    boolean isWhole(long size) {
        boolean told = account != null && account.id() != null && reading != null && line != null && statuses != null;
        return told && offset >= 0 && length > 0 && length <= size && offset <= size - length;
    }

    public String id() {
        return account.id();
    }

    /** Whether something that was asked for is not known. */
    public boolean isMissing() {
        return reading == Reading.UNREAD || reading == Reading.STOPPED;
    }
}
