package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Rule;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A control over all accounts, as a row of a list.
 *
 * @param control the public id
 * @param counts the number of accounts by status
 */
public record ControlRow(String control, Severity level, Map<Status, Integer> counts) {

    private static final Map<String, String> TITLES =
            Controls.all().stream().map(c -> c.rule()).collect(Collectors.toMap(Rule::id, Rule::title));

    /** The number of accounts in which the control has a status. */
    public record Cell(Status status, int accounts) {

        public Label label() {
            return Label.of(status);
        }
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
