package io.jenkins.plugins.awsrootguard.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import io.jenkins.plugins.awsrootguard.store.BuildRun;
import io.jenkins.plugins.awsrootguard.store.SecurePhaseResult;
import java.io.IOException;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Phase 3: carries out the plan; unless told otherwise it only says what it would do. */
public class RootSecureStep extends AbstractPlanStep {

    private static final boolean DEFAULT_DRY_RUN = true;

    private boolean dryRun = DEFAULT_DRY_RUN;
    private boolean approved;

    @DataBoundConstructor
    public RootSecureStep() {
        // Everything is optional.
    }

    public boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    /** Whether the Pipeline itself approves the plan, deletions too; else {@code rootConfirm what: 'PLAN'} does. */
    public boolean isApproved() {
        return approved;
    }

    @DataBoundSetter
    public void setApproved(boolean approved) {
        this.approved = approved;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    private static final class Execution extends AbstractExecution {

        private static final long serialVersionUID = 1L;

        private final transient RootSecureStep step;

        Execution(StepContext context, RootSecureStep step) {
            super(context);
            this.step = step;
        }

        @Override
        Map<String, Object> run(BuildRun phases) throws IOException, InterruptedException {
            SecurePhaseResult secured = phases.secure(
                    step.connection(), step.isOrganization(), step.planOptions(), step.dryRun, step.approved);
            judge(secured.result().isFailed(), secured.shortfall());
            return StepResults.secured(secured);
        }

        /** @param shortfall what was left undone; empty when nothing was */
        private void judge(boolean failed, String shortfall) throws IOException, InterruptedException {
            if (failed) {
                throw new AbortException(shortfall + (shortfall.endsWith(".") ? "" : ".")
                        + " The build page shows what was completed. The next run continues.");
            }
            if (!shortfall.isEmpty()) {
                unstable(shortfall);
            }
        }
    }

    @Extension
    public static class DescriptorImpl extends AbstractDescriptor {

        @Override
        public String getFunctionName() {
            return "rootSecure";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RootSecureStep_displayName();
        }

        /** For the form that nobody filled in yet. */
        public boolean isDefaultDryRun() {
            return DEFAULT_DRY_RUN;
        }
    }
}
