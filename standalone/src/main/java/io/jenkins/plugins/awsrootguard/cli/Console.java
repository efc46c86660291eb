package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.controls.Finding.Evidence;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.report.AccountRow;
import io.jenkins.plugins.awsrootguard.report.FindingRow;
import io.jenkins.plugins.awsrootguard.report.FrontEnd;
import io.jenkins.plugins.awsrootguard.report.Label;
import io.jenkins.plugins.awsrootguard.report.ManualTasks;
import io.jenkins.plugins.awsrootguard.report.Readings;
import io.jenkins.plugins.awsrootguard.report.RunReport;
import io.jenkins.plugins.awsrootguard.facts.Times;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The output of the command line, as text without colour: each status as symbol and word. There is no input.
 *
 * @param out results and progress
 * @param err errors
 */
record Console(PrintStream out, PrintStream err, Pause pause) {

    private static final String INDENT = "              ";
    private static final int GROUPS = 20;
    private static final int NAMES = 3;

    /** Waits between two checks of AWS. */
    @FunctionalInterface
    interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }

    /** Prints an event with its time. */
    void line(String text) {
        out.println(Times.timeOfDay(Instant.now()) + "  " + text);
    }

    /** Prints a line of a result. */
    void say(String text) {
        out.println(text);
    }

    void heading(String text) {
        out.println();
        out.println(text);
    }

    void readings(AccountFacts facts) {
        heading("What was read");
        for (Readings.Reading r : Readings.of(facts)) {
            say("  " + r.call());
            say("    " + (r.unknown() ? "? Could not be read: " : "") + r.result());
        }
    }

    void findings(Findings findings) {
        heading("Findings");
        findings.findings().stream().filter(f -> f.isOpen() || f.isExcepted()).forEach(this::finding);
        for (Status status : List.of(Status.PASS, Status.NOT_APPLICABLE)) {
            if (findings.count(status) > 0) {
                say(label(Label.of(status)) + ": "
                        + findings.findings().stream()
                                .filter(f -> f.status() == status)
                                .map(Finding::control)
                                .collect(Collectors.joining(", ")));
            }
        }
    }

    private void finding(Finding f) {
        String label = String.format(
                "%-9s %-9s", label(Label.of(f.status())), f.severity().lowerCase());
        say(label + f.sentence() + " (" + f.control() + ")");
        for (Evidence e : f.evidence()) {
            String at = e.at() == null ? "" : ", " + Times.timeOfDay(e.at());
            say(INDENT + "evidence: " + e.call() + at + ": " + e.text());
        }
        if (f.exception() != null) {
            say(INDENT + "exception: " + new FindingRow(f).exception());
        }
        say(INDENT + "remediation: " + f.rule().remediation());
    }

    void plan(RemediationPlan plan) {
        heading("Plan");
        if (plan.changes().isEmpty()) {
            say("  Nothing to change.");
        }
        int n = 0;
        for (PlannedChange c : plan.changes()) {
            say("  " + ++n + ". " + c.descriptionWithPolicy() + (c.kind().isDestructive() ? " (cannot be undone)" : ""));
            if (c.isBlocked()) {
                say("     Held back: " + FrontEnd.COMMAND_LINE.heldBack(c, ""));
            }
        }
        plan.unknownKeys().forEach(key -> say("  " + FrontEnd.COMMAND_LINE.unknownKey(key)));
    }

    /** Prints the plan of an account, and its manual tasks. */
    void plan(AccountState state) {
        plan(state.plan());
        for (PendingTask t : ManualTasks.open(state)) {
            heading("Manual task: " + t.title());
            if (t.url() != null) {
                say("  Link: " + t.url());
            }
            int n = 0;
            for (String step : t.steps()) {
                say("  " + ++n + ". " + step);
            }
            say("  Verification: " + t.verifiedBy());
        }
    }

    static String label(Label label) {
        return label.symbol() + " " + label.word();
    }

    /**
     * Prints the result of an organization: a short text, whatever the number of accounts.
     *
     * @param role whether the members were read through a role as well
     */
    void organization(RunReport report, boolean role) {
        Finding central = report.header().central();
        if (central != null) {
            heading("The organization itself");
            say(label(Label.of(central.status())) + "  " + central.sentence() + " (" + central.control() + ")");
        }
        accounts(report);
        heading(row("By control", s -> Label.of(s).word().toLowerCase(Locale.ENGLISH)));
        report.controls().forEach(c -> say(row(c.control(), c::count)));
        boolean needsRole = report.controls().stream()
                .anyMatch(c -> c.control().equals("password-policy") && c.count(Status.NOT_CHECKED) > 0);
        if (needsRole && !role) {
            heading("Root sessions cannot read the password policy, the administrators and the credential report of"
                    + " member accounts.");
            say("Use --member-role NAME to read them through a role in the members (docs/organization.md).");
        }
        heading(report.verdict());
        say(report.reading());
    }

    /** Accounts with the same verdict for the same cause are one line, so that a rare cause is seen, too. */
    private void accounts(RunReport report) {
        heading("Accounts, worst first");
        Map<String, List<AccountRow>> groups = report.accounts().stream()
                .collect(Collectors.groupingBy(
                        a -> label(a.verdict()) + ": " + a.worst(), LinkedHashMap::new, Collectors.toList()));
        groups.entrySet().stream().limit(GROUPS).forEach(group -> {
            say(group.getKey());
            say("    " + names(group.getValue()));
        });
        int more = groups.values().stream().skip(GROUPS).mapToInt(List::size).sum();
        if (more > 0) {
            say("  and " + more + " more " + (more == 1 ? "account" : "accounts") + " in report.html");
        }
    }

    private static String names(List<AccountRow> accounts) {
        int more = accounts.size() - NAMES;
        return (accounts.size() == 1 ? "" : accounts.size() + " accounts: ")
                + accounts.stream().limit(NAMES).map(AccountRow::name).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /** A row of the table of controls, with a cell for each status. */
    private static String row(String title, Function<Status, Object> cell) {
        return Arrays.stream(Status.values())
                .map(s -> String.format(" %14s", cell.apply(s)))
                .collect(Collectors.joining("", String.format("%-28s", title), ""));
    }
}
