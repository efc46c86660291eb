package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.Confirmation;
import io.jenkins.plugins.awsrootguard.assessment.EvidenceLog;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask.What;
import io.jenkins.plugins.awsrootguard.report.Sentences;
import io.jenkins.plugins.awsrootguard.store.PlanSnapshot.ApprovedChanges;
import java.time.Instant;
import org.jvnet.localizer.ResourceBundleHolder;

/**
 * Stores that a manual task is completed: in the state of its account, with the build, and for a password as a new deadline. May be
 * repeated after a restart.
 */
public final class Settlement {

    private Settlement() {}

    /** Stores the result of a check. The findings stay as they were judged, because they are of an earlier time. */
    public static void store(BuildStore store, Note note) {
        if (note.isConfirmed()) {
            String accountId = note.subject();
            String stated = note.what() + " confirmed";
            if (note.what() == What.PASSWORD) {
                PasswordConfirmation statement =
                        new PasswordConfirmation(accountId, note.by(), note.at(), note.changedAt(), note.saw());
                PasswordDeadlines.get().record(statement, store.getRun().getUrl());
                store.update(
                        accountId, s -> without(s, accountId, What.PASSWORD).withStatement(statement));
                stated = "PASSWORD changed, as the person states";
            } else {
                store.update(accountId, s -> without(s, accountId, note.what()));
            }
            evidence(store).statement(accountId, note.at(), note.by(), stated, note.saw());
        }
        store.confirmed(note);
    }

    /**
     * Stores the approval of changes of one or many accounts.
     *
     * @param subject the account id, or {@link BuildStore#ORGANIZATION}
     */
    public static void plan(BuildStore store, String subject, ApprovedChanges approved, String by, Instant at) {
        approved.accounts().forEach((account, changes) -> {
            if (changes.isEmpty()) {
                // All changes of this account are held back, so none was approved.
                store.accounts().update(account, s -> without(s, account, What.PLAN), false);
                return;
            }
            Approval approval = approved.approval(account, by, at);
            store.accounts().update(account, s -> without(s, account, What.PLAN).withApproval(approval), false);
            evidence(store).approval(account, approval);
        });
        store.accounts().flush();
        store.confirmed(new Note(subject, What.PLAN, Note.Outcome.CONFIRMED, by, at, saw(approved), null));
    }

    /** What was approved, in one line. */
    public static String saw(ApprovedChanges approved) {
        int changes = approved.changes();
        long accounts = approved.accounts().values().stream()
                .filter(ids -> !ids.isEmpty())
                .count();
        return changes == 0
                ? "No change was approved: all of them are held back"
                : Sentences.counted(changes, "change")
                        + (changes == 1 ? " was approved" : " were approved")
                        + (approved.accounts().size() == 1 ? "" : ", in " + Sentences.counted(accounts, "account"));
    }

    /** What is confirmed, as a title in the language of the request. */
    public static String title(What what) {
        return text("title", what);
    }

    /** The label of the button that confirms it. */
    public static String button(What what) {
        return text("button", what);
    }

    private static String text(String kind, What what) {
        return ResourceBundleHolder.get(Messages.class).format("Settlement." + kind + "." + what);
    }

    private static EvidenceLog evidence(BuildStore store) {
        return new EvidenceLog(store.accounts(), Person.of(store.getRun()));
    }

    private static AccountState without(AccountState state, String accountId, What what) {
        if (state == null) {
            throw new IllegalStateException("The build has no state of account " + accountId);
        }
        return state.plan() == null
                ? state
                : state.withPending(state.plan().pending().stream()
                        .filter(t -> t.what() != what)
                        .toList());
    }

    /**
     * The result of the last confirmation of a manual task.
     *
     * @param subject the account id, or {@link BuildStore#ORGANIZATION}
     * @param by who confirmed it
     * @param saw what AWS reported, or why it could not be read; one line
     * @param changedAt when the password was changed; null for another task
     */
    public record Note(
            String subject, What what, Outcome outcome, String by, Instant at, String saw, Instant changedAt) {

        /** The result of a confirmation. */
        public enum Outcome {
            /** AWS reports it, or, for what AWS cannot report, the statement was recorded. */
            CONFIRMED,
            /** AWS reports that it is not so. */
            NOT_SO,
            /** AWS could not be read. */
            NOT_READ
        }

        static Note of(PasswordConfirmation stated) {
            return new Note(
                    stated.accountId(),
                    What.PASSWORD,
                    Outcome.CONFIRMED,
                    stated.by(),
                    stated.at(),
                    stated.corroboration(),
                    stated.changedAt());
        }

        static Note of(String accountId, What what, String by, Confirmation.Check check) {
            Outcome outcome = check.passed() ? Outcome.CONFIRMED : Outcome.NOT_SO;
            return new Note(accountId, what, outcome, by, check.at(), check.found(), null);
        }

        public boolean isConfirmed() {
            return outcome == Outcome.CONFIRMED;
        }
    }
}
