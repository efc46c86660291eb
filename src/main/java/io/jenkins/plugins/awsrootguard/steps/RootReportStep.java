package io.jenkins.plugins.awsrootguard.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.util.FormValidation;
import io.jenkins.plugins.awsrootguard.phase.AccountState;
import io.jenkins.plugins.awsrootguard.phase.AssessmentSettings;
import io.jenkins.plugins.awsrootguard.run.JenkinsPhases;
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
public class RootReportStep extends AbstractRootGuardStep {

    static final int DEFAULT_MAX_AGE = 24;
    static final int DEFAULT_WAIT =
            (int) AssessmentSettings.DEFAULT.reportWait().toMinutes();

    private int maxAge = DEFAULT_MAX_AGE;
    private int reportWait = DEFAULT_WAIT;
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

    /** How long AWS may take to make the report, in minutes. */
    public int getReportWait() {
        return reportWait;
    }

    @DataBoundSetter
    public void setReportWait(int reportWait) {
        this.reportWait = reportWait;
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
        Map<String, Object> run(JenkinsPhases phases) throws IOException, InterruptedException {
            AssessmentSettings settings = new AssessmentSettings(
                    Duration.ofMinutes(step.reportWait), AssessmentSettings.DEFAULT.firstPause(), step.readActivity);
            AccountState state = phases.report(step.connection(), settings, step.maxAge);
            return StepResults.report(state.facts(), phases.judge(state));
        }
    }

    @Extension
    public static class DescriptorImpl extends AbstractDescriptor {

        @Override
        public String getFunctionName() {
            return "rootReport";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RootReportStep_displayName();
        }

        @RequirePOST
        public FormValidation doCheckMaxAge(@QueryParameter String value) {
            return Numbers.check(value, 4, 8760);
        }

        @RequirePOST
        public FormValidation doCheckReportWait(@QueryParameter String value) {
            return Numbers.check(value, 1, 240);
        }
    }
}
