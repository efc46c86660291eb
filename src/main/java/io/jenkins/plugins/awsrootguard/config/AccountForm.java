package io.jenkins.plugins.awsrootguard.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.AwsRegions;
import io.jenkins.plugins.awsrootguard.aws.RoleChain;
import io.jenkins.plugins.awsrootguard.facts.AccountId;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.remediation.RequestedChanges.CentralRoot;
import java.util.Map;
import java.util.function.Consumer;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * The lists and checks of the fields that the Pipeline steps and the build step share. Only those of credentials read anything, so
 * only they check a permission.
 */
public interface AccountForm {

    /** A step with the documented defaults, for a new form. */
    Object getDefaults();

    @RequirePOST
    default ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
        return AwsCredentialsForm.items(item, credentialsId);
    }

    @RequirePOST
    default FormValidation doCheckCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
        return AwsCredentialsForm.check(item, value);
    }

    @RequirePOST
    default FormValidation doCheckAccountId(@QueryParameter @CheckForNull String value) {
        return check(withoutExpression(value), AccountId::parse);
    }

    @RequirePOST
    default FormValidation doCheckRegion(@QueryParameter @CheckForNull String value) {
        return checkRegion(withoutExpression(value));
    }

    @RequirePOST
    default FormValidation doCheckRoleArn(@QueryParameter @CheckForNull String value) {
        return checkRoleArn(withoutExpression(value));
    }

    /** Blank is AWS's default. */
    @RequirePOST
    default FormValidation doCheckSessionDuration(@QueryParameter String value) {
        return Util.fixEmptyAndTrim(value) == null
                ? FormValidation.ok()
                : new NumberRange(RoleChain.SHORTEST, RoleChain.LONGEST).check(value);
    }

    /** Parses only: the global policy is not read. */
    @RequirePOST
    default FormValidation doCheckPolicy(@AncestorInPath Item item, @QueryParameter @CheckForNull String value) {
        if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.EXTENDED_READ)) {
            return FormValidation.ok();
        }
        return check(value, PolicyTexts::check);
    }

    @RequirePOST
    default FormValidation doCheckParallelism(@QueryParameter String value) {
        return new NumberRange(1, AwsAccess.MOST_CONNECTIONS).check(value);
    }

    @RequirePOST
    default ListBoxModel doFillCentralRootManagementItems() {
        return new ListBoxModel(
                new ListBoxModel.Option(Messages.AccountForm_unchanged(), ""),
                new ListBoxModel.Option(Messages.AccountForm_enable(), CentralRoot.ENABLE.name()),
                new ListBoxModel.Option(Messages.AccountForm_disable(), CentralRoot.DISABLE.name()));
    }

    @RequirePOST
    default ListBoxModel doFillFailOnItems() {
        return GateOptions.severities();
    }

    @RequirePOST
    default ListBoxModel doFillUnstableOnItems() {
        return GateOptions.severities();
    }

    @RequirePOST
    default ListBoxModel doFillUnknownItems() {
        return GateOptions.policies();
    }

    @RequirePOST
    default ListBoxModel doFillUnreadAccountsItems() {
        return GateOptions.policies();
    }

    /** Whether a text can be the code of a region. */
    static FormValidation checkRegion(@CheckForNull String value) {
        return check(value, AwsRegions::check);
    }

    /** Whether a text can be the ARNs of roles. */
    static FormValidation checkRoleArn(@CheckForNull String value) {
        return check(value, arns -> RoleChain.parse(arns, null, 0));
    }

    static FormValidation checkExternalId(@CheckForNull String value) {
        return check(value, id -> RoleChain.checkExternalId(id.trim()));
    }

    /** Null for a parameter expression, which is known only when a build runs. */
    private static String withoutExpression(String value) {
        return value == null || value.contains("$") ? null : value;
    }

    /** Checks a text with a parser; blank is valid. */
    static FormValidation check(String value, Consumer<String> parse) {
        try {
            if (Util.fixEmptyAndTrim(value) != null) {
                parse.accept(value);
            }
            return FormValidation.ok();
        } catch (InvalidInputException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** The fields of a form, trimmed, without the blank ones, so that those have their defaults. */
    static JSONObject withoutBlanks(JSONObject form) {
        JSONObject given = new JSONObject();
        for (Map.Entry<?, ?> field : ((Map<?, ?>) form).entrySet()) {
            Object value = field.getValue() instanceof String text ? Util.fixEmptyAndTrim(text) : field.getValue();
            if (value != null) {
                given.put((String) field.getKey(), value);
            }
        }
        return given;
    }
}
