package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.Standing;
import io.jenkins.plugins.awsrootguard.assessment.StopCause;
import io.jenkins.plugins.awsrootguard.assessment.ValidationResult;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.Times;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sentences about one account. They are plain text: a page escapes them. */
public final class Sentences {

    private Sentences() {}

    /**
     * Returns one line for a list or a build page, for example
     * {@code 123456789012 (prod): 2 critical, 1 high open · 3 of 5 checks passed · credential report 4 min old}.
     *
     * @param now the time from which the age of the credential report is counted
     */
    public static String frontLine(AccountState state, Instant now) {
        List<String> parts = new ArrayList<>();
        parts.add(name(state) + ": " + AccountRow.open(AccountEntry.of(state)));
        if (state.validation() != null) {
            parts.add(checksPassed(state.validation()));
        }
        Instant generated = reportGeneratedAt(state);
        parts.add(
                generated == null ? "no credential report" : "credential report " + Times.age(generated, now) + " old");
        return String.join(" · ", parts);
    }

    /** Returns one sentence: whether the root user is secured and, if not, how much is open. */
    public static String verdict(AccountState state) {
        String root = "The root user of " + name(state);
        Findings findings = state.findings();
        if (findings == null) {
            return "Account " + name(state) + " was read on " + Times.minutes(state.assessedAt())
                    + " and has not been evaluated yet.";
        }
        Standing standing = Standing.of(state);
        boolean good = standing == Standing.SECURED || standing == Standing.NO_GAPS;
        if (good && AccountReport.needsMemberRole(state.facts())) {
            return "Root credentials of " + name(state) + " are secured. IAM settings were not checked.";
        }
        String accepted =
                findings.accepted() == 0 ? "" : " except for " + counted(findings.accepted(), "accepted risk");
        return switch (standing) {
            case SECURED, ACCEPTED ->
                root + " is secured" + accepted + ": " + checksPassed(state.validation()) + " on "
                        + Times.minutes(state.validatedAt())
                        + (findings.findings().stream().anyMatch(f -> f.isOpen()) ? ", and " + counted(findings) : "")
                        + ".";
            case NO_GAPS, NO_GAPS_EXCEPT_ACCEPTED ->
                "No finding is open for the root user of " + name(state) + accepted + ", and phase 4 has not run yet.";
            case AT_RISK -> root + " is at risk: " + counted(findings) + ".";
            case ATTENTION -> root + " needs attention: " + counted(findings) + ".";
            case UNKNOWN ->
                "It is unknown whether the root user of " + name(state) + " is secured: " + counted(findings) + ".";
            case NOT_JUDGED -> throw new IllegalStateException("findings are there");
        };
    }

    /** Returns what a reader of the verdict wants to know next: the worst finding and later events; may be empty. */
    public static String verdictDetail(AccountState state) {
        Findings findings = state.findings();
        if (findings == null) {
            return "";
        }
        String worst = findings.findings().stream()
                .filter(f -> f.isOpen())
                .findFirst()
                .map(f -> "Most severe: " + sentence(f.summary()))
                .orElse("");
        return Stream.of(worst, since(state), AccountReport.notCheckedTitle(state))
                .filter(s -> !s.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** Returns when AWS generated the credential report behind this state; null without a report. */
    public static Instant reportGeneratedAt(AccountState state) {
        if (state.facts() != null && state.facts().report().isKnown()) {
            return state.facts().report().get().generatedAt();
        }
        return state.findings() == null ? null : state.findings().reportGeneratedAt();
    }

    /** Whether the access method of the run reads no credential report. */
    static boolean needsNoReport(AccountState state) {
        return state.facts() != null
                && !state.facts().report().isKnown()
                && state.facts().report().unread().isNotChecked();
    }

    /** Returns the account by id and name, for example {@code 123456789012 (prod)}. */
    public static String name(AccountState state) {
        return state.facts() == null ? state.accountId() : state.facts().displayName();
    }

    /** For example {@code 4 of 5 checks passed}. */
    public static String checksPassed(ValidationResult validation) {
        long notChecked = validation.notChecked();
        return validation.secured() + " of " + counted(validation.points().size() - notChecked, "check") + " passed"
                + (notChecked == 0 ? "" : ", " + notChecked + " not checked")
                + (validation.accepted() == 0 ? "" : ", " + validation.accepted() + " accepted");
    }

    /** For example {@code 1 change}, {@code 2,000 changes}. */
    public static String counted(long n, String noun) {
        return number(n) + " " + noun + (n == 1 ? "" : "s");
    }

    /** For example {@code 2,000}. */
    static String number(long n) {
        return String.format(Locale.ENGLISH, "%,d", n);
    }

    /** Returns the text with its first letter in upper case, unless it begins with an API action. */
    static String capital(String text) {
        boolean action = text.split(" ", 2)[0].contains(":");
        return text.isEmpty() || action ? text : text.substring(0, 1).toUpperCase(Locale.ENGLISH) + text.substring(1);
    }

    /** For example {@code 3 findings are open (2 critical, 1 high), and 1 control could not be evaluated}. */
    private static String counted(Findings findings) {
        List<String> failed = AccountRow.failed(s -> findings.count(Status.FAIL, s));
        long unknown = findings.count(Status.UNKNOWN);
        String unread = counted(unknown, "control") + " could not be evaluated";
        if (failed.isEmpty()) {
            return unknown == 0 ? "a check of phase 4 did not pass" : unread;
        }
        long n = findings.count(Status.FAIL);
        String open = n == 1
                ? failed.get(0) + " finding is open"
                : counted(n, "finding") + " are open (" + String.join(", ", failed) + ")";
        return unknown == 0 ? open : open + ", and " + unread;
    }

    /** Returns the checks of phase 4 that did not pass and are not accepted; before phase 4, what phase 3 changed since the findings were made. */
    private static String since(AccountState state) {
        ValidationResult validation = state.validation();
        if (validation == null) {
            long made = state.changes().stream()
                    .filter(c -> c.outcome() == ChangeRecord.Outcome.DONE)
                    .count();
            return made == 0
                    ? ""
                    : "Since then " + counted(made, "change") + (made == 1 ? " was" : " were")
                            + " made. Run phase 4 to verify.";
        }
        List<String> open =
                validation.failed().stream().map(ValidationResult.Check::title).toList();
        return open.isEmpty() ? "" : "Not passed: " + String.join("; ", open) + ".";
    }

    /** Returns why a run ended early, in one sentence. */
    public static String of(StopCause stop) {
        return switch (stop.kind()) {
            case INTERRUPTED -> "The run was stopped before it had read every account.";
            case LISTING_FAILED -> "Not every account could be listed: " + sentence(stop.detail());
        };
    }

    static String sentence(String text) {
        String trimmed = text.strip();
        return trimmed.isEmpty() || trimmed.endsWith(".") || trimmed.endsWith("!") || trimmed.endsWith("?")
                ? trimmed
                : trimmed + ".";
    }
}
