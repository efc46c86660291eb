package io.jenkins.plugins.awsrootguard.pipeline;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.report.FrontEnd;
import io.jenkins.plugins.awsrootguard.store.BuildFiles;
import io.jenkins.plugins.awsrootguard.store.BuildRun;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.EarlierSteps;
import io.jenkins.plugins.awsrootguard.store.PhaseResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.actions.ThreadNameAction;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/** Runs a phase on a thread of its own. An error that a user can correct ends the step with one line, without a stack trace. */
final class PhaseExecution extends SynchronousNonBlockingStepExecution<Map<String, Object>> {

    private static final long serialVersionUID = 1L;

    /** What a step does: runs its phase, and returns what the Pipeline gets. */
    @FunctionalInterface
    interface Phase {
        Map<String, Object> run(PhaseExecution execution, BuildRun phases) throws IOException, InterruptedException;
    }

    private final transient AbstractPhaseStep step;
    private final transient Phase phase;
    private transient Thread worker;
    /** The cause with which the step was stopped while it ran; null when it was not. */
    private transient Throwable stoppedBy;

    PhaseExecution(StepContext context, AbstractPhaseStep step, Phase phase) {
        super(context);
        this.step = step;
        this.phase = phase;
    }

    @Override
    protected Map<String, Object> run() throws Exception {
        StepContext context = getContext();
        begin();
        try {
            Run<?, ?> run = context.get(Run.class);
            Map<String, Object> result = BuildRun.orAbort(() -> phase.run(
                    this,
                    new BuildRun(
                            run,
                            context.get(EnvVars.class),
                            context.get(TaskListener.class),
                            branches(context),
                            step.policy,
                            BuildFiles.open(run, step.formats, workspace()),
                            this::isStopped)));
            String root = Jenkins.get().getRootUrl();
            result.put("url", (root == null ? "" : root) + run.getUrl() + BuildStore.FOLDER + "/");
            return result;
        } finally {
            end();
        }
    }

    /**
     * The workspace of the step, only if the step needs one: its agent may be offline.
     *
     * @return null outside of any
     * @throws InvalidInputException when the agent is offline and the step uses its credentials
     */
    private FilePath workspace() throws IOException, InterruptedException {
        try {
            return step.useNode || !step.formats.isEmpty() ? getContext().get(FilePath.class) : null;
        } catch (IOException e) {
            if (!step.useNode) {
                throw e;
            }
            throw new InvalidInputException("useNode", "needs an agent that is online. Bring the node online.");
        }
    }

    /** The earlier steps of a step's own branch: another branch may have other options and another policy for the same account. */
    static EarlierSteps steps(StepContext context) throws IOException, InterruptedException {
        return BuildStore.of(context.get(Run.class)).branch(branches(context));
    }

    /** The ids of the branches of {@code parallel} around a step, innermost first. */
    static List<String> branches(StepContext context) throws IOException, InterruptedException {
        return context.get(FlowNode.class).getEnclosingBlocks().stream()
                .filter(block -> block.getAction(ThreadNameAction.class) != null)
                .map(FlowNode::getId)
                .toList();
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

    /** Interrupts a step that runs. It ends when it has stored what it found; until then the build continues. */
    @Override
    public void stop(Throwable cause) throws Exception {
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
     * Applies the result of a quality gate to the build.
     *
     * @throws AbortException when the gate failed
     */
    void apply(QualityGate.Outcome outcome) throws IOException, InterruptedException {
        switch (outcome.result()) {
            case FAILED -> throw new AbortException("The quality gate failed: " + outcome.reason());
            case UNSTABLE -> unstable(outcome.reason());
            case PASSED -> {}
        }
    }

    /**
     * Makes the build unstable when planned changes were not made.
     *
     * @throws AbortException when a change failed
     */
    void apply(PhaseResult.Secured secured) throws IOException, InterruptedException {
        String shortfall = secured.shortfall(FrontEnd.PIPELINE);
        if (secured.result().isFailed()) {
            throw new AbortException(shortfall + (shortfall.endsWith(".") ? "" : ".")
                    + " The build page shows what was completed. The next run continues.");
        }
        if (!shortfall.isEmpty()) {
            getContext().get(TaskListener.class).getLogger().println("Unstable: " + shortfall);
            unstable(shortfall);
        }
    }

    /** Makes the build unstable, and marks the step as the cause. */
    private void unstable(String reason) throws IOException, InterruptedException {
        getContext().get(FlowNode.class).addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(reason));
        getContext().get(Run.class).setResult(Result.UNSTABLE);
    }
}
