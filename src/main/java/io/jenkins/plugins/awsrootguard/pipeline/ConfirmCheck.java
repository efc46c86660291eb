package io.jenkins.plugins.awsrootguard.pipeline;

import hudson.EnvVars;
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
import io.jenkins.plugins.awsrootguard.store.Person;
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

    /**
     * The result of a check that did not end the pause.
     *
     * @param text one line: what AWS reported, or why it could not be read
     * @param read whether AWS could be read
     * @param askedBy who reported the task as completed; null for an automatic check
     */
    record Result(Instant at, String text, boolean read, String askedBy) {

        String sentence() {
            String asked = askedBy == null ? "" : askedBy + " reported the task as completed. ";
            return asked + (read ? "Not completed: " : "AWS could not be read. The pause continues: ") + text;
        }
    }

    private final RootConfirmExecution execution;
    private final ConfirmRequest request;
    private final ConfirmationCheck check = new ConfirmationCheck(this::connect);

    ConfirmCheck(RootConfirmExecution execution) {
        this.execution = execution;
        this.request = execution.request();
    }

    void run(ConfirmAction action, ConfirmRecord record) throws IOException, InterruptedException {
        boolean verifying = record.phase() == ConfirmRecord.Phase.VERIFYING;
        if (!verifying && !request.isSeenInAws()) {
            return;
        }
        try {
            if (request.isPlan()) {
                settlePlan(action, record);
                return;
            }
            // The time of the statement, not of this check: after a restart that would be later.
            Note note = check.check(request.subject(), request.what(), by(record), record.at());
            if (note.isConfirmed()) {
                settle(record, note.at(), note.saw(), note.changedAt());
            } else {
                waitOn(action, record, new Result(note.at(), note.saw(), true, record.by()));
            }
        } catch (AwsAccessException | InvalidInputException e) {
            waitOn(action, record, new Result(Instant.now(), Printable.text(e.getMessage(), 400), false, record.by()));
        } catch (RuntimeException e) {
            // An error of this plugin must not leave the pause verifying for ever, and it confirms nothing.
            waitOn(action, record, new Result(Instant.now(), Messages.ConfirmCheck_unexpected(), false, record.by()));
            throw e;
        }
    }

    /** An approval of a plan that has changed since it was shown does not count. */
    private void settlePlan(ConfirmAction action, ConfirmRecord record) throws IOException, InterruptedException {
        String now;
        try {
            now = execution.plan().store(action.getRun());
        } catch (UncheckedIOException e) {
            // Storing the approval fails for the same reason, and ends the pause.
            now = record.plan;
        }
        if (record.plan.equals(now)) {
            settle(record, record.at(), Settlement.saw(approved(BuildStore.of(action.getRun()), record)), null);
        } else {
            String text = Messages.ConfirmCheck_otherPlan(record.by());
            waitOn(action, record, now, new Result(Instant.now(), text, true, null));
        }
    }

    private AccountConnection connect() throws IOException, InterruptedException {
        Run<?, ?> run = execution.run();
        Used before = BuildStore.of(run)
                .branch(PhaseExecution.branches(execution.getContext()))
                .connection(request.connection().accountId());
        EnvVars env = execution.getContext().get(EnvVars.class);
        return AwsConnections.open(run, env, request.connection(), before, Timeouts.DEFAULT, TaskListener.NULL)
                .connection();
    }

    /** Closes the connection, after a check that is in progress. */
    @Override
    public void close() {
        check.close();
    }

    private void waitOn(ConfirmAction action, ConfirmRecord record, Result result)
            throws IOException, InterruptedException {
        waitOn(action, record, record.plan, result);
    }

    /** @param plan the digest of the plan to show; null for the one that was shown */
    private void waitOn(ConfirmAction action, ConfirmRecord record, String plan, Result result)
            throws IOException, InterruptedException {
        if (execution.isLeftBehind()) {
            // Otherwise the answer of the user would be lost, and not be verified after the restart.
            return;
        }
        // First, so that the page that awaits the verification shows the result.
        execution.show(result);
        if (record.phase() == ConfirmRecord.Phase.VERIFYING) {
            action.move(request, ConfirmRecord.Phase.VERIFYING, r -> r.waitingAgain(plan == null ? r.plan : plan));
        }
    }

    private void settle(ConfirmRecord record, Instant at, String saw, Instant changedAt)
            throws IOException, InterruptedException {
        String who = record.by() == null ? "Continuing automatically" : "Confirmed by " + record.by();
        execution.settle(
                who + ": " + (request.isPlan() ? "plan, " : "") + saw,
                r -> r.settled(ConfirmRecord.End.CONFIRMED, record.by(), at, saw, changedAt));
    }

    /** Stores what a confirmed pause has confirmed: only then, because until it is settled it can be aborted. Can be repeated. */
    static void keep(ConfirmAction action, ConfirmRecord settled) {
        BuildStore store = BuildStore.of(action.getRun());
        String subject = settled.subject;
        if (settled.what == PendingTask.What.PLAN) {
            Settlement.plan(store, subject, approved(store, settled), settled.by(), settled.at());
            return;
        }
        Settlement.store(
                store,
                new Note(
                        subject,
                        settled.what,
                        Note.Outcome.CONFIRMED,
                        by(settled),
                        settled.at(),
                        settled.saw(),
                        settled.changedAt()));
    }

    private static ApprovedChanges approved(BuildStore store, ConfirmRecord record) {
        return store.approvals().get(record.approved(), ApprovedChanges.class);
    }

    private static String by(ConfirmRecord record) {
        return record.by() == null ? Person.AUTOMATIC : record.by();
    }
}
