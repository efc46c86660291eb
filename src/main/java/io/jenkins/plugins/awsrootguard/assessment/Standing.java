package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.util.Locale;

/** How an account's root user stands, in one word: what the symbol on a build page and the head of a report are chosen by. */
public enum Standing {
    /** Phase 4 proved every point, nothing critical is open, and nothing that matters as much was left unread. */
    SECURED("✔", "Secured"),
    /** Every control that applies passes; phase 4 has not proven it yet. */
    NO_GAPS("✔", "No gaps found"),
    /** Something of medium or low severity is open, or a point is not proven. */
    ATTENTION("▲", "Needs attention"),
    /** A finding of critical severity is open, or one of high severity that no proof makes up for. */
    AT_RISK("✖", "At risk"),
    /** Nothing worse was seen, but something could not be read: that is never shown as good. */
    UNKNOWN("?", "Unknown"),
    /** Phase 2 was not run. */
    NOT_JUDGED("○", "Not evaluated");

    private final String symbol;
    private final String word;

    Standing(String symbol, String word) {
        this.symbol = symbol;
        this.word = word;
    }

    public String symbol() {
        return symbol;
    }

    /** For a person, for example {@code At risk}. */
    public String word() {
        return word;
    }

    /** For a CSS class, for example {@code at-risk}. */
    public String cssName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Standing of(AccountState state) {
        Findings findings = state.findings();
        if (findings == null) {
            return NOT_JUDGED;
        }
        boolean validated = state.validation() != null;
        boolean proven = validated && state.validation().isSecured();
        // Who enables MFA signs in as root, so root-recent-use (HIGH) is open right after everything was proven.
        Severity risk = proven ? Severity.CRITICAL : Severity.HIGH;
        if (!findings.atLeast(Status.FAIL, risk).isEmpty()) {
            return AT_RISK;
        }
        if (!findings.atLeast(Status.UNKNOWN, Severity.HIGH).isEmpty()) {
            return UNKNOWN;
        }
        if (proven) {
            return SECURED;
        }
        if (!findings.atLeast(Status.FAIL, Severity.LOW).isEmpty()) {
            return ATTENTION;
        }
        if (!findings.atLeast(Status.UNKNOWN, Severity.LOW).isEmpty()) {
            return UNKNOWN;
        }
        return validated ? ATTENTION : NO_GAPS;
    }
}
