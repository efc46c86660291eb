package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.controls.Evidence;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.report.Readings;
import io.jenkins.plugins.awsrootguard.report.Label;
import io.jenkins.plugins.awsrootguard.report.Times;
import io.jenkins.plugins.awsrootguard.report.Waiting;
import java.util.List;
import java.util.stream.Collectors;

/** Prints results as text without colour: each status as symbol and word. */
final class Print {

    private static final String INDENT = "              ";

    private final Console console;

    Print(Console console) {
        this.console = console;
    }

    void readings(AccountFacts facts) {
        console.heading("What was read");
        for (Readings.Reading r : Readings.of(facts)) {
            console.say("  " + r.call());
            console.say("    " + (r.unknown() ? "? Could not be read: " : "") + r.said());
        }
    }

    void findings(Findings findings) {
        console.heading("Findings");
        for (Finding f : findings.findings()) {
            if (!f.status().isOpen()) {
                continue;
            }
            console.say(String.format(
                    "%s %-7s %-9s%s (%s)",
                    Label.of(f.status()).symbol(),
                    Label.of(f.status()).word(),
                    f.severity().lowerCase(),
                    f.summary(),
                    f.control()));
            for (Evidence e : f.evidence()) {
                console.say(INDENT + "evidence: " + e.call() + (e.at() == null ? "" : ", " + Times.clock(e.at())) + ": "
                        + e.text());
            }
            console.say(INDENT + "remediation: " + f.remediation());
        }
        for (Status status : List.of(Status.PASS, Status.NOT_APPLICABLE)) {
            if (findings.count(status) > 0) {
                console.say(Label.of(status).symbol() + " " + Label.of(status).word() + ": "
                        + findings.findings().stream()
                                .filter(f -> f.status() == status)
                                .map(Finding::control)
                                .collect(Collectors.joining(", ")));
            }
        }
    }

    void plan(RemediationPlan plan) {
        console.heading("Plan");
        if (plan.changes().isEmpty()) {
            console.say("  Nothing to change.");
        }
        int n = 0;
        for (PlannedChange c : plan.changes()) {
            console.say("  " + ++n + ". " + c.description() + (c.kind().isDestructive() ? " (cannot be undone)" : ""));
            if (c.isBlocked()) {
                console.say("     Held back: " + heldBack(c, ""));
            }
        }
    }

    /**
     * Why a change is held back, with the option that allows it.
     *
     * @param prefix stands before a key id among the keys of many accounts
     */
    static String heldBack(PlannedChange change, String prefix) {
        return change.reason()
                + (change.canBeNamed()
                        ? " To delete it, use --delete-key " + prefix + Printable.keyId(change.target()) + "."
                        : "");
    }

    /** Prints the plan of an account, and its manual tasks. */
    void plan(AccountState state) {
        plan(state.plan());
        for (PendingTask t : Waiting.tasks(state)) {
            console.heading("Manual task: " + t.title());
            if (t.url() != null) {
                console.say("  Link: " + t.url());
            }
            int n = 0;
            for (String step : t.steps()) {
                console.say("  " + ++n + ". " + step);
            }
            console.say("  Verification: " + t.verifiedBy());
        }
    }
}
