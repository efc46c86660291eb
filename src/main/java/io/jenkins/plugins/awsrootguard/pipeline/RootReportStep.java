package io.jenkins.plugins.awsrootguard.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.util.FormValidation;
import io.jenkins.plugins.awsrootguard.assessment.AssessmentSettings;
import io.jenkins.plugins.awsrootguard.config.Numbers;
import io.jenkins.plugins.awsrootguard.store.BuildRun;
import io.jenkins.plugins.awsrootguard.store.OrganizationOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Phase 1: reads an account, with its credential report, and archives that. */
public class RootReportStep extends AbstractReadingStep {

    static final int DEFAULT_MAX_AGE = 24;

    private int maxAge = DEFAULT_MAX_AGE;
    private boolean readActivity = AssessmentSettings.DEFAULT.readActivity();

    @DataBoundConstructor
    public RootReportStep() {
        // Everything is optional.
    }

    /** The oldest credential report that counts, in hours. */
    public int getMaxAge() {
        return maxAge;
    }

    @DataBoundSetter
    public void setMaxAge(int maxAge) {
        this.maxAge = maxAge;
    }

    /** Whether CloudTrail is searched for what root did. */
    public boolean isReadActivity() {
        return readActivity;
    }

    @DataBoundSetter
    public void setReadActivity(boolean readActivity) {
        this.readActivity = readActivity;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    private static final class Execution extends AbstractExecution {

        private static final long serialVersionUID = 1L;

        private final transient RootReportStep step;

        Execution(StepContext context, RootReportStep step) {
            super(context);
            this.step = step;
        }

        @Override
        Map<String, Object> run(BuildRun phases) throws IOException, InterruptedException {
            AssessmentSettings settings = new AssessmentSettings(
                    Duration.ofMinutes(step.getReportWait()),
                    AssessmentSettings.DEFAULT.firstPause(),
                    step.readActivity);
            OrganizationOptions options = step.organizationOptions(step.isOrganization());
            return StepResults.report(
                    phases.report(step.connection(), step.isOrganization(), options, settings, step.maxAge));
        }
    }

    @Extension
    public static class DescriptorImpl extends ReadingDescriptor {

        @Override
        public String getFunctionName() {
            return "rootReport";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RootReportStep_displayName();
        }

        /** For the form that nobody filled in yet. */
        public int getDefaultMaxAge() {
            return DEFAULT_MAX_AGE;
        }

        /** For the form that nobody filled in yet. */
        public boolean isDefaultReadActivity() {
            return AssessmentSettings.DEFAULT.readActivity();
        }

        @RequirePOST
        public FormValidation doCheckMaxAge(@QueryParameter String value) {
            return Numbers.check(value, 4, 8760);
        }
    }
}
