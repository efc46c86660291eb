package io.jenkins.plugins.awsrootguard.ui;

import hudson.model.Failure;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.report.ManualTasks;
import io.jenkins.plugins.awsrootguard.report.Times;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.ConfirmationCheck;
import io.jenkins.plugins.awsrootguard.store.ConsoleLink;
import io.jenkins.plugins.awsrootguard.store.OpenPauses;
import io.jenkins.plugins.awsrootguard.store.Settlement;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The open manual tasks of an account in a build. A freestyle build cannot pause: it ends, and its page accepts the confirmations. */
final class PendingConfirmation {

    private PendingConfirmation() {}

    /**
     * An open manual task.
     *
     * @param note the result of the last confirmation that was tried; null before the first
     * @param checking whether Jenkins is checking with AWS
     * @param pauseUrl the page of the Pipeline's pause for the task, relative to the build; null without such a pause
     * @param acceptedHere whether this page accepts the confirmation
     * @param plan the changes to approve; empty unless the task is the approval of a plan
     */
    @Restricted(NoExternalUse.class)
    public record Task(
            PendingTask task,
            Settlement.Note note,
            boolean checking,
            String pauseUrl,
            boolean acceptedHere,
            List<PlannedChange> plan) {

        public String consoleUrl() {
            return ConsoleLink.of(task);
        }

        /** The label of the button: Jenkins checks MFA with AWS, and records a confirmation of anything else. */
        public String buttonText() {
            return switch (task.what()) {
                case MFA, ADMIN_MFA -> Messages.PendingConfirmation_check();
                case PASSWORD -> Messages.PendingConfirmation_state();
                case PLAN -> Messages.PendingConfirmation_approve();
            };
        }

        /** The effect of the button. */
        public String buttonHelp() {
            return switch (task.what()) {
                case MFA, ADMIN_MFA -> Messages.PendingConfirmation_checkHelp();
                case PASSWORD -> Messages.PendingConfirmation_stateHelp();
                case PLAN -> Messages.PendingConfirmation_approveHelp();
            };
        }

        /** The result of the last confirmation that was tried; null before the first. */
        public String lastCheck() {
            if (note == null) {
                return null;
            }
            String at = Times.clock(note.at());
            return switch (note.outcome()) {
                case NOT_SO -> Messages.PendingConfirmation_notSo(at, note.by(), note.saw());
                case NOT_READ -> Messages.PendingConfirmation_notRead(at, note.by(), note.saw());
                case CONFIRMED -> Messages.PendingConfirmation_confirmed(at, note.by(), note.saw());
            };
        }
    }

    /**
     * A pause of the running build.
     *
     * @param url relative to the build
     */
    @Restricted(NoExternalUse.class)
    public record Pause(PendingTask.What what, String title, String url) {}

    /** The manual tasks that have not been confirmed since they were planned. */
    static List<Task> waiting(BuildStore store, AccountState state) {
        List<Pause> pauses = pauses(store, p -> isOf(p, state.accountId()));
        return ManualTasks.open(state).stream()
                .filter(t ->
                        confirmed(store, state, t.what(), state.plannedAt()).isEmpty())
                .map(t -> new Task(
                        t,
                        store.confirmation(state.accountId(), t.what()).orElse(null),
                        ConfirmationCheck.isUnderWay(store.getRun(), state.accountId(), t.what()),
                        pauses.stream()
                                .filter(p -> p.what() == t.what())
                                .map(Pause::url)
                                .findFirst()
                                .orElse(null),
                        isAcceptedHere(store.getRun(), t.what()),
                        t.what() == PendingTask.What.PLAN ? state.unmade() : List.of()))
                .toList();
    }

    /**
     * Checks that this page accepts the confirmation. The pause of a Pipeline has rules of its own for who can confirm, so what AWS
     * does not report is confirmed there only.
     *
     * @throws Failure if it does not, with one line for the page
     */
    static void checkAnswerable(BuildStore store, AccountState state, PendingTask.What what) {
        if (waiting(store, state).stream().noneMatch(t -> t.task().what() == what)) {
            throw new Failure(Messages.PendingConfirmation_noTask());
        }
        if (!isAcceptedHere(store.getRun(), what)) {
            throw new Failure(Messages.PendingConfirmation_inPipeline());
        }
    }

