package io.jenkins.plugins.awsrootguard.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.awsrootguard.assessment.AssessmentSettings;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.config.GateOptions;
import io.jenkins.plugins.awsrootguard.store.BuildRun;
import io.jenkins.plugins.awsrootguard.store.OrganizationOptions;
import io.jenkins.plugins.awsrootguard.store.PhaseResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Phase 4: reads everything afresh, and proves point by point that the root user is secured. */
public class RootValidateStep extends AbstractReadingStep {

    private String failOn = GateOptions.FAIL_ON;
    private String unstableOn = GateOptions.UNSTABLE_ON;
    private String unknown = GateOptions.UNKNOWN;
    private String unreadAccounts = GateOptions.UNREAD_ACCOUNTS;
    private int maxAge;

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

    public String getUnreadAccounts() {
        return unreadAccounts;
    }

    @DataBoundSetter
    public void setUnreadAccounts(String unreadAccounts) {
        this.unreadAccounts = GateOptions.normal(unreadAccounts, GateOptions.UNREAD_ACCOUNTS);
    }

    /** The oldest credential report that counts, in hours; 0 for what rootReport was told. */
    public int getMaxAge() {
        return maxAge;
    }

    @DataBoundSetter
    public void setMaxAge(int maxAge) {
        this.maxAge = maxAge;
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
        Map<String, Object> run(BuildRun phases) throws IOException, InterruptedException {
            QualityGate gate = GateOptions.parse(step.failOn, step.unstableOn, step.unknown, step.unreadAccounts);
            AssessmentSettings settings =
                    AssessmentSettings.DEFAULT.withReportWait(Duration.ofMinutes(step.getReportWait()));
            OrganizationOptions options =
                    step.organizationOptions(phases.isOrganization(step.connection(), step.isOrganization()));
            PhaseResult judged =
                    phases.validate(step.connection(), step.isOrganization(), options, settings, step.maxAge, gate);
            apply(judged.outcome());
            return StepResults.validated(judged);
        }
    }

    @Extension
    public static class DescriptorImpl extends ReadingDescriptor {

        @Override
        public String getFunctionName() {
            return "rootValidate";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RootValidateStep_displayName();
        }
    }
}
