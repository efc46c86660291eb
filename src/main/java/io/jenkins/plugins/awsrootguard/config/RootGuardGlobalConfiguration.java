package io.jenkins.plugins.awsrootguard.config;

import hudson.Extension;
import hudson.Util;
import hudson.XmlFile;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import hudson.util.XStream2;
import io.jenkins.plugins.awsrootguard.aws.AwsRegions;
import io.jenkins.plugins.awsrootguard.aws.RoleChain;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.io.File;
import java.util.function.Consumer;
import jenkins.model.GlobalConfiguration;
import jenkins.model.GlobalConfigurationCategory;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The global configuration, under Manage Jenkins, Security. */
@Extension
@Symbol("awsRootGuard")
public class RootGuardGlobalConfiguration extends GlobalConfiguration {

    /** In JENKINS_HOME. */
    public static final String FILE = "aws-root-guard.xml";

    private static final XStream2 XSTREAM = new XStream2();

    static {
        // The saved name does not follow the package.
        XSTREAM.alias("aws-root-guard", RootGuardGlobalConfiguration.class);
    }

    private static final NumberRange REMINDER = new NumberRange(0, 365);

    private String credentialsId;
    private String roleArn;
    private String externalId;
    private String region;
    private boolean allowControllerCredentials;
    private volatile String policy;
    private boolean policyIsMinimum;
    private transient volatile Policy parsed;
    private int reminderDays = 14;
    private boolean publishChecks;

    public RootGuardGlobalConfiguration() {
        load();
    }

    @Override
    protected XmlFile getConfigFile() {
        return new XmlFile(XSTREAM, new File(Jenkins.get().getRootDir(), FILE));
    }

    public static RootGuardGlobalConfiguration get() {
        return GlobalConfiguration.all().getInstance(RootGuardGlobalConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return Messages.RootGuardGlobalConfiguration_displayName();
    }

    @Override
    public GlobalConfigurationCategory getCategory() {
        return GlobalConfigurationCategory.get(GlobalConfigurationCategory.Security.class);
    }

    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        // First, so that an invalid form changes nothing.
        require(json, "policy", PolicyTexts::check);
        require(json, "roleArn", arns -> RoleChain.parse(arns, null, 0));
        require(json, "region", AwsRegions::check);
        require(json, "externalId", id -> RoleChain.checkExternalId(id.trim()));
        FormValidation days = REMINDER.check(json.optString("reminderDays"));
        if (days.kind != FormValidation.Kind.OK) {
            throw new FormException("reminderDays: " + days.getMessage(), "reminderDays");
        }
        req.bindJSON(this, json);
        return true;
    }

    private static void require(JSONObject json, String field, Consumer<String> parse) throws FormException {
        String value = json.optString(field);
        try {
            if (Util.fixEmptyAndTrim(value) != null) {
                parse.accept(value);
            }
        } catch (InvalidInputException e) {
            throw new FormException(e.getMessage(), e, field);
        }
    }

    /** The credentials of builds that set none and may use these; null for none. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
        save();
    }

    /** The roles to assume one after another with the default credentials; null for none. */
    public String getRoleArn() {
        return roleArn;
    }

    /** @throws InvalidInputException when it is not the ARN of a role */
    @DataBoundSetter
    public void setRoleArn(String roleArn) {
        RoleChain.parse(roleArn, null, 0);
        this.roleArn = Util.fixEmptyAndTrim(roleArn);
        save();
    }

    /** The external id for the last role; null for none. */
    public String getExternalId() {
        return externalId;
    }

    /** @throws InvalidInputException when AWS does not allow it */
    @DataBoundSetter
    public void setExternalId(String externalId) {
        RoleChain.checkExternalId(Util.fixEmptyAndTrim(externalId));
        this.externalId = Util.fixEmptyAndTrim(externalId);
        save();
    }

    /** The roles to assume with the default credentials. */
    RoleChain roles() {
        return roles(roleArn, externalId);
    }

    /** Without a role, an external id has no effect. */
    static RoleChain roles(String arns, String externalId) {
        return RoleChain.parse(arns, Util.fixEmptyAndTrim(arns) == null ? null : externalId, 0);
    }

    /** The region of builds that set none; null for us-east-1. */
    public String getRegion() {
        return region;
    }

