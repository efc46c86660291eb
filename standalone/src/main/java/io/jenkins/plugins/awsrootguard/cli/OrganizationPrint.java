package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.report.AccountRow;
import io.jenkins.plugins.awsrootguard.report.ControlRow;
import io.jenkins.plugins.awsrootguard.report.RunReport;
import io.jenkins.plugins.awsrootguard.report.Label;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints the result of an organization: a short text, whatever the number of accounts. */
final class OrganizationPrint {

    private static final int GROUPS = 20;
    private static final int NAMED = 3;

    private final Console console;

    OrganizationPrint(Console console) {
        this.console = console;
    }

    /** @param role whether the members were read through a role as well */
    void print(RunReport report, boolean role) {
        Finding central = report.header().central();
        console.heading("The organization itself");
        console.say(Label.of(central.status()).symbol() + " " + Label.of(central.status()).word() + "  " + central.summary() + " ("
                + central.control() + ")");
        accounts(report);
        controls(report);
        if (!role && isRoleMissed(report)) {
            console.heading("Root sessions cannot read the password policy, the administrators and the credential report of"
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
            groups.computeIfAbsent(a.verdict().symbol() + " " + a.verdict().word() + ": " + a.worst(), k -> new ArrayList<>())
                    .add(a);
        }
        groups.entrySet().stream().limit(GROUPS).forEach(group -> {
            console.say(group.getKey());
            console.say("    " + names(group.getValue()));
        });
        int more = groups.values().stream()
                .skip(GROUPS)
                .mapToInt(List::size)
                .sum();
        if (more > 0) {
            console.say("  and " + more + " more " + (more == 1 ? "account" : "accounts") + " in report.html");
        }
    }

    private static String names(List<AccountRow> accounts) {
        int more = accounts.size() - NAMED;
        String named = accounts.stream().limit(NAMED).map(AccountRow::name).collect(Collectors.joining(", "));
        return (accounts.size() == 1 ? "" : accounts.size() + " accounts: ") + named
                + (more > 0 ? " and " + more + " more" : "");
    }

    private void controls(RunReport report) {
        StringBuilder header = new StringBuilder(String.format("%-28s", "By control"));
        for (Status status : Status.values()) {
            header.append(String.format(" %14s", Label.of(status).word().toLowerCase(java.util.Locale.ENGLISH)));
        }
        console.heading(header.toString());
        for (ControlRow c : report.controls()) {
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
