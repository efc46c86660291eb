package io.jenkins.plugins.awsrootguard.pipeline;

import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.SecurityRealm;
import java.util.Arrays;
import java.util.List;
import jenkins.model.IdStrategy;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * Who may answer a pause: the rules of the step {@code input}. The checks throw {@link Failure} with one line for the page.
 *
 * @param submitter users and groups, separated by commas; null for everybody with the permission Job/Build
 */
@Restricted(NoExternalUse.class)
public record SubmitterRules(Run<?, ?> run, String submitter) {

    public boolean canSubmit() {
        if (submitter == null) {
            return run.getParent().hasPermission(Item.BUILD);
        }
        Jenkins jenkins = Jenkins.get();
        return !jenkins.isUseSecurity() || jenkins.hasPermission(Jenkins.ADMINISTER) || isSubmitter();
    }

    public boolean canAbort() {
        return !Jenkins.get().isUseSecurity() || run.getParent().hasPermission(Item.CANCEL) || canSubmit();
    }

    void checkSubmit() {
        if (!canSubmit()) {
            throw new Failure(
                    submitter == null ? Messages.SubmitterRules_build() : Messages.SubmitterRules_named(submitters()));
        }
    }

    void checkAbort() {
        if (!canAbort()) {
            throw new Failure(Messages.SubmitterRules_abort());
        }
    }

    /** Who can confirm, for the page; null when everybody with the permission Job/Build can. */
    public String submitters() {
        return submitter == null ? null : String.join(", ", names(submitter));
    }

    static List<String> names(String submitter) {
        return Arrays.stream(submitter.split(","))
                .map(String::trim)
                .filter(s -> !s.isEmpty())
                .toList();
    }

    private boolean isSubmitter() {
        Authentication user = Jenkins.getAuthentication2();
        SecurityRealm realm = Jenkins.get().getSecurityRealm();
        return contains(user.getName(), realm.getUserIdStrategy())
                || user.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .anyMatch(group -> contains(group, realm.getGroupIdStrategy()));
    }

    private boolean contains(String id, IdStrategy strategy) {
        return names(submitter).stream().anyMatch(n -> strategy.equals(n, id));
    }
}
