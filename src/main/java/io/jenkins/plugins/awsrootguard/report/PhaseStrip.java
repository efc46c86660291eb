package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The four phases and the progress of each. */
public final class PhaseStrip {

    static final Label DONE = new Label("✔", "completed", "done");
    /** The phase ended and left something open. */
    static final Label INCOMPLETE = new Label("◐", "incomplete", "incomplete");

    static final Label WAITING = new Label("…", "in progress", "waiting");
    static final Label NOT_RUN = new Label("○", "not started", "not-run");

    /**
     * One phase.
     *
     * @param number 1 to 4
     * @param at when it ended; null unless it has
     * @param detail the result in a few words; may be empty
     */
    public record Step(int number, String name, Label progress, Instant at, String detail) {

        /** Returns null unless the phase has ended. */
        public Times.Text time() {
            return Times.Text.of(at);
        }
    }

    private PhaseStrip() {}

    /** Returns the four steps of one account, in order. */
    public static List<Step> of(AccountState state) {
        return List.of(assess(state), gaps(state), secure(state), validate(state));
    }

    /** Returns the four steps of a run over many accounts, in order. */
    public static List<Step> of(RunReport run) {
        return List.of(assess(run), gaps(run), secure(run), validate(run));
    }

    private static Step assess(RunReport run) {
        int all = run.accounts().size();
        Label progress = run.isComplete() || !run.isOrganization()
                ? DONE
                : run.isRunning() ? WAITING : INCOMPLETE;
        // Phase 4 reads the accounts again, so the end of the last reading is its own then.
        Instant at = run.header() == null || run.validated() > 0
                ? null
                : run.header().ended();
        return new Step(1, "Assess", progress, at, (all - run.unread()) + " of " + accounts(all) + " read");
    }

    private static Step gaps(RunReport run) {
        boolean none = run.controls().isEmpty();
        String detail = run.count(Status.FAIL) + " failed, " + run.count(Status.UNKNOWN) + " unknown";
        return new Step(2, "Find gaps", none ? NOT_RUN : DONE, null, none ? "" : detail);
    }

    private static Step secure(RunReport run) {
        boolean begun = run.made() + run.failedChanges() > 0;
        boolean open = run.planned() > 0;
        String planned = changes(run.planned()) + " planned" + (open ? " in " + accounts(run.plannedAccounts()) : "");
        String made =
                changes(run.made()) + " made" + (run.failedChanges() > 0 ? ", " + run.failedChanges() + " failed" : "");
        Label progress = begun
                ? open || run.failedChanges() > 0 ? INCOMPLETE : DONE
                : open ? WAITING : NOT_RUN;
        return new Step(3, "Secure", progress, null, !begun ? planned : open ? made + "; " + planned : made);
    }

    private static Step validate(RunReport run) {
        boolean none = run.validated() == 0;
        String detail = none ? "" : run.secured() + " of " + accounts(run.validated()) + " secured";
        Instant at = none || run.header() == null ? null : run.header().ended();
        boolean open = run.secured() < run.validated();
        Label progress = none ? NOT_RUN : open ? INCOMPLETE : DONE;
        return new Step(4, "Validate", progress, at, detail);
    }

    private static String accounts(int n) {
        return Sentences.counted(n, "account");
    }

    private static Step assess(AccountState state) {
        Instant made = Sentences.reportGeneratedAt(state);
        String detail = made == null ? "no credential report" : "credential report of " + Times.minutes(made);
        return step(1, "Assess", state.assessedAt(), false, state.assessedAt() == null ? "" : detail);
    }

    private static Step gaps(AccountState state) {
        // After phase 4 the state holds the findings of that phase: they do not belong to the time of phase 2.
        String detail = state.findings() == null || state.validation() != null ? "" : Sentences.open(AccountEntry.of(state));
        return step(2, "Find gaps", state.plannedAt(), false, detail);
    }

    private static Step secure(AccountState state) {
        if (state.securedAt() != null) {
            return secured(state);
        }
        boolean waiting = state.plan() != null
                && !(state.plan().changes().isEmpty() && ManualTasks.open(state).isEmpty());
        return step(3, "Secure", null, waiting, waiting ? planned(state) : "");
    }

    /** A change that was tried again counts by its last outcome. A dry run does not replace the outcome of an attempt. */
    private static Step secured(AccountState state) {
        Map<String, ChangeRecord.Outcome> last = new HashMap<>();
        for (ChangeRecord c : state.changes()) {
            boolean real = c.outcome() != ChangeRecord.Outcome.WOULD_DO;
            if (real || last.getOrDefault(c.id(), ChangeRecord.Outcome.DONE) == ChangeRecord.Outcome.DONE) {
                last.put(c.id(), c.outcome());
            }
        }
        long dry = count(last, ChangeRecord.Outcome.WOULD_DO);
        long done = count(last, ChangeRecord.Outcome.DONE);
        long undone = last.size() - done - dry;
        if (undone == 0) {
            String detail = dry > 0 ? "dry run, " + changes(dry) + " planned" : changes(done) + " made";
            return step(3, "Secure", state.securedAt(), false, detail);
        }
        String detail = undone + " of " + last.size() + " not made";
        return new Step(3, "Secure", INCOMPLETE, state.securedAt(), detail);
    }

    private static String planned(AccountState state) {
        int n = state.plan().changes().size();
        if (n == 0) {
            return "manual tasks";
        }
        return changes(n) + " planned, " + (state.approval() == null ? "not approved" : "approved");
    }

    private static Step validate(AccountState state) {
        if (state.validation() == null) {
            return step(4, "Validate", state.validatedAt(), false, "");
        }
        Label progress = state.validation().isSecured() ? DONE : INCOMPLETE;
        return new Step(4, "Validate", progress, state.validatedAt(), Sentences.checksPassed(state.validation()));
    }

    private static Step step(int number, String name, Instant at, boolean waiting, String detail) {
        Label progress = at != null ? DONE : waiting ? WAITING : NOT_RUN;
        return new Step(number, name, progress, at, detail);
    }

    private static long count(Map<String, ChangeRecord.Outcome> last, ChangeRecord.Outcome outcome) {
        return last.values().stream().filter(o -> o == outcome).count();
    }

    private static String changes(long n) {
        return n == 0 ? "no changes" : Sentences.counted(n, "change");
    }
}
