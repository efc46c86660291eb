package io.jenkins.plugins.awsrootguard.config;

import hudson.Extension;
import hudson.Util;
import hudson.XmlFile;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import hudson.util.XStream2;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.policy.PolicyLoader;
import java.io.File;
import java.util.Arrays;
import java.util.stream.Stream;
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

    private static final NumberRange YEARS = new NumberRange(1, 3650);
    private static final NumberRange REMINDER = new NumberRange(0, 365);

    private String credentialsId;
    private String region;
    private boolean allowControllerCredentials;
    private int recentUseDays = Policy.DEFAULT.thresholds().recentUseDays();
    private int rotationDays = Policy.DEFAULT.thresholds().rotationDays();
    private int reminderDays = 14;

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
        // Before anything is set, so that a form with an invalid number changes nothing.
        require(YEARS, "recentUseDays", json);
        require(YEARS, "rotationDays", json);
        require(REMINDER, "reminderDays", json);
        req.bindJSON(this, json);
        return true;
    }

    private static void require(NumberRange range, String field, JSONObject json) throws FormException {
        FormValidation checked = range.check(json.optString(field));
        if (checked.kind != FormValidation.Kind.OK) {
            throw new FormException(field + ": " + checked.getMessage(), field);
        }
    }

    /** The credentials of builds that set none; null for none. The job must be allowed to use them. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
        save();
    }

    /** The region of builds that set none; null for us-east-1. */
    public String getRegion() {
        return region;
    }

    @DataBoundSetter
    public void setRegion(String region) {
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

    /** The days within which a use of root, or of one of its keys, is recent. */
    public int getRecentUseDays() {
        return recentUseDays;
    }

    @DataBoundSetter
    public void setRecentUseDays(int recentUseDays) {
        this.recentUseDays = YEARS.require("recentUseDays", recentUseDays);
        save();
    }

    /** The days after which the root password is due for a change. */
    public int getRotationDays() {
        return rotationDays;
    }

    @DataBoundSetter
    public void setRotationDays(int rotationDays) {
        this.rotationDays = YEARS.require("rotationDays", rotationDays);
        save();
    }

    /** How many days before the deadline administrators are reminded for the first time. */
    public int getReminderDays() {
        return reminderDays;
    }

    @DataBoundSetter
    public void setReminderDays(int reminderDays) {
        this.reminderDays = REMINDER.require("reminderDays", reminderDays);
        save();
    }

    /** The global policy with other texts laid over it. Null texts are ignored. */
    public Policy policy(PolicyLoader.Text... given) {
        boolean isDefault = recentUseDays == Policy.DEFAULT.thresholds().recentUseDays()
                && rotationDays == Policy.DEFAULT.thresholds().rotationDays();
        PolicyLoader.Text global = isDefault
                ? null
                : new PolicyLoader.Text(
                        "global configuration",
                        "thresholds: {recentUseDays: " + recentUseDays + ", rotationDays: " + rotationDays + "}");
        return PolicyLoader.load(
                Stream.concat(Stream.of(global), Arrays.stream(given)).toArray(PolicyLoader.Text[]::new));
    }

    @RequirePOST
    public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
        return AwsCredentialsForm.items(null, credentialsId);
    }

    @RequirePOST
    public FormValidation doCheckCredentialsId(@QueryParameter String value) {
        return AwsCredentialsForm.check(null, value);
    }

    @RequirePOST
    public FormValidation doCheckRecentUseDays(@QueryParameter String value) {
        return check(YEARS, value);
    }

    @RequirePOST
    public FormValidation doCheckRotationDays(@QueryParameter String value) {
        return check(YEARS, value);
    }

    @RequirePOST
    public FormValidation doCheckReminderDays(@QueryParameter String value, @QueryParameter String rotationDays) {
        FormValidation checked = check(REMINDER, value);
        return checked.kind == FormValidation.Kind.OK
                        && YEARS.check(rotationDays).kind == FormValidation.Kind.OK
                        && Integer.parseInt(value.trim()) >= Integer.parseInt(rotationDays.trim())
                ? FormValidation.warning(Messages.RootGuardGlobalConfiguration_reminderDays())
                : checked;
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

    private static FormValidation check(NumberRange range, String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return range.check(value);
    }
}
