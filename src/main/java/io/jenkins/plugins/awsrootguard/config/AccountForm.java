package io.jenkins.plugins.awsrootguard.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.facts.AccountId;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.util.Map;
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

    /** A parameter expression is known only when a build runs. */
    @RequirePOST
    default FormValidation doCheckAccountId(@QueryParameter @CheckForNull String value) {
        try {
            if (Util.fixEmptyAndTrim(value) != null && !value.contains("$")) {
                AccountId.parse(value);
            }
            return FormValidation.ok();
        } catch (InvalidInputException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** A parameter expression is known only when a build runs. */
    @RequirePOST
    default FormValidation doCheckRegion(@QueryParameter @CheckForNull String value) {
        return value != null && value.contains("$") ? FormValidation.ok() : checkRegion(value);
    }

    /** The fields of a form, trimmed, without the blank ones, so that those have their defaults. */
    static JSONObject withoutBlanks(JSONObject form) {
        JSONObject given = new JSONObject();
        for (Map.Entry<?, ?> field : ((Map<?, ?>) form).entrySet()) {
            if (!(field.getValue() instanceof String text)) {
                given.put((String) field.getKey(), field.getValue());
            } else if (!text.isBlank()) {
                given.put((String) field.getKey(), text.trim());
            }
        }
        return given;
    }

    /** Whether a text can be the code of a region. */
    static FormValidation checkRegion(@CheckForNull String value) {
        try {
            AwsAccess.checkRegion(value);
            return FormValidation.ok();
        } catch (InvalidInputException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    @RequirePOST
    default FormValidation doCheckParallelism(@QueryParameter String value) {
        return new NumberRange(1, AwsAccess.MOST_CONNECTIONS).check(value);
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
}
