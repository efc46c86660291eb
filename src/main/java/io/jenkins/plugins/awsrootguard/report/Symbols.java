package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;

/** The one-character symbols and the words that go with them. A symbol never stands without its word, nor colour alone. */
public final class Symbols {

    private Symbols() {}

    public static String of(Status status) {
        return switch (status) {
            case FAIL -> "✖";
            case UNKNOWN -> "?";
            case PASS -> "✔";
            case NOT_APPLICABLE -> "–";
        };
    }

    public static String word(Status status) {
        return switch (status) {
            case FAIL -> "Fail";
            case UNKNOWN -> "Unknown";
            case PASS -> "Pass";
            case NOT_APPLICABLE -> "Not applicable";
        };
    }

    public static String word(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "Critical";
            case HIGH -> "High";
            case MEDIUM -> "Medium";
            case LOW -> "Low";
        };
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
            case DONE -> "Done";
            case FAILED -> "Failed";
            case STARTED -> "Outcome unknown";
            case SKIPPED -> "Not made";
            case WOULD_DO -> "Dry run";
        };
    }
}
