package io.jenkins.plugins.awsrootguard.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.util.FormValidation;
import io.jenkins.plugins.awsrootguard.phase.AssessmentSettings;
import io.jenkins.plugins.awsrootguard.phase.QualityGate;
import io.jenkins.plugins.awsrootguard.run.JenkinsPhases;
import io.jenkins.plugins.awsrootguard.run.Judged;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Phase 4: reads everything afresh, and proves point by point that the root user is secured. */
public class RootValidateStep extends AbstractRootGuardStep {

    private String failOn = GateOptions.FAIL_ON;
    private String unstableOn = GateOptions.UNSTABLE_ON;
    private String unknown = GateOptions.UNKNOWN;
    private int maxAge;
    private int reportWait = RootReportStep.DEFAULT_WAIT;

    @DataBoundConstructor
    public RootValidateStep() {
        // Everything is optional.
    }

    public String getFailOn() {
        return failOn;
    }

    @DataBoundSetter
    public void setFailOn(String failOn) {
        this.failOn = GateOptions.normal(failOn, GateOptions.FAIL_ON);
    }

    public String getUnstableOn() {
        return unstableOn;
    }

    @DataBoundSetter
    public void setUnstableOn(String unstableOn) {
        this.unstableOn = GateOptions.normal(unstableOn, GateOptions.UNSTABLE_ON);
    }

    public String getUnknown() {
        return unknown;
    }

    @DataBoundSetter
    public void setUnknown(String unknown) {
        this.unknown = GateOptions.normal(unknown, GateOptions.UNKNOWN);
    }

    /** The oldest credential report that counts, in hours; 0 for what rootReport was told. */
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

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    private static final class Execution extends AbstractExecution {

        private static final long serialVersionUID = 1L;

        private final transient RootValidateStep step;

        Execution(StepContext context, RootValidateStep step) {
            super(context);
            this.step = step;
        }

        @Override
        Map<String, Object> run(JenkinsPhases phases) throws IOException, InterruptedException {
            QualityGate gate = GateOptions.parse(step.failOn, step.unstableOn, step.unknown);
            AssessmentSettings settings =
                    AssessmentSettings.DEFAULT.withReportWait(Duration.ofMinutes(step.reportWait));
            Judged judged = phases.validate(step.connection(), settings, step.maxAge, gate);
            apply(judged.outcome());
            return StepResults.validated(judged);
        }
    }

    @Extension
    public static class DescriptorImpl extends AbstractDescriptor {

        @Override
        public String getFunctionName() {
            return "rootValidate";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RootValidateStep_displayName();
        }

        @RequirePOST
        public FormValidation doCheckReportWait(@QueryParameter String value) {
            return Numbers.check(value, 1, 240);
        }
    }
}
