package io.jenkins.plugins.awsrootguard.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awsrootguard.config.AwsCredentialsForm;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.config.GateOptions;
import io.jenkins.plugins.awsrootguard.facts.AccountId;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** What all steps are given: how to reach the account. */
public abstract class AbstractRootGuardStep extends Step {

    private String credentialsId;
    private String accountId;
    private String region;
    private boolean organization;

    @CheckForNull
    public final String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public final void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    @CheckForNull
    public final String getAccountId() {
        return accountId;
    }

    @DataBoundSetter
    public final void setAccountId(String accountId) {
        this.accountId = Util.fixEmptyAndTrim(accountId);
    }

    @CheckForNull
    public final String getRegion() {
        return region;
    }

    @DataBoundSetter
    public final void setRegion(String region) {
        this.region = Util.fixEmptyAndTrim(region);
    }

    /** Whether all accounts of the organization are meant; once said, later steps of the build that name no account mean it, too. */
    public final boolean isOrganization() {
        return organization;
    }

    @DataBoundSetter
    public final void setOrganization(boolean organization) {
        this.organization = organization;
    }

    /** @throws InvalidInputException when the account id is none */
    final ConnectionSpec connection() {
        return new ConnectionSpec(credentialsId, accountId, region);
    }

    /** What the steps' forms have in common. */
    public abstract static class AbstractDescriptor extends StepDescriptor {

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FlowNode.class, EnvVars.class);
        }

        @NonNull
        @RequirePOST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return AwsCredentialsForm.items(item, credentialsId);
        }

        @NonNull
        @RequirePOST
        public FormValidation doCheckCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
            return AwsCredentialsForm.check(item, value);
        }

        @RequirePOST
        public ListBoxModel doFillFailOnItems() {
            return GateOptions.severities();
        }

        @RequirePOST
        public ListBoxModel doFillUnstableOnItems() {
            return GateOptions.severities();
        }

        @RequirePOST
        public ListBoxModel doFillUnknownItems() {
            return GateOptions.policies();
        }

        @RequirePOST
        public ListBoxModel doFillUnreadAccountsItems() {
            return GateOptions.policies();
        }

        /** For the form that nobody filled in yet. */
        public String getDefaultFailOn() {
            return GateOptions.FAIL_ON;
        }

        /** For the form that nobody filled in yet. */
        public String getDefaultUnstableOn() {
            return GateOptions.UNSTABLE_ON;
        }

        /** For the form that nobody filled in yet. */
        public String getDefaultUnknown() {
            return GateOptions.UNKNOWN;
        }

        /** For the form that nobody filled in yet. */
        public String getDefaultUnreadAccounts() {
            return GateOptions.UNREAD_ACCOUNTS;
        }

        /** Reads nothing, so that it needs no permission. */
        @NonNull
        @RequirePOST
        public FormValidation doCheckAccountId(@QueryParameter String value) {
            try {
                if (Util.fixEmptyAndTrim(value) != null) {
                    AccountId.parse(value);
                }
                return FormValidation.ok();
            } catch (InvalidInputException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
