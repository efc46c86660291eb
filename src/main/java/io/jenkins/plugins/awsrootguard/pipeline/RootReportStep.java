package io.jenkins.plugins.awsrootguard.pipeline;

import hudson.Extension;
import hudson.util.FormValidation;
import io.jenkins.plugins.awsrootguard.assessment.AssessmentSettings;
import io.jenkins.plugins.awsrootguard.store.ReadingOptions;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Phase 1: reads an account and its credential report, and archives the report. */
public class RootReportStep extends AbstractReadingStep {

    private static final int DEFAULT_MAX_AGE = 24;

    /** The maximum age of the credential report, in hours; with the default, that of the policy applies. */
    @DataBoundSetter
    public int maxAge = DEFAULT_MAX_AGE;

    /** Whether CloudTrail is searched for root activity. */
    @DataBoundSetter
    public boolean readActivity = AssessmentSettings.DEFAULT.readActivity();

    @DataBoundConstructor
    public RootReportStep() {}

    @Override
    public StepExecution start(StepContext context) {
        int hours = maxAge == DEFAULT_MAX_AGE ? 0 : maxAge;
        return execution(
                context,
                (execution, phases) -> StepResults.report(
                        phases.report(connection(), organization, readingOptions(hours, readActivity))));
    }

    @Extension
    public static class DescriptorImpl extends AbstractDescriptor {

        public DescriptorImpl() {
            super("rootReport", Messages._RootReportStep_displayName());
        }

        @RequirePOST
        public FormValidation doCheckMaxAge(@QueryParameter String value) {
            return ReadingOptions.MAX_AGE_HOURS.check(value);
        }
    }
}
