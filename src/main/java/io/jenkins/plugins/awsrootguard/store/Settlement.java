package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import java.time.Instant;

/** Stores that a task is done: in the account's state, with the build, and for a password on the controller's clock. */
public final class Settlement {

    private Settlement() {}

    /** AWS says that it is so. The findings stay as they were judged: they tell of another time. */
    public static void fact(
            BuildStore action, String accountId, PendingTask.What what, String by, Instant at, String saw) {
        action.updateBeside(accountId, state -> without(state, accountId, what));
        action.evidence(accountId).statement(at, by, what + " confirmed", saw);
        action.confirmed(accountId, what, ConfirmationNote.Outcome.CONFIRMED, by, at, saw);
    }

    /** A person stated that the root password was changed. */
    public static void password(BuildStore action, PasswordConfirmation statement) {
        String accountId = statement.accountId();
        PasswordDeadlines.get().record(statement, action.getRun().getUrl());
        action.updateBeside(accountId, state -> {
            AccountState rest = without(state, accountId, PendingTask.What.PASSWORD);
            return rest.facts() == null ? rest : withConfirmation(rest, statement);
        });
        action.evidence(accountId)
                .statement(
                        statement.at(),
                        statement.by(),
                        "PASSWORD changed, as the person states",
                        statement.corroboration());
        action.confirmed(
                accountId,
                PendingTask.What.PASSWORD,
                ConfirmationNote.Outcome.CONFIRMED,
                statement.by(),
                statement.at(),
                statement.corroboration());
    }

    /** A person approved these changes of the plan. */
    public static void plan(BuildStore action, String accountId, Approval approval) {
        action.updateBeside(
                accountId,
                state -> without(state, accountId, PendingTask.What.PLAN).withApproval(approval));
        action.evidence(accountId).approval(approval);
        action.confirmed(
                accountId,
                PendingTask.What.PLAN,
                ConfirmationNote.Outcome.CONFIRMED,
                approval.by(),
                approval.at(),
                Messages.Settlement_plan(approval.changeIds().size()));
    }

    /** A person approved these changes of the plans of an organization's accounts. May be done again after a restart. */
    public static void plan(BuildStore action, ApprovedChanges approved, String by, Instant at) {
        OrganizationStore store = action.organizationStore();
        for (String account : approved.accounts().keySet()) {
            Approval approval = approved.approval(account, by, at);
            store.revise(
                    account,
                    state -> without(state, account, PendingTask.What.PLAN).withApproval(approval));
            action.organizationEvidence(account).approval(approval);
        }
        action.confirmed(
                store.header().orElseThrow().organization().id(),
                PendingTask.What.PLAN,
                ConfirmationNote.Outcome.CONFIRMED,
                by,
                at,
                Messages.Settlement_organizationPlan(
                        approved.changes(), approved.accounts().size()));
    }

    private static AccountState withConfirmation(AccountState state, PasswordConfirmation statement) {
        return new AccountState(
                state.accountId(),
                state.facts().withConfirmation(statement),
                state.assessedAt(),
                state.findings(),
                state.plan(),
                state.plannedAt(),
                state.approval(),
                state.changes(),
                state.securedAt(),
                state.validation(),
                state.validatedAt());
    }

    private static AccountState without(AccountState state, String accountId, PendingTask.What what) {
        if (state == null) {
            throw new IllegalStateException("The build has no state of account " + accountId);
        }
        RemediationPlan plan = state.plan();
        if (plan == null) {
            return state;
        }
        return state.withPending(
                plan.pending().stream().filter(t -> t.what() != what).toList());
    }
}
