package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Rule;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.report.Symbols;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A control over all accounts of an organization.
 *
 * @param counts of its statuses
 */
public record ControlCount(String control, Map<Status, Integer> counts) {

    private static final Map<String, Rule> RULES =
            Controls.all().stream().map(c -> c.rule()).collect(Collectors.toMap(Rule::id, Function.identity()));

    public int count(Status status) {
        return counts.getOrDefault(status, 0);
    }

    public int failed() {
        return count(Status.FAIL);
    }

    public int unknown() {
        return count(Status.UNKNOWN);
    }

    public int passed() {
        return count(Status.PASS);
    }

    public int notApplicable() {
        return count(Status.NOT_APPLICABLE);
    }

    /** What it asks, in a few words. */
    public String title() {
        Rule rule = RULES.get(control);
        return rule == null ? control : rule.title();
    }

    public Severity severity() {
        return severity(control);
    }

    public String severityWord() {
        return Symbols.word(severity());
    }

    /** A control that this version doesn't know is taken for the worst. */
    public static Severity severity(String control) {
        Rule rule = RULES.get(control);
        return rule == null ? Severity.CRITICAL : rule.severity();
    }
}
