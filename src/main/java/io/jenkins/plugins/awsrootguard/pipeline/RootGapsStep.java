package io.jenkins.plugins.awsrootguard.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.config.GateOptions;
import io.jenkins.plugins.awsrootguard.store.BuildRun;
import io.jenkins.plugins.awsrootguard.store.PhaseResult;
import java.io.IOException;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Phase 2: judges what rootReport read, and plans what is to be done. */
public class RootGapsStep extends AbstractPlanStep {

    private String failOn = GateOptions.FAIL_ON;
    private String unstableOn = GateOptions.UNSTABLE_ON;
    private String unknown = GateOptions.UNKNOWN;
    private String unreadAccounts = GateOptions.UNREAD_ACCOUNTS;

    @DataBoundConstructor
    public RootGapsStep() {
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

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    private static final class Execution extends AbstractExecution {

        private static final long serialVersionUID = 1L;

        private final transient RootGapsStep step;

        Execution(StepContext context, RootGapsStep step) {
            super(context);
            this.step = step;
        }

        @Override
        Map<String, Object> run(BuildRun phases) throws IOException, InterruptedException {
            QualityGate gate = GateOptions.parse(step.failOn, step.unstableOn, step.unknown, step.unreadAccounts);
            PhaseResult judged = phases.gaps(step.connection(), step.isOrganization(), step.planOptions(), gate);
            apply(judged.outcome());
            return StepResults.gaps(judged);
        }
    }

    @Extension
    public static class DescriptorImpl extends AbstractDescriptor {

        @Override
        public String getFunctionName() {
            return "rootGaps";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RootGapsStep_displayName();
        }
    }
}
