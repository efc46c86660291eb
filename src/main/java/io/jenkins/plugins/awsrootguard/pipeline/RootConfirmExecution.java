package io.jenkins.plugins.awsrootguard.pipeline;

import hudson.AbortException;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.store.BuildAccount;
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
 * A pause that waits for a person and for AWS. How far it has come is in its {@link ConfirmRecord}, in build.xml: a restart of
 * Jenkins at any time takes it up where it was. AWS is asked on threads of its own, never on the Pipeline's, one look at a
 * time. What can't be read is never taken for done.
 */
class RootConfirmExecution extends StepExecution {

    private static final long serialVersionUID = 1L;

    private static final Logger LOGGER = Logger.getLogger(RootConfirmExecution.class.getName());

    private final ConfirmRequest request;

    /** What the last look showed; lost in a restart, after which there is a new one at once. */
    private transient volatile LastLook lastLook;

    private transient volatile boolean stopped;
    /** Kept from the first look: a build that was killed hard no longer gives it, and must be known to have ended. */
    private transient volatile Run<?, ?> build;

    private transient volatile ScheduledFuture<?> next;
    /** So that however often the button is pressed no more than one thread waits. */
    private transient volatile boolean queued;

    /** The Jenkins that this object belongs to: after a restart the pause is another object's. */
    private transient volatile Jenkins home;

    RootConfirmExecution(StepContext context, RootConfirmStep step, PendingTask.What what, ConnectionSpec said)
            throws AbortException {
        super(context);
        this.request = request(context, step, what, said);
    }

    private static ConfirmRequest request(
            StepContext context, RootConfirmStep step, PendingTask.What what, ConnectionSpec said)
            throws AbortException {
        String organization = OrganizationPause.organization(context, step, what, said);
        return organization == null
                ? new ConfirmRequest(step, what, account(context, what, said), null)
                : new ConfirmRequest(step, what, said, organization);
    }

    /** The account is fixed when the pause begins, whatever other steps do meanwhile. */
    private static ConnectionSpec account(StepContext context, PendingTask.What what, ConnectionSpec said)
            throws AbortException {
        try {
            Run<?, ?> run = context.get(Run.class);
            AccountState state = what == PendingTask.What.PLAN
                    ? BuildAccount.planned(run, "rootConfirm what: 'PLAN'", said)
                    : BuildAccount.assessed(run, "rootConfirm", said);
            return said.forAccount(state.accountId());
        } catch (InvalidInputException e) {
            throw new AbortException(e.getMessage());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("The build's context can't be read", e);
        }
    }

    @Override
    public boolean start() throws Exception {
        home = Jenkins.get();
        Run<?, ?> run = run();
        if (request.what() == PendingTask.What.PLAN && view().isNothingPlanned()) {
            log().line("Nothing is planned for "
                    + (request.isOrganization()
                            ? "the organization " + request.organizationId()
                            : "account " + request.accountId())
                    + ", so there is nothing to approve");
            getContext().onSuccess(ConfirmResult.nothingToApprove(request));
            return true;
        }
        try {
            ConfirmAction.of(run).add(ConfirmRecord.waiting(request), this);
        } catch (InvalidInputException e) {
            throw new AbortException(e.getMessage());
        }
        getContext().get(FlowNode.class).addAction(new PauseAction("AWS Root Guard"));
        PauseAnnouncement.say(run, request, view().task(), log());
        submit();
        return false;
    }

    @Override
    public void onResume() {
        home = Jenkins.get();
        // This may be the Pipeline's own thread, which mustn't wait; and what's needed may not be loaded yet.
        submit();
    }

