package io.jenkins.plugins.awsrootguard.pipeline;

import hudson.Extension;
import io.jenkins.plugins.awsrootguard.assessment.AssessmentSettings;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.config.GateOptions;
import io.jenkins.plugins.awsrootguard.store.PhaseResult;
import io.jenkins.plugins.awsrootguard.store.ReadingOptions;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Phase 4: reads everything again, and verifies each point of a secured root user. */
public class RootValidateStep extends AbstractReadingStep {

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

    /** The maximum age of the credential report, in hours; 0 for that of rootReport. */
    @DataBoundSetter
    public int maxAge;

    @DataBoundConstructor
    public RootValidateStep() {}

    @Override
    public StepExecution start(StepContext context) {
        return execution(context, (execution, phases) -> {
            QualityGate gate = GateOptions.parse(failOn, unstableOn, unknown, unreadAccounts, newOnly);
            ReadingOptions options = readingOptions(maxAge, AssessmentSettings.DEFAULT.readActivity());
            PhaseResult judged = phases.validate(connection(), organization, options, gate);
            execution.apply(judged.outcome());
            return StepResults.validated(judged);
        });
    }

    @Extension
    public static class DescriptorImpl extends AbstractDescriptor {

        public DescriptorImpl() {
            super("rootValidate", Messages._RootValidateStep_displayName());
        }
    }
}
