package io.jenkins.plugins.awsrootguard.pipeline;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.store.BuildRun;
import io.jenkins.plugins.awsrootguard.store.OneLine;
import java.io.IOException;
import java.util.Map;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/**
 * Runs one phase off the Pipeline's own thread. What a person can mend ends the step with one line, and not with a stack
 * trace.
 */
abstract class AbstractExecution extends SynchronousNonBlockingStepExecution<Map<String, Object>> {

    private static final long serialVersionUID = 1L;

    private transient Thread worker;
    /** Why the step is to end, when it was told to while it ran. */
    private transient Throwable stoppedBy;

    AbstractExecution(StepContext context) {
        super(context);
    }

    abstract Map<String, Object> run(BuildRun phases) throws IOException, InterruptedException;

    @Override
    protected final Map<String, Object> run() throws Exception {
        StepContext context = getContext();
        BuildRun phases = new BuildRun(
                context.get(Run.class), context.get(EnvVars.class), context.get(TaskListener.class), this::isStopped);
        begin();
        try {
            return OneLine.orAbort(() -> run(phases));
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        worker = Thread.currentThread();
    }

    private synchronized boolean isStopped() {
        return stoppedBy != null;
    }

    private synchronized void end() throws Exception {
        worker = null;
        if (stoppedBy instanceof Exception e) {
            throw e;
        }
    }

    /** A step that runs is interrupted, and ends when it has stored what it found: until then the build goes on. */
    @Override
    public final void stop(Throwable cause) throws Exception {
        synchronized (this) {
            if (worker != null && cause instanceof Exception) {
                stoppedBy = cause;
                worker.interrupt();
                return;
            }
        }
        super.stop(cause);
    }

    /**
     * Gives the build what a quality gate said.
     *
     * @throws AbortException when the gate failed
     */
    final void apply(QualityGate.Outcome outcome) throws IOException, InterruptedException {
        switch (outcome.result()) {
            case FAILED -> throw new AbortException("The quality gate failed: " + outcome.reason());
            case UNSTABLE -> unstable(outcome.reason());
            case PASSED -> {}
        }
    }

    /** Makes the build unstable, and marks the step as the one that did. */
    final void unstable(String reason) throws IOException, InterruptedException {
        getContext().get(FlowNode.class).addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(reason));
        getContext().get(Run.class).setResult(Result.UNSTABLE);
    }
}