    @Override
    public void stop(Throwable cause) {
        stopped = true;
        // This may be the Pipeline's own thread: what reads the build or saves it goes elsewhere, and the build on
        // after it.
        Timer.get().submit(() -> {
            try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
                end(r -> r.settled(ConfirmRecord.End.STOPPED, null, Instant.now(), "the build was stopped"));
            } catch (IOException | InterruptedException | RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> "A pause of " + getContext() + " was not ended in order");
            } finally {
                getContext().onFailure(cause);
            }
        });
    }

    String id() {
        return request.id();
    }

    ConfirmRequest request() {
        return request;
    }

    LastLook lastLook() {
        return lastLook;
    }

    ConfirmView view() {
        try {
            return new ConfirmView(this, run());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("The build's context can't be read", e);
        }
    }

    Run<?, ?> run() throws IOException, InterruptedException {
        return getContext().get(Run.class);
    }

    BuildLog log() throws IOException, InterruptedException {
        return new BuildLog(getContext().get(TaskListener.class));
    }

    /** Looks at once, on a thread of its own. While one such look is waiting for its turn another would see nothing more. */
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

    /** One look: what a person said is verified, else AWS is asked whether it is so by now. One at a time. */
    private synchronized void tick() {
        queued = false;
        if (isLeftBehind()) {
            return;
        }
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            if (build == null) {
                build = run();
            }
            if (stopped || !build.isBuilding()) {
                return;
            }
            ConfirmAction action = ConfirmAction.of(build);
            ConfirmRecord record = action.record(request.id()).orElse(null);
            if (record == null) {
                // build.xml is older than the program: the pause begins again.
                record = ConfirmRecord.waiting(request);
                action.add(record, this);
            }
            action.register(request.id(), this);
            if (!record.isOpen()) {
                // The controller stopped after the pause was settled and before the build went on.
                finish(action, record);
                return;
            }
            new ConfirmCheck(this, action, record).run();
            if (action.record(request.id()).filter(ConfirmRecord::isOpen).isPresent()) {
                schedule();
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            Level level = isLeftBehind() ? Level.FINE : Level.WARNING;
            LOGGER.log(level, e, () -> "A look for a pause of " + getContext() + " failed; it waits on");
            schedule();
        }
    }

    /**
     * Whether this Jenkins is going down or has gone: what a look sees or fails with by then tells nothing, and the pause is
     * taken up where it was by the Jenkins that comes after.
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

    /** Says what a look showed: on the page, and in the log when it's news. */
    void saw(LastLook look) throws IOException, InterruptedException {
        LastLook before = lastLook;
        lastLook = look;
        if (before == null || !before.text().equals(look.text()) || look.askedBy() != null) {
            log().line(look.sentence());
        }
    }

    /**
     * Ends the pause in the way that the record says, and says the line in the log.
     *
     * @return false, with nothing done or said, when it has ended already
     */
    boolean settle(String line, UnaryOperator<ConfirmRecord> how) throws IOException, InterruptedException {
        if (stopped || !end(how)) {
            return false;
        }
        tell(line);
        ConfirmAction action = ConfirmAction.of(run());
        finish(action, action.record(request.id()).orElseThrow());
        return true;
    }

    /** A pause that is settled must go on, also when its log can't be written. */
    private void tell(String line) throws InterruptedException {
        try {
            log().line(line);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "How a pause of " + getContext() + " ended is not in its log");
        }
    }

    /** A settled pause is answered by nobody any more: where its answer can't be stored, the build must not wait for ever. */
    private void finish(ConfirmAction action, ConfirmRecord settled) throws IOException, InterruptedException {
        try {
            ConfirmCheck.keep(action, settled);
        } catch (RuntimeException e) {
            if (isLeftBehind()) {
                throw e;
            }
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "What was confirmed in a pause of " + getContext() + " could not be stored");
            getContext().onFailure(new AbortException(Messages.RootConfirmExecution_notStored()));
            return;
        }
        deliver(settled);
    }

    private boolean end(UnaryOperator<ConfirmRecord> how) throws IOException, InterruptedException {
        boolean ended = ConfirmAction.of(run()).settle(request.id(), how);
        FlowNode node = getContext().get(FlowNode.class);
        if (ended && node != null) {
            PauseAction.endCurrentPause(node);
        }
        return ended;
    }

    private void deliver(ConfirmRecord record) throws IOException, InterruptedException {
        if (record.end() == ConfirmRecord.End.CONFIRMED) {
            Map<String, Object> result = ConfirmResult.of(request, record);
            try {
                ConfirmResult.mark(run(), getContext().get(FlowNode.class), record, result);
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> "Who confirmed is not marked at " + getContext());
            }
            getContext().onSuccess(result);
        } else {
            getContext().onFailure(ConfirmResult.interruption(record));
        }
    }
}
