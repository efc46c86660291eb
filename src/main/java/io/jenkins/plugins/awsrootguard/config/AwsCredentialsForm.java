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
import java.util.List;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** The list of credentials in a form, and the check of what was chosen. Users without the permission get no information. */
public final class AwsCredentialsForm {

    private AwsCredentialsForm() {}

    /**
     * The credentials that can be chosen.
     *
     * @param item the job that is configured; null for the global configuration
     * @param current what is set now, which is kept in the list whether it can be found or not
     */
    public static ListBoxModel items(@CheckForNull Item item, @CheckForNull String current) {
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
    public static FormValidation check(@CheckForNull Item item, @CheckForNull String value) {
        String id = Util.fixEmptyAndTrim(value);
        if (id == null || !maySee(item) || id.startsWith("${")) {
            return FormValidation.ok();
        }
        CredentialsMatcher wanted = CredentialsMatchers.allOf(CredentialsMatchers.withId(id), usable());
        boolean found = authentications(item).stream()
                .anyMatch(as -> !CredentialsProvider.listCredentialsInItem(
                                StandardCredentials.class, item, as, List.of(), wanted)
                        .isEmpty());
        return found ? FormValidation.ok() : FormValidation.warning(Messages.AwsCredentialsForm_notFound());
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
