package io.jenkins.plugins.awsrootguard.ui;

import io.jenkins.plugins.awsrootguard.assessment.Standing;
import io.jenkins.plugins.awsrootguard.report.PhaseStrip;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadline;

/** The symbols of this plugin's pages. A symbol never stands without a word: this is decoration. */
public final class Icons {

    static final String SHIELD = symbol("");

    private Icons() {}

    public static String of(Standing standing) {
        return switch (standing) {
            case SECURED, NO_GAPS -> symbol("-pass");
            case ATTENTION -> symbol("-warn");
            case AT_RISK -> symbol("-fail");
            case UNKNOWN -> symbol("-unknown");
            case NOT_JUDGED -> SHIELD;
        };
    }

    /** The symbol of a style class that {@code report} gives to a verdict, a status or an outcome. */
    static String ofTone(String tone) {
        return switch (tone) {
            case "secured", "no-gaps", "pass" -> symbol("-pass");
            case "attention" -> symbol("-warn");
            case "at-risk", "fail" -> symbol("-fail");
            case "unknown" -> symbol("-unknown");
            case "not-applicable", "none" -> symbol("-none");
            default -> SHIELD;
        };
    }

    public static String of(PasswordDeadline deadline) {
        return of(
                deadline.isOverdue() ? Standing.AT_RISK : deadline.isDueSoon() ? Standing.ATTENTION : Standing.SECURED);
    }

    public static String of(PhaseStrip.Progress progress) {
        return switch (progress) {
            case DONE -> "symbol-check";
            case INCOMPLETE -> "symbol-warning";
            case WAITING -> "symbol-hourglass";
            case NOT_RUN -> "symbol-ellipse";
        };
    }

    private static String symbol(String suffix) {
        return "symbol-root-guard" + suffix + " plugin-aws-root-guard";
    }
}
