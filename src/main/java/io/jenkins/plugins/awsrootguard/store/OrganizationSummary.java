package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.assessment.OrganizationResult;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.report.AccountLine;
import io.jenkins.plugins.awsrootguard.report.OrganizationSentences;
import io.jenkins.plugins.awsrootguard.report.OrganizationTally;
import io.jenkins.plugins.awsrootguard.report.OrganizationTally.VerdictLine;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** The accounts of an organization, added up from the index alone: no account's state is read for it. Immutable. */
public final class OrganizationSummary {

    private final OrganizationResult result;
    private final List<IndexedAccount> accounts;
    private final List<VerdictLine> verdicts;
    private final List<ControlCount> controls;

    /** @param building whether the build goes on, so that a reading without an end may still be under way */
    public OrganizationSummary(OrganizationHeader header, List<IndexedAccount> all, boolean building) {
        accounts = all.stream()
                .sorted(Comparator.comparing(IndexedAccount::line, AccountLine.WORST_FIRST))
                .toList();
        verdicts = OrganizationTally.verdicts(
                accounts.stream().map(IndexedAccount::line).toList());
        controls = count(accounts);
        int unread = (int) all.stream().filter(IndexedAccount::isMissing).count();
        String unended = building ? "it is still being read" : "the build ended before every account was read";
        result = header.result(all.size(), unread, unended);
    }

    private static List<ControlCount> count(List<IndexedAccount> accounts) {
        Map<String, Map<Status, Integer>> counts = new LinkedHashMap<>();
        for (IndexedAccount account : accounts) {
            account.statuses()
                    .forEach((control, status) -> counts.computeIfAbsent(control, c -> new EnumMap<>(Status.class))
                            .merge(status, 1, Integer::sum));
        }
        return counts.entrySet().stream()
                .map(e -> new ControlCount(e.getKey(), e.getValue()))
                .sorted(Comparator.comparing((ControlCount c) -> c.severity())
                        .thenComparing(c -> -c.failed())
                        .thenComparing(ControlCount::control))
                .toList();
    }

    /** How the reading went. */
    public OrganizationResult result() {
        return result;
    }

    /** Worst first. */
    public List<IndexedAccount> accounts() {
        return accounts;
    }

    /** How many accounts stand alike, worst first. */
    public List<VerdictLine> verdicts() {
        return verdicts;
    }

    /** Those that fail most, of the worst severity, first. */
    public List<ControlCount> controls() {
        return controls;
    }

    /** For example {@code 200 accounts of the organization o-a1b2c3d4e5: 40 at risk, 2 could not be read.} */
    public String verdict() {
        return OrganizationSentences.verdict(result, verdicts);
    }

    /** How many findings of all accounts have a status. */
    public int count(Status status) {
        return controls.stream().mapToInt(c -> c.count(status)).sum();
    }

    /** How many findings failed that are of a severity. */
    public int failed(Severity severity) {
        return controls.stream()
                .filter(c -> c.severity() == severity)
                .mapToInt(ControlCount::failed)
                .sum();
    }

    /** How many changes are planned and not made yet. */
    public int planned() {
        return sum(IndexedAccount::planned);
    }

    /** How many accounts have such changes. */
    public int plannedAccounts() {
        return sum(a -> a.planned() > 0 ? 1 : 0);
    }

    public int made() {
        return sum(IndexedAccount::made);
    }

    /** How many changes failed, or have no known end. */
    public int failedChanges() {
        return sum(IndexedAccount::failed);
    }

    /** How many accounts phase 4 proved in every point. */
    public int proven() {
        return sum(a -> Boolean.TRUE.equals(a.proven()) ? 1 : 0);
    }

    /** How many accounts phase 4 looked at. */
    public int validated() {
        return sum(a -> a.proven() != null ? 1 : 0);
    }

    private int sum(ToIntFunction<IndexedAccount> of) {
        return accounts.stream().mapToInt(of).sum();
    }
}
