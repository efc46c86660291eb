package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.ControlStatus;
import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Rule;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A control over all accounts. Excepted findings do not count.
 *
 * @param control the public id
 * @param counts the number of accounts by status
 */
public record ControlRow(String control, Severity level, Map<Status, Integer> counts) {

    private static final Map<String, String> TITLES =
            Controls.all().stream().collect(Collectors.toMap(Rule::id, Rule::title));

    /** The number of accounts in which a control has a status. */
    public record Cell(Status status, int accounts) {

        public Label label() {
            return Label.of(status);
        }
    }

    /** Returns the controls by severity, then by the number of accounts in which they fail. */
    static List<ControlRow> of(List<AccountEntry> entries) {
        Map<String, ControlRow> rows = new LinkedHashMap<>();
        for (AccountEntry entry : entries) {
            for (ControlStatus c : entry.controls()) {
                if (c.isExcepted()) {
                    continue;
                }
                rows.computeIfAbsent(c.control(), id -> new ControlRow(id, c.severity(), new EnumMap<>(Status.class)))
                        .counts()
                        .merge(c.status(), 1, Integer::sum);
            }
        }
        return rows.values().stream()
                .sorted(Comparator.comparing(ControlRow::level)
                        .thenComparing(c -> -c.count(Status.FAIL))
                        .thenComparing(ControlRow::control))
                .toList();
    }

    /** Returns the requirement; the id of a control that this version does not have. */
    public String title() {
        return TITLES.getOrDefault(control, control);
    }

    /** Returns the severity for people. */
    public String severity() {
        return Label.word(level);
    }

    public int count(Status status) {
        return counts.getOrDefault(status, 0);
    }

    /** Returns one cell for each status, in the order of {@link Status}. */
    public List<Cell> cells() {
        return Arrays.stream(Status.values()).map(s -> new Cell(s, count(s))).toList();
    }
}
