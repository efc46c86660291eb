package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.Times;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The four phases and the progress of each. */
public final class PhaseStrip {

    static final Label DONE = new Label("✔", "completed", "done");
    /** The phase ended and left something open. */
    static final Label INCOMPLETE = new Label("◐", "incomplete", "incomplete");

    static final Label WAITING = new Label("…", "in progress", "waiting");
    /** Planned, or waiting for somebody. */
    static final Label PENDING = new Label("…", "not started", "waiting");

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
        Label progress = run.isComplete() || !run.isOrganization() ? DONE : run.isRunning() ? WAITING : INCOMPLETE;
        // Phase 4 reads the accounts again, so the end of the last reading is its own then.
        Instant at = run.header() == null || run.validated() > 0
                ? null
                : run.header().ended();
        return new Step(
                1,
                "Assess",
                progress,
                at,
                Sentences.number(run.count(e -> !e.reading().isMissing())) + " of " + accounts(all) + " read");
    }

    private static Step gaps(RunReport run) {
        boolean none = run.controls().isEmpty();
        String detail = Sentences.number(run.count(Status.FAIL)) + " failed, "
                + Sentences.number(run.count(Status.UNKNOWN)) + " unknown";
        return new Step(2, "Find gaps", none ? NOT_RUN : DONE, null, none ? "" : detail);
    }

    private static Step secure(RunReport run) {
        int made = run.sum(AccountEntry::made);
        int failed = run.sum(AccountEntry::failed);
        int planned = run.sum(AccountEntry::planned);
        boolean open = planned > 0;
        String plan = changes(planned) + " planned" + (open ? " in " + accounts(run.count(e -> e.planned() > 0)) : "");
        if (made + failed == 0) {
            return new Step(3, "Secure", open ? PENDING : NOT_RUN, null, plan);
        }
        String result = changes(made) + " made" + (failed > 0 ? ", " + failed + " failed" : "");
        return new Step(
                3, "Secure", open || failed > 0 ? INCOMPLETE : DONE, null, open ? result + "; " + plan : result);
    }

    private static Step validate(RunReport run) {
        boolean none = run.validated() == 0;
        String detail = none ? "" : Sentences.number(run.secured()) + " of " + accounts(run.validated()) + " secured";
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
        String detail = made != null
                ? "credential report of " + Times.minutes(made)
                : Sentences.needsNoReport(state) ? "" : "no credential report";
        return switch (state.reading().outcome()) {
            case READ -> step(1, "Assess", state.assessedAt(), false, state.assessedAt() == null ? "" : detail);
            case NOT_APPLICABLE -> step(1, "Assess", state.assessedAt(), false, "not in use");
            case UNREAD, STOPPED -> new Step(1, "Assess", INCOMPLETE, state.assessedAt(), "not read");
        };
    }

    private static Step gaps(AccountState state) {
        // After phase 4 the state holds the findings of that phase: they do not belong to the time of phase 2.
        boolean shown = state.findings() != null && state.validation() == null;
        return step(2, "Find gaps", state.plannedAt(), false, shown ? AccountRow.open(AccountEntry.of(state)) : "");
    }

    private static Step secure(AccountState state) {
        if (state.securedAt() != null) {
            return secured(state);
        }
        int changes = state.plan() == null ? 0 : state.plan().changes().size();
        boolean waiting = changes > 0 || !ManualTasks.open(state).isEmpty();
        String planned = changes(changes) + " planned, " + (state.approval() == null ? "not approved" : "approved");
        return step(3, "Secure", null, waiting, changes > 0 ? planned : waiting ? "manual tasks" : "");
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
        int dry = Collections.frequency(last.values(), ChangeRecord.Outcome.WOULD_DO);
        int done = Collections.frequency(last.values(), ChangeRecord.Outcome.DONE);
        int undone = last.size() - done - dry;
        String detail = undone > 0
                ? undone + " of " + last.size() + " not made"
                : dry > 0 ? "dry run, " + changes(dry) + " planned" : changes(done) + " made";
        return new Step(3, "Secure", undone > 0 ? INCOMPLETE : DONE, state.securedAt(), detail);
    }

    private static Step validate(AccountState state) {
        boolean open = state.validation() != null && !state.validation().isSecured();
        String detail = state.validation() == null ? "" : Sentences.checksPassed(state.validation());
        Label progress = open ? INCOMPLETE : state.validatedAt() == null ? NOT_RUN : DONE;
        return new Step(4, "Validate", progress, state.validatedAt(), detail);
    }

    private static Step step(int number, String name, Instant at, boolean waiting, String detail) {
        Label progress = at != null ? DONE : waiting ? PENDING : NOT_RUN;
        return new Step(number, name, progress, at, detail);
    }

    private static String changes(long n) {
        return n == 0 ? "no changes" : Sentences.counted(n, "change");
    }
}
