package io.jenkins.plugins.awsrootguard.pipeline;

import static io.jenkins.plugins.awsrootguard.store.Person.AUTOMATIC;
import static io.jenkins.plugins.awsrootguard.store.Settlement.Note.Outcome.CONFIRMED;
import static io.jenkins.plugins.awsrootguard.store.Settlement.Note.Outcome.NOT_READ;
import static io.jenkins.plugins.awsrootguard.store.Settlement.Note.Outcome.NOT_SO;

import hudson.EnvVars;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.config.AwsConnections;
import io.jenkins.plugins.awsrootguard.config.AwsConnections.Used;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.ConfirmationCheck;
import io.jenkins.plugins.awsrootguard.store.PlanSnapshot.ApprovedChanges;
import io.jenkins.plugins.awsrootguard.store.Settlement;
import io.jenkins.plugins.awsrootguard.store.Settlement.Note;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * Checks whether what a pause waits for is completed, and stores it when it is. For one thread at a time, except {@link #close}.
 */
final class ConfirmCheck implements AutoCloseable {

    private static final String UNEXPECTED = "an unexpected error occurred; the Jenkins system log has the cause";

    private final RootConfirmExecution execution;
    private final ConfirmRequest request;
    private final ConfirmationCheck check = new ConfirmationCheck(this::connect);

    /** Null before the first check, also after a restart, when there is a new check immediately. */
    volatile Note lastResult;

    ConfirmCheck(RootConfirmExecution execution) {
        this.execution = execution;
        this.request = execution.request();
    }

    void run(ConfirmAction action, ConfirmRecord record) throws IOException, InterruptedException {
        boolean verifying = record.phase == ConfirmRecord.Phase.VERIFYING;
        if (!verifying && !request.isReportedByAws()) {
            return;
        }
        try {
            if (request.isPlan()) {
                settlePlan(action, record);
                return;
            }
            // The time of the statement, not of this check: after a restart that would be later.
            Note note = check.check(
                    PhaseExecution.steps(execution.getContext()),
                    request.subject(),
                    request.what(),
                    by(record),
                    record.at());
            if (note.isConfirmed()) {
                settle(record, note);
            } else {
                waitOn(action, record, null, note);
            }
        } catch (AwsAccessException | InvalidInputException e) {
            waitOn(
                    action,
                    record,
                    null,
                    note(record, NOT_READ, Instant.now(), Printable.text(e.getMessage(), 400), null));
        } catch (RuntimeException e) {
            // An error of this plugin must not leave the pause verifying for ever, and it confirms nothing.
            waitOn(action, record, null, note(record, NOT_READ, Instant.now(), UNEXPECTED, null));
            throw e;
        }
    }

    /** An approval of a plan that has changed since it was shown does not count. */
    private void settlePlan(ConfirmAction action, ConfirmRecord record) throws IOException, InterruptedException {
        String now;
        try {
            now = execution.plan.store(action.getObject());
        } catch (UncheckedIOException e) {
            // Storing the approval fails for the same reason, and ends the pause.
            now = record.plan;
        }
        if (record.plan.equals(now)) {
            settle(record, note(record, CONFIRMED, record.at(), Settlement.saw(approved(action, record)), null));
        } else {
            String text =
                    "the plan has changed since " + record.by + " approved it. Review it again before you approve it.";
            Note note = new Note(record.subject, record.what, NOT_SO, AUTOMATIC, Instant.now(), text, null);
            waitOn(action, record, now, note);
        }
    }

    /** Shows the result of a check on the page, and in the log when it is new. */
    private void show(Note result) throws IOException, InterruptedException {
        Note before = lastResult;
        lastResult = result;
        if (before == null || !before.saw().equals(result.saw()) || !isAutomatic(result)) {
            execution.log().line(sentence(result));
        }
    }

    /** The result of a check that did not end the pause, in one line. */
    static String sentence(Note note) {
        return (isAutomatic(note) ? "" : note.by() + " reported the task as completed. ")
                + (note.outcome() == NOT_READ ? "The check failed. The pause continues: " : "Not completed: ")
                + note.saw();
    }

    private static boolean isAutomatic(Note note) {
        return note.by().equals(AUTOMATIC);
    }

    private AccountConnection connect() throws IOException, InterruptedException {
        Run<?, ?> run = execution.run();
        Used before = PhaseExecution.steps(execution.getContext())
                .connection(request.connection().accountId());
        EnvVars env = execution.getContext().get(EnvVars.class);
        // Not the workspace: asking for that of an agent that is offline writes to the log each time.
        Computer agent = request.connection().useNode() ? execution.getContext().get(Computer.class) : null;
        return AwsConnections.open(run, env, agent, request.connection(), before, Timeouts.DEFAULT, TaskListener.NULL)
                .connection();
    }

    /** Closes the connection, after a check that is in progress. */
    @Override
    public void close() {
        check.close();
    }

    /** @param plan the digest of the plan to show; null for the one that was shown */
    private void waitOn(ConfirmAction action, ConfirmRecord record, String plan, Note note)
            throws IOException, InterruptedException {
        if (execution.isJenkinsStopping()) {
            // Otherwise the answer of the user would be lost, and not be verified after the restart.
            return;
        }
        // First, so that the page that awaits the verification shows the result.
        show(note);
        if (record.phase == ConfirmRecord.Phase.VERIFYING) {
            action.move(request, ConfirmRecord.Phase.VERIFYING, r -> r.waitingAgain(plan == null ? r.plan : plan));
        }
    }

    private void settle(ConfirmRecord record, Note note) throws IOException, InterruptedException {
        String who = record.by == null ? "Continuing automatically" : "Confirmed by " + record.by;
        execution.settle(
                who + ": " + (request.isPlan() ? "plan, " : "") + note.saw(),
                r -> r.settled(ConfirmRecord.End.CONFIRMED, record.by, note.at(), note.saw(), note.changedAt()));
    }

    /** Stores what a confirmed pause has confirmed: only then, because until it is settled it can be aborted. Can be repeated. */
    static void keep(ConfirmAction action, ConfirmRecord settled) {
        BuildStore store = BuildStore.of(action.getObject());
        if (settled.what == PendingTask.What.PLAN) {
            Settlement.plan(store, settled.subject, approved(action, settled), settled.by, settled.at());
        } else {
            Settlement.store(store, note(settled, CONFIRMED, settled.at(), settled.saw, settled.changedAt()));
        }
    }

    private static ApprovedChanges approved(ConfirmAction action, ConfirmRecord record) {
        return BuildStore.of(action.getObject()).approvals().get(record.approved, ApprovedChanges.class);
    }

    private static Note note(ConfirmRecord record, Note.Outcome outcome, Instant at, String saw, Instant changedAt) {
        return new Note(record.subject, record.what, outcome, by(record), at, saw, changedAt);
    }

    private static String by(ConfirmRecord record) {
        return record.by == null ? AUTOMATIC : record.by;
    }
}