    @DataBoundSetter
    public void setRegion(String region) {
        AwsRegions.check(region);
        this.region = Util.fixEmptyAndTrim(region);
        save();
    }

    /** Whether every job may use the controller's own AWS credentials: its variables, profile or role. */
    public boolean isAllowControllerCredentials() {
        return allowControllerCredentials;
    }

    @DataBoundSetter
    public void setAllowControllerCredentials(boolean allowControllerCredentials) {
        this.allowControllerCredentials = allowControllerCredentials;
        save();
    }

    /** The policy of all jobs, in YAML; null for the preset mission. A job's own policy is laid over it. */
    public String getPolicy() {
        return policy;
    }

    /** @throws InvalidInputException with line and field when it is not a policy */
    @DataBoundSetter
    public void setPolicy(String policy) {
        String text = Util.fixEmptyAndTrim(policy);
        parsed = PolicyTexts.global(text);
        this.policy = text;
        save();
    }

    /** Whether a job's own policy that is looser than the global one is an error. */
    public boolean isPolicyIsMinimum() {
        return policyIsMinimum;
    }

    @DataBoundSetter
    public void setPolicyIsMinimum(boolean policyIsMinimum) {
        this.policyIsMinimum = policyIsMinimum;
        save();
    }

    /** How many days before the deadline administrators are first reminded. */
    public int getReminderDays() {
        return reminderDays;
    }

    @DataBoundSetter
    public void setReminderDays(int reminderDays) {
        this.reminderDays = REMINDER.require("reminderDays", reminderDays);
        save();
    }

    /** Whether verdicts are published as checks, for everyone who can read the repository. */
    public boolean isPublishChecks() {
        return publishChecks;
    }

    @DataBoundSetter
    public void setPublishChecks(boolean publishChecks) {
        this.publishChecks = publishChecks;
        save();
    }

    /** The global policy. */
    public Policy policy() {
        Policy known = parsed;
        if (known == null) {
            known = PolicyTexts.global(policy);
            parsed = known;
        }
        return known;
    }

    /**
     * The global policy with that of a job laid over it.
     *
     * @param own the policy of the job, in YAML; null for none
     * @param maxAgeHours the maximum age of the credential report; 0 for that of the policy
     * @throws InvalidInputException when the text is not a policy, or is looser than the global policy, which is the minimum
     */
    public Policy policy(String own, int maxAgeHours) {
        return PolicyTexts.ofJob(policy, own, maxAgeHours, policyIsMinimum ? policy() : null);
    }

    @RequirePOST
    public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
        return AccountForm.credentials(null, credentialsId);
    }

    @RequirePOST
    public FormValidation doCheckCredentialsId(@QueryParameter String value) {
        return AccountForm.checkCredentials(null, value);
    }

    /** Returns the account and principal of the default credentials. */
    @RequirePOST
    public FormValidation doTestConnection(
            @QueryParameter String credentialsId,
            @QueryParameter String roleArn,
            @QueryParameter String externalId,
            @QueryParameter String region,
            @QueryParameter boolean allowControllerCredentials) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return AwsConnections.test(credentialsId, roleArn, externalId, region, allowControllerCredentials);
    }

    @RequirePOST
    public FormValidation doCheckPolicy(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return AccountForm.check(value, PolicyTexts::check);
    }

    @RequirePOST
    public FormValidation doCheckReminderDays(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        FormValidation checked = REMINDER.check(value);
        return checked.kind == FormValidation.Kind.OK
                        && Integer.parseInt(value.trim())
                                >= policy().thresholds().rotationDays()
                ? FormValidation.warning(Messages.RootGuardGlobalConfiguration_reminderDays())
                : checked;
    }

    @RequirePOST
    public FormValidation doCheckRoleArn(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return AccountForm.checkRoleArn(value);
    }

    @RequirePOST
    public FormValidation doCheckExternalId(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return AccountForm.checkExternalId(value);
    }

    @RequirePOST
    public FormValidation doCheckRegion(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return AccountForm.checkRegion(value);
    }

    @RequirePOST
    public FormValidation doCheckAllowControllerCredentials(@QueryParameter boolean value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return value
                ? FormValidation.warning(Messages.RootGuardGlobalConfiguration_controllerCredentials())
                : FormValidation.ok();
    }
}
