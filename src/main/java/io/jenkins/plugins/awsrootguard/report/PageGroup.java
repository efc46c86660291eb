package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Findings under one heading.
 *
 * @param folded whether they are out of sight until asked for: only what needs nobody's attention is
 */
record PageGroup(String id, String css, String symbol, String label, boolean folded, List<PageFinding> findings) {

    /** The groups that have findings, worst first. */
    static List<PageGroup> of(Findings findings) {
        List<PageGroup> groups = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            add(
                    groups,
                    findings,
                    "failed-" + severity.lowerCase(),
                    severity.lowerCase(),
                    Status.FAIL,
                    severity.lowerCase(),
                    f -> f.severity() == severity);
        }
        add(groups, findings, "unknown", "unknown", Status.UNKNOWN, "could not be read", f -> true);
        add(groups, findings, "passed", "pass", Status.PASS, "passed", f -> true);
        add(groups, findings, "not-applicable", "not-applicable", Status.NOT_APPLICABLE, "not applicable", f -> true);
        return groups;
    }

    private static void add(
            List<PageGroup> groups,
            Findings findings,
            String id,
            String css,
            Status status,
            String label,
            Predicate<Finding> which) {
        List<PageFinding> all = findings.findings().stream()
                .filter(f -> f.status() == status)
                .filter(which)
                .map(PageFinding::of)
                .toList();
        if (!all.isEmpty()) {
            groups.add(new PageGroup(id, css, Symbols.of(status), all.size() + " " + label, !status.isOpen(), all));
        }
    }
}
