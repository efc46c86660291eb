package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.Standing;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import java.util.Locale;

/**
 * How a status, an outcome or a verdict is shown.
 *
 * @param symbol one character, which always has the word beside it
 * @param singular what follows the number 1, for example {@code needs attention} or {@code without gaps}
 * @param plural what follows another number
 * @param tone the style class: {@code pass}, {@code warn}, {@code fail}, {@code unknown} or {@code none}
 */
public record Label(String symbol, String word, String singular, String plural, String tone) {

    public Label(String symbol, String word, String tone) {
        this(symbol, word, lowerCase(word), lowerCase(word), tone);
    }

    /** For example {@code 1 needs attention}, {@code 2,000 need attention}. */
    String counted(int n) {
        return Sentences.number(n) + " " + (n == 1 ? singular : plural);
    }

    public static Label of(Status status) {
        return switch (status) {
            case FAIL -> new Label("✖", "Fail", "fail");
            case UNKNOWN -> new Label("?", "Unknown", "unknown");
            case NOT_CHECKED -> new Label("○", "Not checked", "none");
            case PASS -> new Label("✔", "Pass", "pass");
            case NOT_APPLICABLE -> new Label("–", "Not applicable", "none");
        };
    }

    public static Label of(ChangeRecord.Outcome outcome) {
        return switch (outcome) {
            case DONE -> new Label("✔", "Completed", "pass");
            case FAILED -> new Label("✖", "Failed", "fail");
            case STARTED -> new Label("?", "Outcome unknown", "unknown");
            case SKIPPED -> new Label("–", "Not made", "none");
            case WOULD_DO -> new Label("○", "Dry run", "none");
        };
    }

    public static Label of(Standing standing) {
        String tone =
                switch (standing) {
                    case SECURED, ACCEPTED, NO_GAPS, NO_GAPS_EXCEPT_ACCEPTED -> "pass";
                    case ATTENTION -> "warn";
                    case AT_RISK -> "fail";
                    case UNKNOWN -> "unknown";
                    case NOT_JUDGED -> "none";
                };
        String word = standing.word();
        String singular =
                switch (standing) {
                    case NO_GAPS -> "without gaps";
                    case NO_GAPS_EXCEPT_ACCEPTED -> "without gaps except accepted risks";
                    default -> lowerCase(word);
                };
        String plural = standing == Standing.ATTENTION ? "need attention" : singular;
        return new Label(standing.symbol(), word, singular, plural, tone);
    }

    private static String lowerCase(String word) {
        return word.toLowerCase(Locale.ENGLISH);
    }

    public static String word(Severity severity) {
        return Sentences.capital(severity.lowerCase());
    }
}
