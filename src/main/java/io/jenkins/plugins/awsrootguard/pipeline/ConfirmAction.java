package io.jenkins.plugins.awsrootguard.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Times;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.OpenPauses;
import io.jenkins.plugins.awsrootguard.store.Settlement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.RunAction2;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The pauses of one build, and their page at {@code root-guard-confirm/} under it. Thread-safe; what is changed is on disk
 * when the changing method returns.
 */
@Restricted(NoExternalUse.class)
public class ConfirmAction implements RunAction2, OpenPauses {

    static final String URL = "root-guard-confirm";

    private static final Logger LOGGER = Logger.getLogger(ConfirmAction.class.getName());

    // Replaced, never changed: build.xml may be written by another thread at any time.
    private volatile List<ConfirmRecord> records = new ArrayList<>();

    private transient volatile Run<?, ?> run;
    private transient volatile Map<String, RootConfirmExecution> executions = new ConcurrentHashMap<>();

    /** The names in build.xml do not follow the package. */
    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    public static void nameInBuildXml() {
        Run.XSTREAM2.alias("aws-root-guard-pauses", ConfirmAction.class);
        Run.XSTREAM2.alias("aws-root-guard-pause", ConfirmRecord.class);
    }

    @NonNull
    static ConfirmAction of(@NonNull Run<?, ?> run) {
        synchronized (run) {
            ConfirmAction found = run.getAction(ConfirmAction.class);
            if (found == null) {
                found = new ConfirmAction();
                run.addAction(found);
            }
            return found;
        }
    }

    @Override
    public void onAttached(Run<?, ?> r) {
        run = r;
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        run = r;
        executions = new ConcurrentHashMap<>();
    }

    /** The build, under the name that the layout of Jenkins requires. */
    public Run<?, ?> getObject() {
        return run;
    }

    /** @throws InvalidInputException when a pause of this id is open already */
    synchronized void add(ConfirmRecord record, RootConfirmExecution execution) {
        if (record(record.id).filter(ConfirmRecord::isOpen).isPresent()) {
            throw new InvalidInputException("rootConfirm with the id '" + record.id
                    + "' is already waiting in this build. Give this one another id.");
        }
        List<ConfirmRecord> all = new ArrayList<>(records);
        all.removeIf(r -> r.id.equals(record.id));
        all.add(record);
        store(all);
        register(record.id, execution);
    }

    void register(String id, RootConfirmExecution execution) {
        executions.put(id, execution);
    }

    /** The record of this pause, not of an earlier one of the same id. */
    Optional<ConfirmRecord> record(ConfirmRequest request) {
        return record(request.id()).filter(r -> r.isOf(request));
    }

    private Optional<ConfirmRecord> record(String id) {
        return records.stream().filter(r -> r.id.equals(id)).findFirst();
    }

    /** Moves a pause in a phase to another one; false, with nothing changed, when it is not in that phase. */
    synchronized boolean move(ConfirmRequest request, ConfirmRecord.Phase from, UnaryOperator<ConfirmRecord> to) {
        return replace(record(request).filter(r -> r.phase == from), to);
    }

    /** Ends an open pause, once; false, with nothing changed, when it has ended already. */
    synchronized boolean settle(ConfirmRequest request, UnaryOperator<ConfirmRecord> to) {
        return replace(record(request).filter(ConfirmRecord::isOpen), to);
    }

    private boolean replace(Optional<ConfirmRecord> before, UnaryOperator<ConfirmRecord> to) {
        before.ifPresent(old ->
                store(records.stream().map(r -> r == old ? to.apply(r) : r).toList()));
        return before.isPresent();
    }

    private void store(List<ConfirmRecord> all) {
        List<ConfirmRecord> before = records;
        records = new ArrayList<>(all);
        try {
            run.save();
        } catch (IOException e) {
            records = before;
            throw new UncheckedIOException("The build could not be saved", e);
        }
        notifyAll();
    }

    /** Waits until an answer was verified, for this time at most. */
    synchronized void awaitVerification(ConfirmRequest request, Duration patience) throws InterruptedException {
        Instant end = Instant.now().plus(patience);
        while (record(request).map(r -> r.phase).orElse(null) == ConfirmRecord.Phase.VERIFYING
                && Instant.now().isBefore(end)) {
            wait(Math.max(1, Duration.between(Instant.now(), end).toMillis()));
        }
    }

    private List<ConfirmRecord> open() {
        // A build whose process was killed leaves an open record.
        return (run.isBuilding() ? records : List.<ConfirmRecord>of())
                .stream().filter(ConfirmRecord::isOpen).toList();
    }

    @Override
    public List<OpenPause> openPauses() {
        return open().stream()
                .map(r -> new OpenPause(
                        r.subject.equals(BuildStore.ORGANIZATION) ? null : r.subject, r.what, URL + "/#" + r.id))
                .toList();
    }

    /** The open pauses as the page shows them. */
    public List<ConfirmView> views() {
        return open().stream()
                .map(r -> execution(r.id))
                .flatMap(Optional::stream)
                .map(e -> new ConfirmView(e, run))
                // One may have been settled since it was listed.
                .filter(v -> v.isOffered() || v.isVerifying())
                .toList();
    }

    /** The pauses that have ended, the latest first: who answered, when, and the result. */
    public List<String> receipts() {
        return records.stream()
                .filter(r -> !r.isOpen())
                .sorted(Comparator.comparing(ConfirmRecord::at).reversed())
                .map(ConfirmAction::receipt)
                .toList();
    }

    private static String receipt(ConfirmRecord record) {
        String what = Settlement.title(record.what);
        String at = Times.minutes(record.at());
        return switch (record.end) {
            case CONFIRMED ->
                record.by == null
                        ? Messages.ConfirmAction_automatic(what, at)
                        : Messages.ConfirmAction_confirmed(what, record.by, at, record.saw);
            case REJECTED -> Messages.ConfirmAction_aborted(what, record.by, at);
            case STOPPED -> Messages.ConfirmAction_stopped(what, at);
        };
    }

    /** Whether Jenkins has not loaded the execution of an open pause yet, shortly after a restart. */
    public boolean isLoading() {
        return open().stream().anyMatch(r -> execution(r.id).isEmpty());
    }

    /** A pause by its id, for the URL; null for an unknown id. A settled one refuses another answer. */
    public ConfirmView getDynamic(String id) {
        return record(id)
                .flatMap(r -> execution(id))
                .map(e -> new ConfirmView(e, run))
                .orElse(null);
    }

    private Optional<RootConfirmExecution> execution(String id) {
        if (!executions.containsKey(id)) {
            load();
        }
        return Optional.ofNullable(executions.get(id));
    }

    /** After a restart, a page can be requested before the program of the build is resumed. */
    private void load() {
        try {
            FlowExecutionOwner owner = run instanceof FlowExecutionOwner.Executable e ? e.asFlowExecutionOwner() : null;
            if (owner == null) {
                return;
            }
            for (StepExecution s : owner.get().getCurrentExecutions(true).get(10, TimeUnit.SECONDS)) {
                if (s instanceof RootConfirmExecution confirm) {
                    register(confirm.request().id(), confirm);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException | IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The pauses of " + run + " are not loaded yet");
        }
    }

    @Override
    public String getIconFileName() {
        return open().isEmpty() ? null : "symbol-hourglass";
    }

    @Override
    public String getDisplayName() {
        return open().isEmpty() ? null : Messages.ConfirmAction_displayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }
}
