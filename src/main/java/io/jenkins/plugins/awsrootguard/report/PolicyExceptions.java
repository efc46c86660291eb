package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.ControlStatus;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Times;
import io.jenkins.plugins.awsrootguard.policy.AcceptedRisk;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sentences about the exceptions of a run's policy. */
final class PolicyExceptions {

    /** A policy for many jobs can have many exceptions for accounts of other jobs. */
    private static final int NAMED = 5;

    private PolicyExceptions() {}

    /**
     * Returns the findings that exceptions cover, and the exceptions that expired, match nothing, or name an organizational unit
     * that was not read. One line each.
     */
    static List<String> lines(RunHeader header, List<AccountEntry> entries) {
        LocalDate day = header.began().atZone(ZoneOffset.UTC).toLocalDate();
        List<String> lines = new ArrayList<>();
        long excepted = entries.stream()
                .flatMap(e -> e.controls().stream())
                .filter(ControlStatus::isExcepted)
                .count();
        if (excepted > 0) {
            lines.add(Sentences.counted(excepted, "finding") + " covered by an exception of the policy, not counted.");
        }
        List<AcceptedRisk> unmatched = header.policy().unmatched(entries);
        unmatched.stream().limit(NAMED).forEach(e -> lines.add(name(e) + " matches no account of this run."));
        if (unmatched.size() > NAMED) {
            lines.add(Sentences.counted(unmatched.size() - NAMED, "more exception") + " without a matching account.");
        }
        header.policy().exceptions().stream()
                .filter(e -> !unmatched.contains(e) && !e.isInForce(day))
                .forEach(e ->
                        lines.add(name(e) + " expired on " + Times.day(e.expires()) + ". Its findings count again."));
        header.policy()
                .unreadUnits()
                .forEach(unit -> lines.add("The accounts of " + unit
                        + " were not read, so exceptions for it do not apply. Give the policy to the step or command that"
                        + " reads the organization."));
        return lines;
    }

    private static String name(AcceptedRisk e) {
        return "The exception of " + Printable.text(e.owner(), 80) + " for " + e.control() + " in "
                + Printable.text(
                        Stream.concat(e.accounts().stream(), e.organizationalUnits().stream())
                                .collect(Collectors.joining(", ")),
                        120);
    }
}
