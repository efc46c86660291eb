package io.jenkins.plugins.awsrootguard.ui;

import hudson.model.Failure;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.report.PlannedRow;
import io.jenkins.plugins.awsrootguard.report.Times;
import io.jenkins.plugins.awsrootguard.report.Waiting;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.ConfirmationCheck;
import io.jenkins.plugins.awsrootguard.store.ConfirmationNote;
import io.jenkins.plugins.awsrootguard.store.OpenPauses;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;

/** What the page of a build asks a person to do and to confirm. A freestyle build can't pause, so it ends, and asks here. */
final class PendingConfirmation {

    private PendingConfirmation() {}

    /** The tasks that wait for a person and that nobody has confirmed since they were planned. */
    static List<WaitingTask> waiting(BuildStore action, AccountState state) {
        List<OpenPauses.OpenPause> pauses = pauses(action.getRun(), state.accountId());
        return Waiting.tasks(state).stream()
                .filter(t -> confirmedNote(action, state, t.what()).isEmpty())
                .map(t -> new WaitingTask(
                        t,
                        action.confirmation(state.accountId(), t.what()).orElse(null),
                        ConfirmationCheck.isUnderWay(action.getRun(), state.accountId(), t.what()),
                        pauses.stream()
                                .filter(p -> p.what() == t.what())
                                .map(OpenPauses.OpenPause::url)
                                .findFirst()
                                .orElse(null),
                        isTakenHere(action.getRun(), t.what()),
                        t.what() == PendingTask.What.PLAN
                                ? state.unmade().stream().map(PlannedRow::of).toList()
                                : List.of()))
                .toList();
    }

    /**
     * Checks that this page may take the answer. A Pipeline that pauses has rules of its own for who may answer; what only a
     * person's word stands for is taken there alone.
     *
     * @throws Failure when it may not: one line for the page
     */
    static void checkAnswerable(BuildStore action, AccountState state, PendingTask.What what) {
        if (waiting(action, state).stream().noneMatch(t -> t.task().what() == what)) {
            throw new Failure(Messages.PendingConfirmation_noTask());
        }
        if (!isTakenHere(action.getRun(), what)) {
            throw new Failure(Messages.PendingConfirmation_inPipeline());
        }
    }

    private static boolean isTakenHere(Run<?, ?> run, PendingTask.What what) {
        boolean word = what == PendingTask.What.PLAN || what == PendingTask.What.PASSWORD;
        boolean pauses = run.getAllActions().stream().anyMatch(OpenPauses.class::isInstance);
        return !word || !pauses && !run.isBuilding() && !isCutOff(run);
    }

    /** Whether it is a Pipeline that may have ended before the pause at which it names who may answer. */
    private static boolean isCutOff(Run<?, ?> run) {
        Result result = run.getResult();
        return run instanceof FlowExecutionOwner.Executable && result != null && result.isWorseThan(Result.UNSTABLE);
    }

    /** The pauses of the running build for this account, or for none in particular. */
    static List<OpenPauses.OpenPause> pauses(Run<?, ?> run, String accountId) {
        return pauses(run).stream()
                .filter(p -> p.accountId() == null || p.accountId().equals(accountId))
                .toList();
    }

    /** All pauses of the running build. */
    static List<OpenPauses.OpenPause> pauses(Run<?, ?> run) {
        return run.getAllActions().stream()
                .filter(OpenPauses.class::isInstance)
                .flatMap(a -> ((OpenPauses) a).openPauses().stream())
                .toList();
    }

    /** What a person confirmed since the plan was made, the earliest first. */
    static List<ConfirmationNote> settled(BuildStore action, AccountState state) {
        return Arrays.stream(PendingTask.What.values())
                .map(w -> confirmedNote(action, state, w))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(ConfirmationNote::at))
                .toList();
    }

    /** That a person confirmed what a control asks for after it was judged, in words; null when nobody did. */
    static String sinceThen(BuildStore action, AccountState state, String control) {
        PendingTask.What what =
                switch (control) {
                    case "root-mfa" -> PendingTask.What.MFA;
                    case "root-password-rotation" -> PendingTask.What.PASSWORD;
                    case "iam-admin" -> PendingTask.What.ADMIN_MFA;
                    default -> null;
                };
        return what == null
                ? null
                : confirmed(action, state, what, state.findings().generatedAt())
                        .map(n -> Messages.PendingConfirmation_sinceThen(n.by(), Times.minutes(n.at())))
                        .orElse(null);
    }

    /** Who confirmed a task, when, and what AWS reported, in one line. */
    static String noteText(ConfirmationNote note) {
        return Messages.AccountPage_note(title(note.what()), note.by(), Times.minutes(note.at()), note.saw());
    }

    /** The task in a few words, for when it is done and its own title is gone. */
    static String title(PendingTask.What what) {
        return switch (what) {
            case MFA -> Messages.PendingConfirmation_mfa();
            case PASSWORD -> Messages.PendingConfirmation_password();
            case PLAN -> Messages.PendingConfirmation_plan();
            case ADMIN_MFA -> Messages.PendingConfirmation_adminMfa();
        };
    }

    /** @throws Failure when it is no task: one line for the page */
    static PendingTask.What parse(String what) {
        return Arrays.stream(PendingTask.What.values())
                .filter(w -> w.name().equals(what))
                .findFirst()
                .orElseThrow(() -> new Failure(Messages.PendingConfirmation_noTask()));
    }

    private static Optional<ConfirmationNote> confirmedNote(
            BuildStore action, AccountState state, PendingTask.What what) {
        return confirmed(action, state, what, state.plannedAt());
    }

    private static Optional<ConfirmationNote> confirmed(
            BuildStore action, AccountState state, PendingTask.What what, Instant after) {
        return action.confirmation(state.accountId(), what)
                .filter(ConfirmationNote::isConfirmed)
                .filter(n -> after == null || !n.at().isBefore(after));
    }
}
