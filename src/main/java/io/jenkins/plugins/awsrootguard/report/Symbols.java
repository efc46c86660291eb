package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;

/** The one-character symbols, the words beside them, and the style classes of both. A symbol never stands without its word. */
public final class Symbols {

    private Symbols() {}

    public static String of(Status status) {
        return switch (status) {
            case FAIL -> "✖";
            case UNKNOWN -> "?";
            case NOT_CHECKED -> "○";
            case PASS -> "✔";
            case NOT_APPLICABLE -> "–";
        };
    }

    public static String word(Status status) {
        return switch (status) {
            case FAIL -> "Fail";
            case UNKNOWN -> "Unknown";
            case NOT_CHECKED -> "Not checked";
            case PASS -> "Pass";
            case NOT_APPLICABLE -> "Not applicable";
        };
    }

    /** The style class of a status. */
    public static String tone(Status status) {
        return switch (status) {
            case FAIL -> "fail";
            case UNKNOWN -> "unknown";
            case NOT_CHECKED -> "none";
            case PASS -> "pass";
            case NOT_APPLICABLE -> "none";
        };
    }

    public static String word(Severity severity) {
        return Sentences.capital(severity.lowerCase());
    }

    public static String of(ChangeRecord.Outcome outcome) {
        return switch (outcome) {
            case DONE -> "✔";
            case FAILED -> "✖";
            case STARTED -> "?";
            case SKIPPED -> "–";
            case WOULD_DO -> "○";
        };
    }

    public static String word(ChangeRecord.Outcome outcome) {
        return switch (outcome) {
            case DONE -> "Completed";
            case FAILED -> "Failed";
            case STARTED -> "Outcome unknown";
            case SKIPPED -> "Not made";
            case WOULD_DO -> "Dry run";
        };
    }

    /** The style class of an outcome. */
    public static String tone(ChangeRecord.Outcome outcome) {
        return switch (outcome) {
            case DONE -> "pass";
            case FAILED -> "fail";
            case STARTED -> "unknown";
            case SKIPPED, WOULD_DO -> "none";
        };
    }
}
