package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.Standing;
import io.jenkins.plugins.awsrootguard.assessment.ValidationPoint;
import io.jenkins.plugins.awsrootguard.assessment.ValidationResult;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The sentences that sum an account up. They are plain text: whoever puts them on a page escapes them. */
public final class Sentences {

    private Sentences() {}

    /**
     * One line for a list or the front of a build page, for example
     * {@code Root user of 123456789012 (prod): 2 critical, 1 high open · secured 3 of 5 · report 4 min old}.
     *
     * @param now what the age of the credential report is counted from
     */
    public static String frontLine(AccountState state, Instant now) {
        List<String> parts = new ArrayList<>();
        parts.add("Root user of " + name(state) + ": " + open(state.findings()));
        if (state.validation() != null) {
            parts.add("secured " + state.validation().secured() + " of "
                    + state.validation().points().size());
        }
        Instant made = reportGeneratedAt(state);
        parts.add(made == null ? "no credential report" : "report " + Times.age(made, now) + " old");
        return String.join(" · ", parts);
    }

    /** One or two sentences that a manager understands: whether the root user is safe, and if not, what is worst. */
    public static String verdict(AccountState state) {
        String who = "The root user of " + name(state);
        Findings findings = state.findings();
        if (findings == null) {
            return who + " was read on " + Times.minutes(state.assessedAt()) + ", and has not been judged yet.";
        }
        ValidationResult validation = state.validation();
        String worst = worst(findings, Status.FAIL);
        return switch (Standing.of(state)) {
            case SECURED ->
                who + " is secured: " + points(validation) + " proven on "
                        + Times.minutes(state.validatedAt()) + "."
                        + (hasOpen(findings) ? " Less urgent: " + counted(findings) + "." + worst : "");
            case NO_GAPS ->
                "Nothing is open for the root user of " + name(state)
                        + ": every check that applies to this account passes. Phase 4 has not proven it yet.";
            case AT_RISK -> who + " is at risk: " + counted(findings) + "." + worst + since(state);
            case ATTENTION -> who + " needs attention: " + counted(findings) + "." + worst + since(state);
            case UNKNOWN ->
                "It is not established whether the root user of " + name(state) + " is safe: " + counted(findings) + "."
                        + worst(findings, Status.UNKNOWN) + since(state);
            case NOT_JUDGED -> throw new IllegalStateException("findings are there");
        };
    }

    /** What is open, worst first, for example {@code 2 critical, 1 high open, 3 unknown} or {@code nothing open}. */
    public static String open(Findings findings) {
        if (findings == null) {
            return "not judged yet";
        }
        long unknown = findings.count(Status.UNKNOWN);
        if (findings.count(Status.FAIL) == 0) {
            return unknown == 0 ? "nothing open" : unknown + " unknown";
        }
        return failed(findings) + (unknown == 0 ? "" : ", " + unknown + " unknown");
    }

    /** When AWS made the credential report that this state rests on; null when there is none. */
    public static Instant reportGeneratedAt(AccountState state) {
        if (state.facts() != null && state.facts().report().isKnown()) {
            return state.facts().report().get().generatedAt();
        }
        return state.findings() == null ? null : state.findings().reportGeneratedAt();
    }

    /** The account as a person names it, for example {@code 123456789012 (prod)}. */
    public static String name(AccountState state) {
        return state.facts() == null ? state.accountId() : state.facts().displayName();
    }

    private static boolean hasOpen(Findings findings) {
        return findings.findings().stream().anyMatch(f -> f.status().isOpen());
    }

    private static String failed(Findings findings) {
        return Arrays.stream(Severity.values())
                .filter(s -> findings.count(Status.FAIL, s) > 0)
                .map(s -> findings.count(Status.FAIL, s) + " " + s.lowerCase())
                .collect(Collectors.joining(", ", "", " open"));
    }

    private static String worst(Findings findings, Status status) {
        return findings.findings().stream()
                .filter(f -> f.status() == status)
                .findFirst()
                .map(f -> " First of all: " + sentence(f.summary()))
                .orElse("");
    }

    /** For example {@code 2 critical and 1 high finding are open, and 1 check could not be read}. */
    private static String counted(Findings findings) {
        List<Severity> severities = Arrays.stream(Severity.values())
                .filter(s -> findings.count(Status.FAIL, s) > 0)
                .toList();
        List<String> failed = severities.stream()
                .map(s -> findings.count(Status.FAIL, s) + " " + s.lowerCase())
                .toList();
        long unknown = findings.count(Status.UNKNOWN);
        String unread = unknown + (unknown == 1 ? " check could not be read" : " checks could not be read");
        if (failed.isEmpty()) {
            return unknown == 0 ? "nothing is open" : unread;
        }
        int last = failed.size() - 1;
        String list =
                last == 0 ? failed.get(0) : String.join(", ", failed.subList(0, last)) + " and " + failed.get(last);
        boolean one = findings.count(Status.FAIL, severities.get(last)) == 1;
        String open =
                list + (one ? " finding " : " findings ") + (findings.count(Status.FAIL) == 1 ? "is" : "are") + " open";
        return unknown == 0 ? open : open + ", and " + unread;
    }

    private static String points(ValidationResult validation) {
        int n = validation.points().size();
        return n == 1 ? "its one point was" : "all " + n + " points were";
    }

    /** What phase 4 found missing; or, before it has run, what phase 3 changed since the findings were made. */
    private static String since(AccountState state) {
        ValidationResult validation = state.validation();
        if (validation == null) {
            long made = state.changes().stream()
                    .filter(c -> c.outcome() == ChangeRecord.Outcome.DONE)
                    .count();
            return made == 0
                    ? ""
                    : " Since then " + made + (made == 1 ? " change was" : " changes were")
                            + " made, which phase 4 has yet to prove.";
        }
        if (validation.isSecured()) {
            return "";
        }
        String titles = validation.points().stream()
                .filter(p -> p.status().isOpen())
                .map(ValidationPoint::title)
                .collect(Collectors.joining("; "));
        return " Proven: " + validation.secured() + " of " + validation.points().size() + ". Missing: " + titles + ".";
    }

    private static String sentence(String text) {
        String trimmed = text.strip();
        return trimmed.isEmpty() || trimmed.endsWith(".") || trimmed.endsWith("!") || trimmed.endsWith("?")
                ? trimmed
                : trimmed + ".";
    }
}
