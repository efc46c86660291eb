package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.phase.AccountState;
import io.jenkins.plugins.awsrootguard.phase.ChangeRecord;
import io.jenkins.plugins.awsrootguard.phase.ValidationResult;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The four phases as a strip: how far an account has come. */
public final class PhaseStrip {

    /** How one phase stands. */
    public enum Progress {
        DONE("✔", "done"),
        WAITING("…", "waiting"),
        NOT_RUN("○", "not run");

        private final String symbol;
        private final String word;

        Progress(String symbol, String word) {
            this.symbol = symbol;
            this.word = word;
        }

        public String symbol() {
            return symbol;
        }

        public String word() {
            return word;
        }

        /** For a CSS class, for example {@code not-run}. */
        public String cssName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One phase.
     *
     * @param number 1 to 4
     * @param at when it ended; null unless it is done
     * @param detail what came out of it, in a few words; empty when there is nothing to say
     */
    public record Step(int number, String name, Progress progress, Instant at, String detail) {}

    private PhaseStrip() {}

    /** The four steps, in order. */
    public static List<Step> of(AccountState state) {
        return List.of(assess(state), gaps(state), secure(state), validate(state));
    }

    private static Step assess(AccountState state) {
        Instant made = Sentences.reportGeneratedAt(state);
        String detail = made == null ? "no credential report" : "report of " + Times.minutes(made);
        return step(1, "Assess", state.assessedAt(), false, state.assessedAt() == null ? "" : detail);
    }

    private static Step gaps(AccountState state) {
        // After phase 4 the state holds that phase's findings, so these would be told under the wrong time.
        String detail = state.findings() == null || state.validation() != null ? "" : Sentences.open(state.findings());
        return step(2, "Find gaps", state.plannedAt(), false, detail);
    }

    private static Step secure(AccountState state) {
        if (state.securedAt() != null) {
            long failed = count(state, ChangeRecord.Outcome.FAILED) + count(state, ChangeRecord.Outcome.STARTED);
            long dry = count(state, ChangeRecord.Outcome.WOULD_DO);
            String detail = dry > 0
                    ? "dry run, " + changes(dry) + " planned"
                    : changes(count(state, ChangeRecord.Outcome.DONE)) + " made"
                            + (failed == 0 ? "" : ", " + failed + " not confirmed");
            return step(3, "Secure", state.securedAt(), false, detail);
        }
        boolean waiting = state.plan() != null
                && !(state.plan().changes().isEmpty() && Waiting.tasks(state).isEmpty());
        return step(3, "Secure", null, waiting, waiting ? planned(state) : "");
    }

    private static String planned(AccountState state) {
        int n = state.plan().changes().size();
        if (n == 0) {
            return "for a person";
        }
        return changes(n) + " planned, " + (state.approval() == null ? "not approved" : "approved");
    }

    private static Step validate(AccountState state) {
        ValidationResult v = state.validation();
        String detail = v == null ? "" : v.secured() + " of " + v.points().size() + " proven";
        return step(4, "Validate", state.validatedAt(), false, detail);
    }

    private static Step step(int number, String name, Instant at, boolean waiting, String detail) {
        Progress progress = at != null ? Progress.DONE : waiting ? Progress.WAITING : Progress.NOT_RUN;
        return new Step(number, name, progress, at, detail);
    }

    private static long count(AccountState state, ChangeRecord.Outcome outcome) {
        return state.changes().stream().filter(c -> c.outcome() == outcome).count();
    }

    private static String changes(long n) {
        return n == 0 ? "no change" : n == 1 ? "1 change" : n + " changes";
    }
}
