package io.jenkins.plugins.awsrootguard.pipeline;

import hudson.Extension;
import io.jenkins.plugins.awsrootguard.store.PhaseResult;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Phase 3: carries out the approved plan. By default a dry run, which changes nothing. */
public class RootSecureStep extends AbstractPlanStep {

    @DataBoundSetter
    public boolean dryRun = true;

    /** Whether the Pipeline itself approves the plan; otherwise {@code rootConfirm what: 'PLAN'} does. */
    @DataBoundSetter
    public boolean approved;

    @DataBoundConstructor
    public RootSecureStep() {}

    @Override
    public StepExecution start(StepContext context) {
        return execution(context, (execution, phases) -> {
            PhaseResult.Secured secured = phases.secure(connection(), organization, planOptions(), dryRun, approved);
            execution.apply(secured);
            return StepResults.secured(secured);
        });
    }

    @Extension
    public static class DescriptorImpl extends AbstractDescriptor {

        public DescriptorImpl() {
            super("rootSecure", Messages._RootSecureStep_displayName());
        }
    }
}
