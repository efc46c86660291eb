package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.EvidenceLog;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask.What;
import io.jenkins.plugins.awsrootguard.store.PlanSnapshot.ApprovedChanges;
import java.time.Instant;
import java.util.List;

/**
 * Stores that a manual task is completed: in the state of its account, with the build, and for a password as a new deadline. May be
 * done again after a restart.
 */
public final class Settlement {

    private Settlement() {}

    /** AWS reports that a task is completed. The findings stay as they were judged, because they are of an earlier time. */
    public static void fact(BuildStore store, String accountId, What what, String by, Instant at, String saw) {
        store.update(accountId, state -> without(state, accountId, what));
        statement(store, accountId, at, by, what + " confirmed", saw);
        store.confirmed(accountId, what, Note.Outcome.CONFIRMED, by, at, saw);
    }

    /** Stores the statement that the root password was changed. */
    public static void password(BuildStore store, PasswordConfirmation statement) {
        String accountId = statement.accountId();
        PasswordDeadlines.get().record(statement, store.getRun().getUrl());
        store.update(
                accountId, state -> without(state, accountId, What.PASSWORD).withStatement(statement));
        String saw = statement.corroboration();
        statement(store, accountId, statement.at(), statement.by(), "PASSWORD changed, as the person states", saw);
        store.confirmed(accountId, What.PASSWORD, Note.Outcome.CONFIRMED, statement.by(), statement.at(), saw);
    }

    private static void statement(
            BuildStore store, String accountId, Instant at, String by, String what, String outcome) {
        new EvidenceLog(store.accounts(), Person.of(store.getRun())).statement(accountId, at, by, what, outcome);
    }

    /**
     * Stores the approval of changes of one or many accounts.
     *
     * @param subject the account id, or {@link BuildStore#ORGANIZATION}
     */
    public static void plan(BuildStore store, String subject, ApprovedChanges approved, String by, Instant at) {
        EvidenceLog evidence = new EvidenceLog(store.accounts(), Person.of(store.getRun()));
        for (String account : approved.accounts().keySet()) {
            if (approved.accounts().get(account).isEmpty()) {
                // All changes of this account are held back, so none was approved.
                store.accounts().update(account, s -> without(s, account, What.PLAN), false);
                continue;
            }
            Approval approval = approved.approval(account, by, at);
            store.accounts().update(account, s -> without(s, account, What.PLAN).withApproval(approval), false);
            evidence.approval(account, approval);
        }
        store.accounts().flush();
        store.confirmed(subject, What.PLAN, Note.Outcome.CONFIRMED, by, at, saw(approved));
    }

    /** What was approved, in one line. */
    public static String saw(ApprovedChanges approved) {
        return approved.accounts().size() == 1
                ? Messages.Settlement_plan(approved.changes())
                : Messages.Settlement_organizationPlan(approved.changes(), approved.changedAccounts());
    }

    private static AccountState without(AccountState state, String accountId, What what) {
        if (state == null) {
            throw new IllegalStateException("The build has no state of account " + accountId);
        }
        if (state.plan() == null) {
            return state;
        }
        List<PendingTask> rest =
                state.plan().pending().stream().filter(t -> t.what() != what).toList();
        return state.withPending(rest);
    }

    /**
     * The result of the last confirmation of a manual task.
     *
     * @param subject the account id, or {@link BuildStore#ORGANIZATION}
     * @param by who confirmed it
     * @param saw what AWS reported, or why it could not be read; one line
     */
    public record Note(String subject, What what, Outcome outcome, String by, Instant at, String saw) {

        /** The result of a confirmation. */
        public enum Outcome {
            /** AWS reports it, or, for what AWS cannot report, the statement was recorded. */
            CONFIRMED,
            /** AWS reports that it is not so. */
            NOT_SO,
            /** AWS could not be read. */
            NOT_READ
        }

        boolean isFor(String otherSubject, What other) {
            return subject.equals(otherSubject) && what == other;
        }

        public boolean isConfirmed() {
            return outcome == Outcome.CONFIRMED;
        }
    }
}
