package io.jenkins.plugins.awsrootguard.pipeline;

import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundSetter;

/** The options of the steps that run a phase. */
public abstract class AbstractPhaseStep extends AbstractRootGuardStep {

    /** The policy, in YAML, laid over the global one; null for that of an earlier step. */
    @DataBoundSetter
    public String policy;

    /** The additional report files, SARIF, JUNIT, ASFF or OCSF, which are written to the workspace, too. */
    @DataBoundSetter
    public List<String> formats = List.of();

    final StepExecution execution(StepContext context, PhaseExecution.Phase phase) {
        return new PhaseExecution(context, this, phase);
    }
}
