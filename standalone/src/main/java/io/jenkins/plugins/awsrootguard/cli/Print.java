package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.report.FindingRow;
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
import io.jenkins.plugins.awsrootguard.report.AccountRow;
import io.jenkins.plugins.awsrootguard.report.FrontEnd;
import io.jenkins.plugins.awsrootguard.report.Label;
import io.jenkins.plugins.awsrootguard.report.ManualTasks;
import io.jenkins.plugins.awsrootguard.report.Readings;
import io.jenkins.plugins.awsrootguard.report.RunReport;
import io.jenkins.plugins.awsrootguard.report.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints results as text without colour: each status as symbol and word. */
final class Print {

    private static final String INDENT = "              ";
    private static final int GROUPS = 20;
    private static final int NAMED = 3;

    private final Console console;

    Print(Console console) {
        this.console = console;
    }

    void readings(AccountFacts facts) {
        console.heading("What was read");
        for (Readings.Reading r : Readings.of(facts)) {
            console.say("  " + r.call());
            console.say("    " + (r.unknown() ? "? Could not be read: " : "") + r.result());
        }
    }

    void findings(Findings findings) {
        console.heading("Findings");
        for (Finding f : findings.findings()) {
            if (!f.isOpen() && !f.isExcepted()) {
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
            if (f.exception() != null) {
                console.say(INDENT + "exception: " + new FindingRow(f).exception());
            }
            console.say(INDENT + "remediation: " + f.remediation());
        }
        for (Status status : List.of(Status.PASS, Status.NOT_APPLICABLE)) {
            if (findings.count(status) > 0) {
                console.say(label(status) + ": "
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
        plan.unknownKeys().forEach(key -> console.say("  " + FrontEnd.COMMAND_LINE.unknownKey(key)));
    }

    /**
     * Why a change is held back, with the option that allows it.
     *
     * @param prefix stands before a key id among the keys of many accounts
     */
    static String heldBack(PlannedChange change, String prefix) {
        return change.reason()
                + (change.isAllowable()
                        ? " " + FrontEnd.COMMAND_LINE.allowKey(prefix + Printable.keyId(change.target()))
                        : "");
    }

    /** Prints the plan of an account, and its manual tasks. */
    void plan(AccountState state) {
        plan(state.plan());
        for (PendingTask t : ManualTasks.open(state)) {
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

    private static String label(Status status) {
        return Label.of(status).symbol() + " " + Label.of(status).word();
    }

    /**
     * Prints the result of an organization: a short text, whatever the number of accounts.
     *
     * @param role whether the members were read through a role as well
     */
    void organization(RunReport report, boolean role) {
        Finding central = report.header().central();
        if (central != null) {
            console.heading("The organization itself");
            console.say(label(central.status()) + "  " + central.summary() + " (" + central.control() + ")");
        }
        accounts(report);
        controls(report);
        if (!role && isRoleMissed(report)) {
            console.heading(
                    "Root sessions cannot read the password policy, the administrators and the credential report of"
                            + " member accounts.");
            console.say("Use --member-role NAME to read them through a role in the members (docs/organization.md).");
        }
        console.heading(report.verdict());
        console.say(report.reading());
    }

    /** Accounts with the same verdict for the same cause are one line, so that a rare cause is seen, too. */
    private void accounts(RunReport report) {
        console.heading("Accounts, worst first");
        Map<String, List<AccountRow>> groups = new LinkedHashMap<>();
        for (AccountRow a : report.accounts()) {
            groups.computeIfAbsent(
                            a.verdict().symbol() + " " + a.verdict().word() + ": " + a.worst(), k -> new ArrayList<>())
                    .add(a);
        }
        groups.entrySet().stream().limit(GROUPS).forEach(group -> {
            console.say(group.getKey());
            console.say("    " + names(group.getValue()));
        });
        int more = groups.values().stream().skip(GROUPS).mapToInt(List::size).sum();
        if (more > 0) {
            console.say("  and " + more + " more " + (more == 1 ? "account" : "accounts") + " in report.html");
        }
    }

    private static String names(List<AccountRow> accounts) {
        int more = accounts.size() - NAMED;
        String named = accounts.stream().limit(NAMED).map(AccountRow::name).collect(Collectors.joining(", "));
        return (accounts.size() == 1 ? "" : accounts.size() + " accounts: ")
                + named
                + (more > 0 ? " and " + more + " more" : "");
    }

    private void controls(RunReport report) {
        StringBuilder header = new StringBuilder(String.format("%-28s", "By control"));
        for (Status status : Status.values()) {
            header.append(String.format(" %14s", Label.of(status).word().toLowerCase(Locale.ENGLISH)));
        }
        console.heading(header.toString());
        for (RunReport.ControlRow c : report.controls()) {
            StringBuilder line = new StringBuilder(String.format("%-28s", c.control()));
            for (Status status : Status.values()) {
                line.append(String.format(" %14d", c.count(status)));
            }
            console.say(line.toString());
        }
    }

    /** Whether a role could read what was not checked. */
    private static boolean isRoleMissed(RunReport report) {
        return report.controls().stream()
                .anyMatch(c -> c.control().equals("password-policy") && c.count(Status.NOT_CHECKED) > 0);
    }
}
