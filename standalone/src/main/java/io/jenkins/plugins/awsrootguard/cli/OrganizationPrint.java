package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.OrganizationResult;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.report.AccountLine;
import io.jenkins.plugins.awsrootguard.report.OrganizationSentences;
import io.jenkins.plugins.awsrootguard.report.OrganizationTally.ControlLine;
import io.jenkins.plugins.awsrootguard.report.OrganizationTally;
import io.jenkins.plugins.awsrootguard.report.Symbols;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a person reads at the end of a run for an organization: little, however many accounts there are. */
final class OrganizationPrint {

    private static final int GROUPS = 20;
    private static final int NAMED = 3;

    private final Console console;

    OrganizationPrint(Console console) {
        this.console = console;
    }

    /** @param role whether the members were read through a role as well */
    void print(OrganizationResult result, OrganizationTally tally, boolean role) {
        Finding central = result.central();
        console.heading("The organization itself");
        console.say(Symbols.of(central.status()) + " " + Symbols.word(central.status()) + "  " + central.summary() + " ("
                + central.control() + ")");
        accounts(tally);
        controls(tally);
        if (!role && isRoleMissed(result, tally)) {
            console.heading("Root sessions cannot read the password policy, the administrators and the credential report of"
                    + " member accounts.");
            console.say("Use --member-role NAME to read them through a role in the members (docs/organization.md).");
        }
        console.heading(OrganizationSentences.verdict(result, tally));
        console.say(OrganizationSentences.calls(result, tally) + ".");
    }

    /** Those that stand alike for the same reason are one line, so that a kind that is rare is seen, too. */
    private void accounts(OrganizationTally tally) {
        console.heading("Accounts, worst first");
        Map<String, List<AccountLine>> groups = new LinkedHashMap<>();
        for (AccountLine a : tally.accounts()) {
            groups.computeIfAbsent(a.symbol() + " " + a.word() + ": " + a.worst(), k -> new ArrayList<>())
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

    private static String names(List<AccountLine> accounts) {
        int more = accounts.size() - NAMED;
        String named = accounts.stream().limit(NAMED).map(AccountLine::name).collect(Collectors.joining(", "));
        return (accounts.size() == 1 ? "" : accounts.size() + " accounts: ") + named
                + (more > 0 ? " and " + more + " more" : "");
    }

    private void controls(OrganizationTally tally) {
        console.heading(String.format("%-28s %7s %7s %7s %7s", "By control", "fail", "unknown", "pass", "n/a"));
        for (ControlLine c : tally.controls()) {
            console.say(String.format(
                    "%-28s %7d %7d %7d %7d", c.control(), c.count(Status.FAIL), c.count(Status.UNKNOWN), c.count(Status.PASS), c.count(Status.NOT_APPLICABLE)));
        }
    }

    /** Whether accounts that were read have no password policy that is known. */
    private static boolean isRoleMissed(OrganizationResult result, OrganizationTally tally) {
        return tally.controls().stream()
                .anyMatch(c -> c.control().equals("password-policy") && c.count(Status.UNKNOWN) > result.unread());
    }
}
