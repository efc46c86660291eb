package io.jenkins.plugins.awsrootguard.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
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
import io.jenkins.plugins.awsrootguard.config.GateOptions;
import io.jenkins.plugins.awsrootguard.store.BuildFiles;
import io.jenkins.plugins.awsrootguard.store.BuildRun;
import io.jenkins.plugins.awsrootguard.store.PlanOptions;
import io.jenkins.plugins.awsrootguard.store.ReadingOptions;
import java.io.IOException;
import java.util.List;
import jenkins.tasks.SimpleBuildStep;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * Runs the phases for one account or the accounts of an organization. A build step cannot pause: manual tasks are listed on the
 * build page, and make the build unstable.
 *
 * <p>Options are public fields, as the form and the snippet generator read them. A field that holds several entries has commas or
 * line ends between them. Blank is the same as null, which is the default.
 */
public class SecureRootAccountBuilder extends Builder implements SimpleBuildStep {

    @DataBoundSetter
    public String credentialsId;

    /** Whether to use the AWS credentials of the agent. */
    @DataBoundSetter
    public boolean useNode;

    /** The ARN of the role to assume with the credentials, or of several that are assumed one after another. */
    @DataBoundSetter
    public String roleArn;

    /** The external id for the last role. */
    @DataBoundSetter
    public String externalId;

    /** How long a session of the last role lasts, in seconds; 0 for AWS's default. */
    @DataBoundSetter
    public int sessionDuration;

    /** Credentials for the validation, needed when the others are a root key that is deleted. */
    @DataBoundSetter
    public String validationCredentialsId;

    /** The ARN of the role to assume with the credentials for the validation. */
    @DataBoundSetter
    public String validationRoleArn;

    @DataBoundSetter
    public String accountId;

    @DataBoundSetter
    public String region;

    /** Whether to work on all accounts of the organization. */
    @DataBoundSetter
    public boolean organization;

    /** The ids of the accounts to select. */
    @DataBoundSetter
    public String accounts;

    /** The ids of organizational units whose accounts to select. */
    @DataBoundSetter
    public String organizationalUnits;

    /** The ids of accounts to leave out. */
    @DataBoundSetter
    public String exclude;

    /** The name of a role in each member account, which reads what a privileged root session cannot. */
    @DataBoundSetter
    public String memberRole;

    private int parallelism = ReadingOptions.PARALLELISM;

    /** The policy, in YAML, laid over the global one. */
    @DataBoundSetter
    public String policy;

    /** The path of a policy in the workspace, instead of {@link #policy}. */
    @DataBoundSetter
    public String policyFile;

    /** The additional report files, SARIF, JUNIT, ASFF or OCSF, which are written to the workspace, too. */
    @DataBoundSetter
    public String formats;

    /** Whether to carry out the plan; otherwise it is only reported. */
    @DataBoundSetter
    public boolean apply;

    /** Whether the job approves the whole plan, deletions included; otherwise a user approves it on the build page. */
    @DataBoundSetter
    public boolean approved;

    /** Whether to delete the root password of member accounts, and root's MFA after it. */
    @DataBoundSetter
    public boolean removeRootPassword;

    @DataBoundSetter
    public String adminUser;

    @DataBoundSetter
    public String adminGroup;

    @DataBoundSetter
    public boolean attachToUser;

    /** Each {@code key=value}. */
    @DataBoundSetter
    public String tags;

    /** The ids of root keys that may be deleted although they were used recently. */
    @DataBoundSetter
    public String deleteKeys;

    /** {@code ENABLE} or {@code DISABLE}; null to leave it unchanged. */
    @DataBoundSetter
    public String centralRootManagement;

    /** The ids of member accounts whose root password may be recovered. */
    @DataBoundSetter
    public String allowPasswordRecovery;

    /** The buckets and queues of member accounts whose policy is to be deleted. */
    @DataBoundSetter
    public String unlockPolicies;

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

    /** Gives the build step in config.xml a name that does not follow a package. */
    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    @Restricted(NoExternalUse.class)
    public static void nameInConfigXml() {
        Items.XSTREAM2.alias("secure-aws-root-account", SecureRootAccountBuilder.class);
    }

    @DataBoundConstructor
    public SecureRootAccountBuilder() {}

    /** How many accounts are read or changed at the same time. */
    public int getParallelism() {
        return parallelism;
    }

    @DataBoundSetter
    public void setParallelism(int parallelism) {
        this.parallelism = parallelism;
    }

    /** A config.xml written by hand may have no parallelism. */
    private Object readResolve() {
        parallelism = parallelism == 0 ? ReadingOptions.PARALLELISM : parallelism;
        return this;
    }

    @Override
    public boolean requiresWorkspace() {
        return useNode || Util.fixEmptyAndTrim(policyFile) != null || Util.fixEmptyAndTrim(formats) != null;
    }

    @Override
    public void perform(@NonNull Run<?, ?> run, @NonNull EnvVars env, @NonNull TaskListener listener)
            throws IOException, InterruptedException {
        run(policy, null, run, env, listener);
    }

    @Override
    public void perform(
            @NonNull Run<?, ?> run,
            @NonNull FilePath workspace,
            @NonNull EnvVars env,
            @NonNull Launcher launcher,
            @NonNull TaskListener listener)
            throws IOException, InterruptedException {
        // Jenkins calls this method wherever there is a workspace.
        run(policy(workspace), workspace, run, env, listener);
    }

    /** The text of the policy; blank for the global one alone. */
    private String policy(FilePath workspace) throws IOException, InterruptedException {
        String file = Util.fixEmptyAndTrim(policyFile);
        if (file == null) {
            return policy;
        }
        if (Util.fixEmptyAndTrim(policy) != null) {
            throw new AbortException("policy cannot be combined with policyFile. Enter one of them.");
        }
        if (!workspace.isDescendant(file) || !workspace.child(file).exists()) {
            throw new AbortException(
                    "policyFile '" + file + "' does not exist in the workspace. Enter a path relative to"
                            + " the workspace, for example root-guard.yml.");
        }
        return workspace.child(file).readToString();
    }

    private void run(String yaml, FilePath workspace, Run<?, ?> run, EnvVars env, TaskListener listener)
            throws IOException, InterruptedException {
        List<String> names = PlanOptions.split(formats);
        BuildFiles files = BuildRun.orAbort(() -> BuildFiles.open(run, names, workspace));
        new SecureAccounts(this, yaml, files, run, env, listener).run();
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

        @Override
        public Builder newInstance(StaplerRequest2 req, @NonNull JSONObject form) throws FormException {
            return super.newInstance(req, AccountForm.withoutBlanks(form));
        }

        @RequirePOST
        public ListBoxModel doFillValidationCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String validationCredentialsId) {
            return AccountForm.credentials(item, validationCredentialsId);
        }

        @RequirePOST
        public FormValidation doCheckValidationRoleArn(@QueryParameter String value) {
            return doCheckRoleArn(value);
        }

        @RequirePOST
        public FormValidation doCheckValidationCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
            return AccountForm.checkCredentials(item, value);
        }
    }
}
