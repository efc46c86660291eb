package io.jenkins.plugins.awsrootguard.steps;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awsrootguard.phase.QualityGate;
import io.jenkins.plugins.awsrootguard.run.JenkinsPhases;
import io.jenkins.plugins.awsrootguard.run.OneLine;
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

    AbstractExecution(StepContext context) {
        super(context);
    }

    abstract Map<String, Object> run(JenkinsPhases phases) throws IOException, InterruptedException;

    @Override
    protected final Map<String, Object> run() throws Exception {
        StepContext context = getContext();
        JenkinsPhases phases =
                new JenkinsPhases(context.get(Run.class), context.get(EnvVars.class), context.get(TaskListener.class));
        return OneLine.orAbort(() -> run(phases));
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