    private static boolean isAcceptedHere(Run<?, ?> run, PendingTask.What what) {
        boolean stated = what == PendingTask.What.PLAN || what == PendingTask.What.PASSWORD;
        boolean pauses = run.getAllActions().stream().anyMatch(OpenPauses.class::isInstance);
        return !stated || !pauses && !run.isBuilding() && !isCutOff(run);
    }

    /** Whether it is a Pipeline that may have ended before the pause at which it names who can confirm. */
    private static boolean isCutOff(Run<?, ?> run) {
        Result result = run.getResult();
        return run instanceof FlowExecutionOwner.Executable && result != null && result.isWorseThan(Result.UNSTABLE);
    }

    /** Whether the pause is for this account, or for all. */
    static boolean isOf(OpenPauses.OpenPause pause, String accountId) {
        return pause.accountId() == null || pause.accountId().equals(accountId);
    }

    /** The open pauses of the build, each with its account when the build has several. */
    static List<Pause> pauses(BuildStore store, Predicate<OpenPauses.OpenPause> which) {
        boolean several = store.accounts().all().size() > 1;
        return store.getRun().getAllActions().stream()
                .filter(OpenPauses.class::isInstance)
                .flatMap(a -> ((OpenPauses) a).openPauses().stream())
                .filter(which)
                .map(p -> new Pause(
                        p.what(),
                        title(p.what()) + (several && p.accountId() != null ? " (" + p.accountId() + ")" : ""),
                        p.url()))
                .toList();
    }

    /** What was confirmed since the plan was made, the earliest first, a line each. */
    static List<Settlement.Note> settled(BuildStore store, AccountState state) {
        return Arrays.stream(PendingTask.What.values())
                .flatMap(w -> confirmed(store, state, w, state.plannedAt()).stream())
                .sorted(Comparator.comparing(Settlement.Note::at))
                .toList();
    }

    /** Who confirmed the manual task of a control after the evaluation; null before that. */
    static String sinceThen(BuildStore store, AccountState state, String control) {
        PendingTask.What what =
                switch (control) {
                    case "root-mfa" -> PendingTask.What.MFA;
                    case "root-password-rotation" -> PendingTask.What.PASSWORD;
                    case "iam-admin" -> PendingTask.What.ADMIN_MFA;
                    default -> null;
                };
        return what == null
                ? null
                : confirmed(store, state, what, state.findings().generatedAt())
                        .map(n -> Messages.PendingConfirmation_sinceThen(n.by(), Times.minutes(n.at())))
                        .orElse(null);
    }

    /** Who confirmed a task, when, and what AWS reported, in one line. */
    static String noteText(Settlement.Note note) {
        return Messages.PendingConfirmation_note(title(note.what()), note.by(), Times.minutes(note.at()), note.saw());
    }

    private static String title(PendingTask.What what) {
        return switch (what) {
            case MFA -> Messages.PendingConfirmation_mfa();
            case PASSWORD -> Messages.PendingConfirmation_password();
            case PLAN -> Messages.PendingConfirmation_plan();
            case ADMIN_MFA -> Messages.PendingConfirmation_adminMfa();
        };
    }

    /** @throws Failure if there is no such task, with one line for the page */
    static PendingTask.What parse(String what) {
        return Arrays.stream(PendingTask.What.values())
                .filter(w -> w.name().equals(what))
                .findFirst()
                .orElseThrow(() -> new Failure(Messages.PendingConfirmation_noTask()));
    }

    private static Optional<Settlement.Note> confirmed(
            BuildStore store, AccountState state, PendingTask.What what, Instant after) {
        return store.confirmation(state.accountId(), what)
                .filter(Settlement.Note::isConfirmed)
                .filter(n -> after == null || !n.at().isBefore(after));
    }
}
