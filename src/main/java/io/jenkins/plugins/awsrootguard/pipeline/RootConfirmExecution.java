package io.jenkins.plugins.awsrootguard.pipeline;

import hudson.AbortException;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.awsrootguard.assessment.Confirmation;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.store.BuildLog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.SystemProperties;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;

/**
 * A pause that waits for a user and for AWS. Its progress is in its {@link ConfirmRecord}, in build.xml, so it continues after a
 * restart of Jenkins at any time. Everything that reads, writes or calls AWS runs on threads of its own, never on the Pipeline's,
 * one check at a time. A failed check never counts as completed.
 *
 * <p>Do not move or rename this class or {@link RootConfirmStep}: the program of a paused build (program.dat) holds their names, and
 * no other name of this plugin, because the parameters are saved as JSON.
 */
class RootConfirmExecution extends StepExecution {

    private static final long serialVersionUID = 1L;

    private static final Logger LOGGER = Logger.getLogger(RootConfirmExecution.class.getName());

    /** A {@link ConfirmRequest} as JSON. */
    private final String parameters;

    private transient volatile ConfirmRequest request;
    /** With {@link #plan}, set when the pause begins or is resumed. */
    transient volatile ConfirmCheck check;

    transient volatile PausePlan plan;

    private transient volatile boolean stopped;
    /** Kept from the first check: a build that was killed hard no longer gives it, and must be known to have ended. */
    private transient volatile Run<?, ?> build;

    private transient volatile ScheduledFuture<?> next;
    /** When AWS is checked next, unless a user does it before; during a check, when that was to begin. Null before the first. */
    transient volatile Instant nextCheck;
    /** So that no more than one thread waits, however often the button is selected. */
    private transient volatile boolean queued;
    /** The Jenkins that this object belongs to. After a restart, another object continues the pause. */
    private transient volatile Jenkins home;

    RootConfirmExecution(StepContext context, ConfirmRequest request) {
        super(context);
        this.request = request;
        this.parameters = request.json();
    }

    @Override
    public boolean start() {
        begin();
        return false;
    }

    @Override
    public void onResume() {
        begin();
    }

    private void begin() {
        home = Jenkins.get();
        plan = new PausePlan(request());
        check = new ConfirmCheck(this);
        submit();
    }

    @Override
    public void stop(Throwable cause) {
        stopped = true;
        Computer.threadPoolForRemoting.submit(() -> {
            try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
                end(ConfirmRecord::stopped);
            } catch (IOException | InterruptedException | RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> "Could not end a pause of " + getContext());
            } finally {
                getContext().onFailure(cause);
                close();
            }
        });
    }

    /** Closes the connection, after a check that is in progress. */
    private void close() {
        if (check != null) {
            Computer.threadPoolForRemoting.submit(check::close);
        }
    }

    ConfirmRequest request() {
        if (request == null) {
            request = ConfirmRequest.parse(parameters);
        }
        return request;
    }

    Run<?, ?> run() throws IOException, InterruptedException {
        return getContext().get(Run.class);
    }

    BuildLog log() throws IOException, InterruptedException {
        return new BuildLog(getContext().get(TaskListener.class));
    }

    /** Checks immediately, on another thread, unless such a check is already waiting. */
    void submit() {
        if (!queued) {
            queued = true;
            try {
                Computer.threadPoolForRemoting.submit(this::tick);
            } catch (RejectedExecutionException e) {
                queued = false;
                throw e;
            }
        }
    }

    /** One check: verifies an answer, or else whether AWS reports it by now. One at a time. */
    private synchronized void tick() {
        queued = false;
        long began = System.nanoTime();
        if (isJenkinsStopping()) {
            close();
            return;
        }
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            if (build == null) {
                build = run();
            }
            if (!stopped && build.isBuilding() && check(ConfirmAction.of(build))) {
                schedule(began);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            Level level = isJenkinsStopping() ? Level.FINE : Level.WARNING;
            LOGGER.log(level, e, () -> "A check of a pause of " + getContext() + " failed. The pause continues.");
            schedule(began);
        }
    }

    /** Whether the pause continues. */
    private boolean check(ConfirmAction action) throws IOException, InterruptedException {
        ConfirmRecord known = action.record(request).orElse(null);
        // Without a record the pause is new, or build.xml is older than the program.
        ConfirmRecord record = known == null ? open(action) : known;
        if (record == null) {
            return false;
        }
        action.register(request.id(), this);
        if (!record.isOpen()) {
            // The controller stopped after the pause was settled and before the build continued.
            finish(action, record);
            return false;
        }
        check.run(action, record);
        return action.record(request).filter(ConfirmRecord::isOpen).isPresent();
    }

    /** Begins the pause; null when there is nothing to wait for. */
    private ConfirmRecord open(ConfirmAction action) throws IOException, InterruptedException {
        try {
            String digest = plan.store(build);
            if (digest == null && request.isPlan()) {
                log().line("No changes are planned, so there is nothing to approve");
                getContext().onSuccess(ConfirmResult.of(request, null, build));
                return null;
            }
            ConfirmRecord record = ConfirmRecord.waiting(request, digest);
            action.add(record, this);
            ConfirmResult.announce(this, new ConfirmView(this, build).task());
            if (stopped) {
                end(ConfirmRecord::stopped);
                return null;
            }
            return record;
        } catch (InvalidInputException e) {
            getContext().onFailure(new AbortException(e.getMessage()));
            return null;
        }
    }

    /** Whether this Jenkins stops or has stopped: a check no longer counts, and the next Jenkins continues the pause. */
    boolean isJenkinsStopping() {
        Jenkins now = Jenkins.getInstanceOrNull();
        return now == null || now.isTerminating() || home != null && home != now;
    }

    /** @param began when the last check began, by System.nanoTime */
    private void schedule(long began) {
        if (next != null) {
            next.cancel(false);
        }
        if (!stopped && !isJenkinsStopping() && request.isReportedByAws()) {
            Duration shortest = Duration.ofSeconds(
                    SystemProperties.getInteger(RootConfirmExecution.class.getName() + ".pollSeconds", 10));
            Duration pause = Confirmation.pauseAfter(Duration.ofNanos(System.nanoTime() - began), shortest);
            nextCheck = Instant.now().plus(pause);
            next = Timer.get().schedule(this::submit, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Ends the pause, and writes the line to the log; false, with nothing changed or written, when it has ended already. */
    boolean settle(String line, UnaryOperator<ConfirmRecord> how) throws IOException, InterruptedException {
        if (stopped || !end(how)) {
            return false;
        }
        try {
            log().line(line);
        } catch (IOException | RuntimeException e) {
            // The pause is settled and continues anyway.
            LOGGER.log(Level.WARNING, e, () -> "Could not write the end of a pause of " + getContext() + " to its log");
        }
        ConfirmAction action = ConfirmAction.of(run());
        finish(action, action.record(request).orElseThrow());
        return true;
    }

    private void finish(ConfirmAction action, ConfirmRecord settled) throws IOException, InterruptedException {
        close();
        ConfirmResult.deliver(this, action, settled);
    }

    private boolean end(UnaryOperator<ConfirmRecord> how) throws IOException, InterruptedException {
        boolean ended = ConfirmAction.of(run()).settle(request, how);
        FlowNode node = getContext().get(FlowNode.class);
        if (ended && node != null) {
            PauseAction.endCurrentPause(node);
        }
        return ended;
    }
}
