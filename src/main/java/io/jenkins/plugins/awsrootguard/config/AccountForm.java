package io.jenkins.plugins.awsrootguard.config;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.AwsRegions;
import io.jenkins.plugins.awsrootguard.aws.RoleChain;
import io.jenkins.plugins.awsrootguard.facts.AccountId;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.remediation.RequestedChanges.CentralRoot;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.springframework.security.core.Authentication;

/**
 * The lists and checks of the fields that the Pipeline steps and the build step share. Only those of credentials read anything, so
 * only they check a permission.
 */
public interface AccountForm {

    /** A step with the documented defaults, for a new form. */
    Object getDefaults();

    @RequirePOST
    default ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
        return credentials(item, credentialsId);
    }

    @RequirePOST
    default FormValidation doCheckCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
        return checkCredentials(item, value);
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
        boolean mayConfigure =
                item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.EXTENDED_READ);
        return mayConfigure ? check(value, PolicyTexts::check) : FormValidation.ok();
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

    /**
     * The credentials that can be chosen.
     *
     * @param item the job that is configured; null for the global configuration
     * @param current what is set now, which is kept in the list whether it can be found or not
     */
    static ListBoxModel credentials(@CheckForNull Item item, @CheckForNull String current) {
        StandardListBoxModel list = new StandardListBoxModel();
        if (!maySee(item)) {
            return list.includeCurrentValue(Util.fixNull(current));
        }
        list.includeEmptyValue();
        for (Authentication as : authentications(item)) {
            list.includeMatchingAs(as, item, StandardCredentials.class, List.of(), usable());
        }
        return list.includeCurrentValue(Util.fixNull(current));
    }

    /** Whether what was chosen can be found; OK for a parameter expression, which is known only when a build runs. */
    static FormValidation checkCredentials(@CheckForNull Item item, @CheckForNull String value) {
        String id = Util.fixEmptyAndTrim(value);
        if (id == null || !maySee(item) || id.startsWith("${")) {
            return FormValidation.ok();
        }
        CredentialsMatcher wanted = CredentialsMatchers.allOf(CredentialsMatchers.withId(id), usable());
        boolean found = authentications(item).stream()
                .anyMatch(as -> !CredentialsProvider.listCredentialsInItem(
                                StandardCredentials.class, item, as, List.of(), wanted)
                        .isEmpty());
        return found ? FormValidation.ok() : FormValidation.warning(Messages.AccountForm_notFound());
    }

    /** One of the scope System is for Jenkins itself: no job may use it, also not by way of the global configuration. */
    private static CredentialsMatcher usable() {
        return CredentialsMatchers.allOf(
                JobCredentials::isUsable,
                CredentialsMatchers.not(CredentialsMatchers.withScope(CredentialsScope.SYSTEM)));
    }

    private static boolean maySee(@CheckForNull Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }

    /** Whose credentials a build of the job may use: its user's own, and the job's if that user may use those. */
    private static List<Authentication> authentications(@CheckForNull Item item) {
        Authentication as = item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
        return ACL.SYSTEM2.equals(as) || !item.hasPermission2(as, CredentialsProvider.USE_ITEM)
                ? List.of(as)
                : List.of(as, ACL.SYSTEM2);
    }
}
