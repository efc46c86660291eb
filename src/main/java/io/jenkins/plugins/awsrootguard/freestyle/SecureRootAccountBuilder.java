package io.jenkins.plugins.awsrootguard.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.Util;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.AbstractProject;
import hudson.model.Item;
import hudson.model.Items;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awsrootguard.config.AccountForm;
import io.jenkins.plugins.awsrootguard.config.AwsCredentialsForm;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.config.GateOptions;
import io.jenkins.plugins.awsrootguard.store.PlanOptions;
import java.io.IOException;
import jenkins.tasks.SimpleBuildStep;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * Runs the phases for one account or the accounts of an organization. A build step can't pause: manual tasks are left on the build
 * page, and make the build unstable.
 */
public class SecureRootAccountBuilder extends OrganizationBuilder implements SimpleBuildStep {

    private String credentialsId;
    private String validationCredentialsId;
    private String accountId;
    private String region;
    private boolean apply;
    private boolean approved;
    private String adminUser;
    private String adminGroup;
    private boolean attachToUser;
    private String tags;
    private String deleteKeys;
    private String failOn = GateOptions.FAIL_ON;
    private String unstableOn = GateOptions.UNSTABLE_ON;
    private String unknown = GateOptions.UNKNOWN;
    private String unreadAccounts = GateOptions.UNREAD_ACCOUNTS;

    /** Gives the build step in config.xml a name that does not follow a package. */
    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    @Restricted(NoExternalUse.class)
    public static void nameInConfigXml() {
        Items.XSTREAM2.alias("secure-aws-root-account", SecureRootAccountBuilder.class);
    }

    @DataBoundConstructor
    public SecureRootAccountBuilder() {
        // Everything is optional.
    }

    @Override
    public boolean requiresWorkspace() {
        return false;
    }

    @Override
    public void perform(@NonNull Run<?, ?> run, @NonNull EnvVars env, @NonNull TaskListener listener)
            throws IOException, InterruptedException {
        new SecureAccounts(this, run, env, listener).run();
    }

    ConnectionSpec connection(EnvVars env) {
        return new ConnectionSpec(credentialsId, env.expand(accountId), env.expand(region));
    }

    /** How the account is connected for the validation, which can use other credentials. */
    ConnectionSpec validationConnection(EnvVars env, String account) {
        return validationCredentialsId == null
                ? connection(env).forAccount(account)
                : new ConnectionSpec(validationCredentialsId, account, env.expand(region))
                        .withCredentialsField("validationCredentialsId");
    }

    PlanOptions planOptions() {
        return new PlanOptions(
                adminUser,
                adminGroup,
                attachToUser,
                PlanOptions.split(tags),
                PlanOptions.split(deleteKeys),
                isRemoveRootPassword());
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** Credentials for the validation, when the others are a root key that is deleted; null for the same. */
    public String getValidationCredentialsId() {
        return validationCredentialsId;
    }

    @DataBoundSetter
    public void setValidationCredentialsId(String validationCredentialsId) {
        this.validationCredentialsId = Util.fixEmptyAndTrim(validationCredentialsId);
    }

    public String getAccountId() {
        return accountId;
    }

    @DataBoundSetter
    public void setAccountId(String accountId) {
        this.accountId = Util.fixEmptyAndTrim(accountId);
    }

    public String getRegion() {
        return region;
    }

    @DataBoundSetter
    public void setRegion(String region) {
        this.region = Util.fixEmptyAndTrim(region);
    }

    /** Whether the plan is carried out; else it is only told. */
    public boolean isApply() {
        return apply;
    }

    @DataBoundSetter
    public void setApply(boolean apply) {
        this.apply = apply;
    }

    /** Whether the job approves the whole plan, deletions too; else a person does on the build page. */
    public boolean isApproved() {
        return approved;
    }

    @DataBoundSetter
    public void setApproved(boolean approved) {
        this.approved = approved;
    }

    public String getAdminUser() {
        return adminUser;
    }

    @DataBoundSetter
    public void setAdminUser(String adminUser) {
        this.adminUser = Util.fixEmptyAndTrim(adminUser);
    }

    public String getAdminGroup() {
        return adminGroup;
    }

    @DataBoundSetter
    public void setAdminGroup(String adminGroup) {
        this.adminGroup = Util.fixEmptyAndTrim(adminGroup);
    }

    public boolean isAttachToUser() {
        return attachToUser;
    }

    @DataBoundSetter
    public void setAttachToUser(boolean attachToUser) {
        this.attachToUser = attachToUser;
    }

    /** {@code key=value}, with commas or line ends between them. */
    public String getTags() {
        return tags;
    }

    @DataBoundSetter
    public void setTags(String tags) {
        this.tags = Util.fixEmptyAndTrim(tags);
    }

    /** Ids of root keys that may be deleted although they were used recently, with commas or line ends between them. */
    public String getDeleteKeys() {
        return deleteKeys;
    }

    @DataBoundSetter
    public void setDeleteKeys(String deleteKeys) {
        this.deleteKeys = Util.fixEmptyAndTrim(deleteKeys);
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

    /** The form of the build step. */
    @Extension
    @Symbol("secureRootAccount")
    public static class DescriptorImpl extends BuildStepDescriptor<Builder> implements AccountForm {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SecureRootAccountBuilder_displayName();
        }

        @Override
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        @Override
        public Object getDefaults() {
            return new SecureRootAccountBuilder();
        }

        @RequirePOST
        public ListBoxModel doFillValidationCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String validationCredentialsId) {
            return AwsCredentialsForm.items(item, validationCredentialsId);
        }

        @RequirePOST
        public FormValidation doCheckValidationCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
            return AwsCredentialsForm.check(item, value);
        }

        /** A parameter expression is known only when a build runs. */
        @Override
        @RequirePOST
        public FormValidation doCheckAccountId(@QueryParameter String value) {
            return value != null && value.contains("$")
                    ? FormValidation.ok()
                    : AccountForm.super.doCheckAccountId(value);
        }
    }
}
