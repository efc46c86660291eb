package io.jenkins.plugins.awsrootguard.pipeline;

import hudson.AbortException;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.store.BuildLog;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
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
 * A pause that waits for a person and for AWS. Its progress is in its {@link ConfirmRecord}, in build.xml, so it continues after a
 * restart of Jenkins at any time. Everything that reads, writes or calls AWS runs on threads of its own, never on the Pipeline's,
 * one check at a time. What can't be read never counts as completed.
 */
class RootConfirmExecution extends StepExecution {

    private static final long serialVersionUID = 1L;

    private static final Logger LOGGER = Logger.getLogger(RootConfirmExecution.class.getName());

    private final ConfirmRequest request;

    private transient volatile PauseConnection connection;
    private transient volatile PausePlan plan;
    /** The result of the last check; lost in a restart, after which there is a new check immediately. */
    private transient volatile LastLook lastLook;

    private transient volatile boolean stopped;
    /** Kept from the first check: a build that was killed hard no longer gives it, and must be known to have ended. */
    private transient volatile Run<?, ?> build;

    private transient volatile ScheduledFuture<?> next;
    /** So that no more than one thread waits, however often the button is selected. */
    private transient volatile boolean queued;
    /** The Jenkins that this object belongs to: after a restart the pause is another object's. */
    private transient volatile Jenkins home;

    RootConfirmExecution(StepContext context, ConfirmRequest request) {
        super(context);
        this.request = request;
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
        connection = new PauseConnection(this);
        plan = new PausePlan(request);
        submit();
    }

    @Override
    public void stop(Throwable cause) {
        stopped = true;
        Timer.get().submit(() -> {
            try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
                end(r -> r.settled(ConfirmRecord.End.STOPPED, null, Instant.now(), "the build was stopped", null));
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
        PauseConnection open = connection;
        if (open != null) {
            Computer.threadPoolForRemoting.submit(open::close);
        }
    }

    ConfirmRequest request() {
        return request;
    }

    PauseConnection connection() {
        return connection;
    }

    PausePlan plan() {
        return plan;
    }

    LastLook lastLook() {
        return lastLook;
    }

    ConfirmView view() {
        try {
            return new ConfirmView(this, run());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("Could not read the build's context", e);
        }
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
        if (isLeftBehind()) {
            close();
            return;
        }
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            if (build == null) {
                build = run();
            }
            if (!stopped && build.isBuilding()) {
                check(ConfirmAction.of(build));
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            Level level = isLeftBehind() ? Level.FINE : Level.WARNING;
            LOGGER.log(level, e, () -> "A check of a pause of " + getContext() + " failed. The pause continues.");
            schedule();
        }
    }

    private void check(ConfirmAction action) throws IOException, InterruptedException {
        ConfirmRecord record = action.record(request).orElse(null);
        if (record == null) {
            // The pause is new, or build.xml is older than the program.
            record = open(action);
            if (record == null) {
                return;
            }
        }
        action.register(request.id(), this);
        if (!record.isOpen()) {
            // The controller stopped after the pause was settled and before the build continued.
            finish(action, record);
            return;
        }
        new ConfirmCheck(this, action, record).run();
        if (action.record(request).filter(ConfirmRecord::isOpen).isPresent()) {
            schedule();
        }
    }

    /** Begins the pause; null when there is nothing to wait for. */
    private ConfirmRecord open(ConfirmAction action) throws IOException, InterruptedException {
        try {
            String digest = plan.take(build);
            if (digest == null && plan.isApproval()) {
                log().line("Nothing is planned, so there is nothing to approve");
                getContext().onSuccess(ConfirmResult.nothingToApprove(request, build));
                return null;
            }
            ConfirmRecord record = ConfirmRecord.waiting(request, digest);
            action.add(record, this);
            FlowNode node = getContext().get(FlowNode.class);
            if (node.getAction(PauseAction.class) == null) {
                node.addAction(new PauseAction("AWS Root Guard"));
                PauseAnnouncement.say(build, request, view().task(), log());
            }
            if (stopped) {
                end(r -> r.settled(ConfirmRecord.End.STOPPED, null, Instant.now(), "the build was stopped", null));
                return null;
            }
            return record;
        } catch (InvalidInputException e) {
            getContext().onFailure(new AbortException(e.getMessage()));
            return null;
        }
    }

    /**
     * Whether this Jenkins is going down or has gone: what a check sees or fails with by then means nothing, and the Jenkins that
     * comes after continues the pause.
     */
    boolean isLeftBehind() {
        Jenkins now = Jenkins.getInstanceOrNull();
        Jenkins mine = home;
        return now == null || now.isTerminating() || mine != null && mine != now;
    }

    private void schedule() {
        ScheduledFuture<?> before = next;
        if (before != null) {
            before.cancel(false);
        }
        if (!stopped && !isLeftBehind() && request.isSeenInAws()) {
            next = Timer.get().schedule(this::submit, pollSeconds(), TimeUnit.SECONDS);
        }
    }

    static int pollSeconds() {
        return SystemProperties.getInteger(RootConfirmExecution.class.getName() + ".pollSeconds", 10);
    }

    /** Shows the result of a check on the page, and in the log when it's news. */
    void saw(LastLook look) throws IOException, InterruptedException {
        LastLook before = lastLook;
        lastLook = look;
        if (before == null || !before.text().equals(look.text()) || look.askedBy() != null) {
            log().line(look.sentence());
        }
    }

    /**
     * Ends the pause, and writes the line to the log.
     *
     * @return false, with nothing changed or written, when it has ended already
     */
    boolean settle(String line, UnaryOperator<ConfirmRecord> how) throws IOException, InterruptedException {
        if (stopped || !end(how)) {
            return false;
        }
        tell(line);
        ConfirmAction action = ConfirmAction.of(run());
        finish(action, action.record(request).orElseThrow());
        return true;
    }

    /** A settled pause continues, also when its log can't be written. */
    private void tell(String line) throws InterruptedException {
        try {
            log().line(line);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not write the end of a pause of " + getContext() + " to its log");
        }
    }

    /** Nobody answers a settled pause any more: where its answer can't be stored, the build must not wait for ever. */
    private void finish(ConfirmAction action, ConfirmRecord settled) throws IOException, InterruptedException {
        close();
        try {
            ConfirmCheck.keep(action, settled);
        } catch (RuntimeException e) {
            if (isLeftBehind()) {
                throw e;
            }
            LOGGER.log(Level.WARNING, e, () -> "Could not store what was confirmed in a pause of " + getContext());
            getContext().onFailure(new AbortException(Messages.RootConfirmExecution_notStored()));
            return;
        }
        deliver(settled);
    }

    private boolean end(UnaryOperator<ConfirmRecord> how) throws IOException, InterruptedException {
        boolean ended = ConfirmAction.of(run()).settle(request, how);
        FlowNode node = getContext().get(FlowNode.class);
        if (ended && node != null) {
            PauseAction.endCurrentPause(node);
        }
        return ended;
    }

    private void deliver(ConfirmRecord record) throws IOException, InterruptedException {
        if (record.end() == ConfirmRecord.End.CONFIRMED) {
            Map<String, Object> result = ConfirmResult.of(request, record, run());
            try {
                ConfirmResult.mark(run(), getContext().get(FlowNode.class), record, result);
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> "Could not mark who confirmed a pause of " + getContext());
            }
            getContext().onSuccess(result);
        } else {
            getContext().onFailure(ConfirmResult.interruption(record));
        }
    }
}
