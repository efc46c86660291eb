package io.jenkins.plugins.awsrootguard.pipeline;

import io.jenkins.plugins.awsrootguard.assessment.Confirmation;
import io.jenkins.plugins.awsrootguard.assessment.Look;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.store.ApprovedChanges;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.Person;
import io.jenkins.plugins.awsrootguard.store.Settlement;
import java.io.IOException;
import java.time.Instant;

/** One look for one pause. */
final class ConfirmCheck {

    private final RootConfirmExecution execution;
    private final ConfirmAction action;
    private final ConfirmRecord record;
    private final ConfirmRequest request;
    private final BuildStore store;

    ConfirmCheck(RootConfirmExecution execution, ConfirmAction action, ConfirmRecord record) {
        this.execution = execution;
        this.action = action;
        this.record = record;
        this.request = execution.request();
        this.store = BuildStore.of(action.getRun());
    }

    void run() throws IOException, InterruptedException {
        boolean verifying = record.phase() == ConfirmRecord.Phase.VERIFYING;
        if (!verifying && !request.isSeenInAws()) {
            return;
        }
        try {
            switch (request.what()) {
                case MFA, ADMIN_MFA -> look();
                case PASSWORD -> password();
                case PLAN -> plan();
            }
        } catch (AwsAccessException | InvalidInputException e) {
            waitOn(new LastLook(Instant.now(), Printable.text(e.getMessage(), 400), false, record.by()));
        } catch (RuntimeException e) {
            // A fault of ours must not leave the pause verifying for ever, and it is no proof of anything.
            waitOn(new LastLook(Instant.now(), Messages.ConfirmCheck_unexpected(), false, record.by()));
            throw e;
        }
    }

    private void look() throws IOException, InterruptedException {
        Look look = execution.connection().check(c -> Confirmation.look(c, request.what()));
        if (!look.holds()) {
            waitOn(new LastLook(look.at(), look.saw(), true, record.by()));
            return;
        }
        settle(look.at(), look.saw(), null);
    }

    private void password() throws IOException, InterruptedException {
        // The time of the statement, not of this check: after a restart that would be later.
        PasswordConfirmation statement =
                execution.connection().check(c -> Confirmation.password(c, by(record), record.at()));
        settle(statement.at(), statement.corroboration(), statement.changedAt());
    }

    private void plan() throws IOException, InterruptedException {
        settle(record.at(), Settlement.saw(approved(store, record)), null);
    }

    private static ApprovedChanges approved(BuildStore store, ConfirmRecord record) {
        return store.approvals().get(record.approved(), ApprovedChanges.class);
    }

    /**
     * Stores what a pause that is settled has confirmed: not before, for it can be aborted until then. May be done again after
     * a restart.
     */
    static void keep(ConfirmAction action, ConfirmRecord settled) {
        if (settled.end() != ConfirmRecord.End.CONFIRMED) {
            return;
        }
        BuildStore store = BuildStore.of(action.getRun());
        switch (settled.what()) {
            case MFA, ADMIN_MFA ->
                Settlement.fact(store, settled.subject(), settled.what(), by(settled), settled.at(), settled.saw());
            case PASSWORD -> keepPassword(store, settled);
            case PLAN ->
                Settlement.plan(store, settled.subject(), approved(store, settled), settled.by(), settled.at());
        }
    }

    private static void keepPassword(BuildStore store, ConfirmRecord settled) {
        if (settled.changedAt() != null) {
            Settlement.password(
                    store,
                    new PasswordConfirmation(
                            settled.subject(), by(settled), settled.at(), settled.changedAt(), settled.saw()));
        }
    }

    private static String by(ConfirmRecord record) {
        return record.by() == null ? Person.NOBODY : record.by();
    }

    private void waitOn(LastLook look) throws IOException, InterruptedException {
        if (execution.isLeftBehind()) {
            // Else what a person said would be taken back, and not be verified again after the restart.
            return;
        }
        if (record.phase() == ConfirmRecord.Phase.VERIFYING) {
            action.move(request, ConfirmRecord.Phase.VERIFYING, r -> r.waitingAgain(r.plan()));
        }
        execution.saw(look);
    }

    private void settle(Instant at, String saw, Instant changedAt) throws IOException, InterruptedException {
        String who = record.by() == null ? "Continuing automatically" : "Confirmed by " + record.by();
        execution.settle(
                who + ": " + (request.what() == PendingTask.What.PLAN ? "plan, " : "") + saw,
                r -> r.settled(ConfirmRecord.End.CONFIRMED, record.by(), at, saw, changedAt));
    }
}
