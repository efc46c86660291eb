package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.assessment.AccountReading.Outcome;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What lists, counts, filters and gates need of an account: small enough to hold thousands of them.
 *
 * @param controls in the order of the findings, worst first
 * @param worst the summary of the worst open finding; null without one, and when the account was not read
 * @param planned how many changes are planned and not made yet, held back ones included
 * @param made how many changes were made
 * @param failed how many changes failed or have no known end
 * @param validated whether phase 4 verified every point; null when it did not run
 */
public record AccountEntry(
        String id,
        AccountReading reading,
        Standing standing,
        List<ControlStatus> controls,
        String worst,
        int planned,
        int made,
        int failed,
        Boolean validated) {

    private static final Set<ChangeRecord.Outcome> FAILED =
            EnumSet.of(ChangeRecord.Outcome.FAILED, ChangeRecord.Outcome.STARTED);
    private static final Set<ChangeRecord.Outcome> MADE = EnumSet.of(ChangeRecord.Outcome.DONE);

    public static AccountEntry of(AccountState state) {
        List<Finding> findings =
                state.findings() == null ? List.of() : state.findings().findings();
        boolean read = state.reading().outcome() == Outcome.READ;
        return new AccountEntry(
                state.accountId(),
                state.reading(),
                Standing.of(state),
                findings.stream().map(ControlStatus::of).toList(),
                findings.stream()
                        .filter(f -> read && f.isOpen())
                        .findFirst()
                        .map(Finding::sentence)
                        .orElse(null),
                state.unmade().size(),
                count(state, MADE),
                count(state, FAILED),
                state.validation() == null ? null : state.validation().isSecured());
    }

    /**
     * An account whose state file is damaged.
     *
     * @param before what is known from an earlier index; null for nothing
     */
    static AccountEntry damaged(String id, AccountEntry before) {
        Unread cause = new Unread(Unread.Kind.DAMAGED, null, id + "/state.json");
        AccountReading reading = before == null ? AccountReading.ONE_ACCOUNT : before.reading();
        return new AccountEntry(id, reading.missing(cause), Standing.UNKNOWN, List.of(), null, 0, 0, 0, null);
    }

    /** The changes whose last try ended so; a dry run or a skipped change is no try. */
    private static int count(AccountState state, Set<ChangeRecord.Outcome> wanted) {
        Map<String, ChangeRecord.Outcome> last = new HashMap<>();
        for (ChangeRecord change : state.changes()) {
            if (MADE.contains(change.outcome()) || FAILED.contains(change.outcome())) {
                last.put(change.id(), change.outcome());
            }
        }
        return (int) last.values().stream().filter(wanted::contains).count();
    }

    AccountEntry withControls(List<ControlStatus> others) {
        return new AccountEntry(id, reading, standing, others, worst, planned, made, failed, validated);
    }

    /** Id and name, for people. */
    public String displayName() {
        return reading.displayName(id);
    }

    /** Controls of a status. Those with an exception in force do not count. */
    public int count(Status status) {
        return (int) controls.stream()
                .filter(c -> c.status() == status && !c.isExcepted())
                .count();
    }

    public int count(Status status, Severity severity) {
        return (int) controls.stream()
                .filter(c -> c.status() == status && c.severity() == severity && !c.isExcepted())
                .count();
    }

    boolean isDamaged() {
        return reading.cause() != null && reading.cause().kind() == Unread.Kind.DAMAGED;
    }
}
