package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * A run in a few numbers, for what shows many runs.
 *
 * @param unread how many of them should have been read and were not
 * @param failed the number of failed findings by severity; those with an exception in force do not count
 * @param unknown the number of findings that could not be read
 */
public record RunSummary(Standing standing, int accounts, int unread, Map<Severity, Integer> failed, int unknown) {

    /** @param central the finding about the organization; null without one */
    public static RunSummary of(Collection<AccountEntry> accounts, Finding central) {
        Map<Severity, Integer> failed = new EnumMap<>(Severity.class);
        for (Severity severity : Severity.values()) {
            boolean more = central != null && central.counted() == Status.FAIL && central.severity() == severity;
            failed.put(
                    severity,
                    accounts.stream()
                                    .mapToInt(a -> a.count(Status.FAIL, severity))
                                    .sum()
                            + (more ? 1 : 0));
        }
        boolean more = central != null && central.counted() == Status.UNKNOWN;
        return new RunSummary(
                Standing.worst(accounts.stream().map(AccountEntry::standing)),
                accounts.size(),
                (int) accounts.stream().filter(a -> a.reading().isMissing()).count(),
                failed,
                accounts.stream().mapToInt(a -> a.count(Status.UNKNOWN)).sum() + (more ? 1 : 0));
    }

    /** The number of failed findings of a severity. */
    public int failed(Severity severity) {
        return failed.getOrDefault(severity, 0);
    }
}
