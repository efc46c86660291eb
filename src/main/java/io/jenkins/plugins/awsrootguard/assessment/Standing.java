package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The state of an account's root user in one word, for the symbol on a build page and the head of a report. */
public enum Standing {
    /** Every check of phase 4 passed, and no critical finding and no unread finding of high severity is open. */
    SECURED("✔", "Secured"),
    /** As SECURED, except for findings whose risk is accepted. */
    ACCEPTED("◐", "Secured except accepted risks"),
    /** Every control that applies passes; phase 4 has not verified it yet. */
    NO_GAPS("✔", "No gaps found"),
    /** As NO_GAPS, except for findings whose risk is accepted. */
    NO_GAPS_EXCEPT_ACCEPTED("◐", "No gaps except accepted risks"),
    /** A finding of medium or low severity is open, or a check of phase 4 failed. */
    ATTENTION("▲", "Needs attention"),
    /** A finding of critical severity is open, or one of high severity that phase 4 did not verify. */
    AT_RISK("✖", "At risk"),
    /** No worse finding is open, but a part could not be read. */
    UNKNOWN("?", "Unknown"),
    /** Phase 2 was not run. */
    NOT_JUDGED("○", "Not evaluated");

    private static final List<Standing> WORST_FIRST =
            List.of(AT_RISK, UNKNOWN, ATTENTION, NO_GAPS_EXCEPT_ACCEPTED, NO_GAPS, ACCEPTED, SECURED, NOT_JUDGED);

    private final String symbol;
    private final String word;

    Standing(String symbol, String word) {
        this.symbol = symbol;
        this.word = word;
    }

    public String symbol() {
        return symbol;
    }

    /** For example {@code At risk}. */
    public String word() {
        return word;
    }

    /** The worst one; NOT_JUDGED without any that was judged. A risk that is accepted in any of them is mentioned. */
    public static Standing worst(Stream<Standing> all) {
        Set<Standing> found = all.collect(Collectors.toCollection(() -> EnumSet.noneOf(Standing.class)));
        Standing worst =
                found.stream().min(Comparator.comparing(Standing::rank)).orElse(NOT_JUDGED);
        return worst == NO_GAPS && found.contains(ACCEPTED) ? NO_GAPS_EXCEPT_ACCEPTED : worst;
    }

    /** 0 for the worst. */
    public int rank() {
        return WORST_FIRST.indexOf(this);
    }

    /** Whether somebody has to act. */
    public boolean isBad() {
        return this == AT_RISK || this == UNKNOWN || this == ATTENTION;
    }

    /** Whether somebody has to act, and the other was better. */
    public boolean isWorseThan(Standing other) {
        return isBad() && rank() < other.rank();
    }

    public static Standing of(AccountState state) {
        Findings findings = state.findings();
        if (findings == null) {
            return NOT_JUDGED;
        }
        boolean validated = state.validation() != null;
        boolean verified = validated && state.validation().isSecured();
        // Enabling MFA requires a sign-in as root, so root-recent-use (HIGH) fails right after every check passed.
        Severity risk = verified ? Severity.CRITICAL : Severity.HIGH;
        if (!findings.atLeast(Status.FAIL, risk).isEmpty()) {
            return AT_RISK;
        }
        if (!findings.atLeast(Status.UNKNOWN, Severity.HIGH).isEmpty()) {
            return UNKNOWN;
        }
        if (verified) {
            return findings.accepted() > 0 ? ACCEPTED : SECURED;
        }
        if (!findings.atLeast(Status.FAIL, Severity.LOW).isEmpty()) {
            return ATTENTION;
        }
        if (!findings.atLeast(Status.UNKNOWN, Severity.LOW).isEmpty()) {
            return UNKNOWN;
        }
        if (validated) {
            return ATTENTION;
        }
        return findings.accepted() > 0 ? NO_GAPS_EXCEPT_ACCEPTED : NO_GAPS;
    }
}
