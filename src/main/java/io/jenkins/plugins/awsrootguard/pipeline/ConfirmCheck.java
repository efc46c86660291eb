package io.jenkins.plugins.awsrootguard.pipeline;

import hudson.EnvVars;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.Confirmation;
import io.jenkins.plugins.awsrootguard.assessment.Look;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.config.AwsConnections;
import io.jenkins.plugins.awsrootguard.config.AwsConnections.Used;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.Person;
import io.jenkins.plugins.awsrootguard.store.PlanSnapshot.ApprovedChanges;
import io.jenkins.plugins.awsrootguard.store.Settlement;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Function;

/**
 * Checks whether what a pause waits for is completed, and stores it when it is. Keeps its connection from one check to the next, and
 * opens it again after a failed check. For one thread at a time, except {@link #close}.
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
    private AccountConnection open;
    private boolean closed;

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
            switch (request.what()) {
                case MFA, ADMIN_MFA -> look(action, record);
                case PASSWORD -> password(record);
                case PLAN ->
                    settle(record, record.at(), Settlement.saw(approved(BuildStore.of(action.getRun()), record)), null);
            }
        } catch (AwsAccessException | InvalidInputException e) {
            waitOn(action, record, new Result(Instant.now(), Printable.text(e.getMessage(), 400), false, record.by()));
        } catch (RuntimeException e) {
            // An error of this plugin must not leave the pause verifying for ever, and it confirms nothing.
            waitOn(action, record, new Result(Instant.now(), Messages.ConfirmCheck_unexpected(), false, record.by()));
            throw e;
        }
    }

    private void look(ConfirmAction action, ConfirmRecord record) throws IOException, InterruptedException {
        Look look = connected(c -> Confirmation.look(c, request.what()));
        if (look.holds()) {
            settle(record, look.at(), look.saw(), null);
        } else {
            waitOn(action, record, new Result(look.at(), look.saw(), true, record.by()));
        }
    }

    private void password(ConfirmRecord record) throws IOException, InterruptedException {
        // The time of the statement, not of this check: after a restart that would be later.
        PasswordConfirmation statement = connected(c -> Confirmation.password(c, by(record), record.at()));
        settle(record, statement.at(), statement.corroboration(), statement.changedAt());
    }

    private synchronized <T> T connected(Function<AccountConnection, T> check)
            throws IOException, InterruptedException {
        if (open == null) {
            Run<?, ?> run = execution.run();
            Used before = BuildStore.of(run)
                    .branch(PhaseExecution.branches(execution.getContext()))
                    .connection(request.connection().accountId());
            open = AwsConnections.openQuietly(
                    run, execution.getContext().get(EnvVars.class), request.connection(), before);
        }
        boolean checked = false;
        try {
            T result = check.apply(open);
            checked = true;
            return result;
        } finally {
            // The credentials may have expired or been replaced.
            if (!checked || closed) {
                disconnect();
            }
        }
    }

    private void disconnect() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    /** Closes the connection, after a check that is in progress. */
    @Override
    public synchronized void close() {
        closed = true;
        disconnect();
    }

    private void waitOn(ConfirmAction action, ConfirmRecord record, Result result)
            throws IOException, InterruptedException {
        if (execution.isLeftBehind()) {
            // Otherwise the answer of the user would be lost, and not be verified after the restart.
            return;
        }
        if (record.phase() == ConfirmRecord.Phase.VERIFYING) {
            action.move(request, ConfirmRecord.Phase.VERIFYING, r -> r.waitingAgain(r.plan()));
        }
        execution.show(result);
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
        String subject = settled.subject();
        switch (settled.what()) {
            case MFA, ADMIN_MFA ->
                Settlement.fact(store, subject, settled.what(), by(settled), settled.at(), settled.saw());
            case PASSWORD ->
                Settlement.password(
                        store,
                        new PasswordConfirmation(
                                subject, by(settled), settled.at(), settled.changedAt(), settled.saw()));
            case PLAN -> Settlement.plan(store, subject, approved(store, settled), settled.by(), settled.at());
        }
    }

    private static ApprovedChanges approved(BuildStore store, ConfirmRecord record) {
        return store.approvals().get(record.approved(), ApprovedChanges.class);
    }

    private static String by(ConfirmRecord record) {
        return record.by() == null ? Person.AUTOMATIC : record.by();
    }
}
