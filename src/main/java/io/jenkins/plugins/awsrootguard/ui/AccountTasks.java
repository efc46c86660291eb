package io.jenkins.plugins.awsrootguard.ui;

import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.facts.Times;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.report.ManualTasks;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.ConfirmationCheck;
import io.jenkins.plugins.awsrootguard.store.ConsoleLink;
import io.jenkins.plugins.awsrootguard.store.OpenPauses;
import io.jenkins.plugins.awsrootguard.store.Settlement;
import io.jenkins.plugins.awsrootguard.store.Settlement.Note;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jvnet.localizer.ResourceBundleHolder;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The manual tasks of an account in a build. A freestyle build cannot pause: it ends, and its page accepts the confirmations. */
@Restricted(NoExternalUse.class)
public final class AccountTasks {

    private final BuildStore store;
    private final AccountState state;
    private final List<Pause> allPauses;
    private final List<Task> open;

    AccountTasks(BuildStore store, AccountState state) {
        this.store = store;
        this.state = state;
        allPauses = pauses(
                store,
                p -> p.accountId() == null
                        ? !state.unmade().isEmpty()
                        : p.accountId().equals(state.accountId()));
        open = ManualTasks.open(state).stream()
                .filter(t -> confirmed(t.what(), state.plannedAt()).findAny().isEmpty())
                .map(this::task)
                .toList();
    }

    /**
     * An open manual task.
     *
     * @param note the result of the last confirmation that was tried; null before the first
     * @param checking whether Jenkins is checking with AWS
     * @param pauseUrl the page of the Pipeline's pause for the task, relative to the build; null without such a pause
     * @param acceptedHere whether this page accepts the confirmation
     * @param plan the changes to approve; empty unless the task is the approval of a plan
     */
    public record Task(
            PendingTask task,
            Note note,
            boolean checking,
            String pauseUrl,
            boolean acceptedHere,
            List<PlannedChange> plan) {

        public String consoleUrl() {
            return ConsoleLink.of(task);
        }

        /** Returns the label of the button. */
        public String buttonText() {
            return Settlement.button(task.what());
        }

        /** Returns the effect of the button. */
        public String buttonHelp() {
            return text("help", task.what());
        }

        /** Returns the result of the last confirmation that was tried; null before the first. */
        public String lastCheck() {
            return note == null ? null : text("last", note.outcome(), Times.minutes(note.at()), note.by(), note.saw());
        }
    }

    /**
     * A pause of the running build.
     *
     * @param url relative to the build
     */
    public record Pause(PendingTask.What what, String title, String url) {}

    private Task task(PendingTask t) {
        return new Task(
                t,
                store.confirmation(state.accountId(), t.what()).orElse(null),
                ConfirmationCheck.isUnderWay(store.getRun(), state.accountId(), t.what()),
                allPauses.stream()
                        .filter(p -> p.what() == t.what())
                        .map(Pause::url)
                        .findFirst()
                        .orElse(null),
                isAcceptedHere(t.what()),
                t.what() == PendingTask.What.PLAN ? state.unmade() : List.of());
    }

    /** Returns the manual tasks that have not been confirmed since they were planned. */
    public List<Task> open() {
        return open;
    }

    /** Returns the pauses of the running build that have no task in the list. */
    public List<Pause> pauses() {
        return allPauses.stream()
                .filter(p -> open.stream().noneMatch(t -> t.task().what() == p.what()))
                .toList();
    }

    /** Whether the task has the primary button of the page, which has one at most. */
    public boolean isPrimary(Task task) {
        return pauses().isEmpty()
                && open.stream()
                        .filter(t -> t.pauseUrl() != null || t.acceptedHere() && canConfirm())
                        .findFirst()
                        .filter(task::equals)
                        .isPresent();
    }

    public boolean canConfirm() {
        return store.getRun().hasPermission(Item.BUILD);
    }

    /** Returns what was confirmed since the plan was made, the earliest first, a line each. */
    public List<String> confirmed() {
        return notes().map(AccountTasks::noteText).toList();
    }

    /** Whether a task was confirmed after the evaluation, so that the findings are older. */
    public boolean isConfirmedLater() {
        Instant judged =
                state.findings() == null ? Instant.EPOCH : state.findings().generatedAt();
        return notes().anyMatch(n -> n.at().isAfter(judged));
    }

    /** Returns who confirmed a control's manual task after the evaluation, in one sentence; null before that. */
    public String confirmedSince(String control) {
        return Arrays.stream(PendingTask.What.values())
                .filter(w -> control.equals(ManualTasks.control(w)))
                .flatMap(w -> confirmed(w, state.findings().generatedAt()))
                .findFirst()
                .map(n -> Messages.AccountTasks_sinceThen(n.by(), Times.minutes(n.at())))
                .orElse(null);
    }

    private Stream<Note> notes() {
        return Arrays.stream(PendingTask.What.values())
                .flatMap(w -> confirmed(w, state.plannedAt()))
                .sorted(Comparator.comparing(Note::at));
    }

    private Stream<Note> confirmed(PendingTask.What what, Instant after) {
        return store.confirmation(state.accountId(), what).stream()
                .filter(n -> n.isConfirmed() && (after == null || !n.at().isBefore(after)));
    }

    /**
     * Returns the task that a user confirms on this page. The pause of a Pipeline has rules of its own for who can confirm, so what
     * AWS does not report is confirmed there only.
     *
     * @throws Failure if this page does not accept it, with one line for the page
     */
    PendingTask.What confirmable(String name) {
        PendingTask.What what = open.stream()
                .map(t -> t.task().what())
                .filter(w -> w.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Failure(Messages.AccountTasks_noTask()));
        if (!isAcceptedHere(what)) {
            throw new Failure(Messages.AccountTasks_inPipeline());
        }
        return what;
    }

    private boolean isAcceptedHere(PendingTask.What what) {
        Run<?, ?> run = store.getRun();
        boolean stated = what == PendingTask.What.PLAN || what == PendingTask.What.PASSWORD;
        boolean pauses = run.getAllActions().stream().anyMatch(OpenPauses.class::isInstance);
        // A Pipeline that failed may have ended before the pause at which it names who can confirm.
        Result result = run.getResult();
        boolean cutOff =
                run instanceof FlowExecutionOwner.Executable && result != null && result.isWorseThan(Result.UNSTABLE);
        return !stated || !pauses && !run.isBuilding() && !cutOff;
    }

    /** Returns the open pauses of a build, each with its account when the build has several. */
    static List<Pause> pauses(BuildStore store, Predicate<OpenPauses.OpenPause> which) {
        boolean several = store.accounts().all().size() > 1;
        return store.getRun().getAllActions().stream()
                .filter(OpenPauses.class::isInstance)
                .flatMap(a -> ((OpenPauses) a).openPauses().stream())
                .filter(which)
                .map(p -> new Pause(
                        p.what(),
                        Settlement.title(p.what())
                                + (several && p.accountId() != null ? " (" + p.accountId() + ")" : ""),
                        p.url()))
                .toList();
    }

    /** Returns who confirmed a task, when, and what AWS reported, in one line. */
    static String noteText(Note note) {
        return Messages.AccountTasks_note(
                Settlement.title(note.what()), note.by(), Times.minutes(note.at()), note.saw());
    }

    /** Returns the message {@code AccountTasks.KIND.NAME}. */
    private static String text(String kind, Enum<?> name, Object... values) {
        return ResourceBundleHolder.get(Messages.class).format("AccountTasks." + kind + "." + name, values);
    }
}
