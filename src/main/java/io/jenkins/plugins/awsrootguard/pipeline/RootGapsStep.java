package io.jenkins.plugins.awsrootguard.pipeline;

import hudson.Extension;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.config.GateOptions;
import io.jenkins.plugins.awsrootguard.store.PhaseResult;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Phase 2: judges what rootReport read, plans the changes and applies the quality gate. */
public class RootGapsStep extends AbstractPlanStep {

    @DataBoundSetter
    public String failOn = GateOptions.FAIL_ON;

    @DataBoundSetter
    public String unstableOn = GateOptions.UNSTABLE_ON;

    @DataBoundSetter
    public String unknown = GateOptions.UNKNOWN;

    @DataBoundSetter
    public String unreadAccounts = GateOptions.UNREAD_ACCOUNTS;

    /** Whether only findings count that the reference build did not have. */
    @DataBoundSetter
    public boolean newOnly;

    @DataBoundConstructor
    public RootGapsStep() {}

    @Override
    public StepExecution start(StepContext context) {
        return execution(context, (execution, phases) -> {
            QualityGate gate = GateOptions.parse(failOn, unstableOn, unknown, unreadAccounts, newOnly);
            PhaseResult judged = phases.gaps(connection(), organization, planOptions(), gate);
            execution.apply(judged.outcome());
            return StepResults.gaps(judged);
        });
    }

    @Extension
    public static class DescriptorImpl extends AbstractDescriptor {

        public DescriptorImpl() {
            super("rootGaps", Messages._RootGapsStep_displayName());
        }
    }
}
