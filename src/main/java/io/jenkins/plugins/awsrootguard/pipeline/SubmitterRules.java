package io.jenkins.plugins.awsrootguard.pipeline;

import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.SecurityRealm;
import java.util.Arrays;
import java.util.List;
import jenkins.model.IdStrategy;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/** Who may answer a pause: the rules of the step {@code input}. */
final class SubmitterRules {

    private final Run<?, ?> run;
    private final String submitter;

    /** @param submitter users and groups, separated by commas; null for everybody with the permission Job/Build */
    SubmitterRules(Run<?, ?> run, String submitter) {
        this.run = run;
        this.submitter = submitter;
    }

    boolean canSubmit() {
        if (submitter == null) {
            return run.getParent().hasPermission(Item.BUILD);
        }
        Jenkins jenkins = Jenkins.get();
        return !jenkins.isUseSecurity() || jenkins.hasPermission(Jenkins.ADMINISTER) || isNamed();
    }

    boolean canAbort() {
        return !Jenkins.get().isUseSecurity() || run.getParent().hasPermission(Item.CANCEL) || canSubmit();
    }

    /** @throws Failure one line for the page */
    void checkSubmit() {
        if (!canSubmit()) {
            throw new Failure(
                    submitter == null
                            ? Messages.SubmitterRules_build()
                            : Messages.SubmitterRules_named(String.join(", ", named())));
        }
    }

    /** @throws Failure one line for the page */
    void checkAbort() {
        if (!canAbort()) {
            throw new Failure(Messages.SubmitterRules_abort());
        }
    }

    /** The submitters; empty for everybody with the permission Job/Build. */
    List<String> named() {
        return submitter == null ? List.of() : named(submitter);
    }

    static List<String> named(String submitter) {
        return Arrays.stream(submitter.split(","))
                .map(String::trim)
                .filter(s -> !s.isEmpty())
                .toList();
    }

    private boolean isNamed() {
        Authentication who = Jenkins.getAuthentication2();
        SecurityRealm realm = Jenkins.get().getSecurityRealm();
        return isNamed(who.getName(), realm.getUserIdStrategy())
                || who.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .anyMatch(group -> isNamed(group, realm.getGroupIdStrategy()));
    }

    private boolean isNamed(String name, IdStrategy same) {
        return named().stream().anyMatch(n -> same.equals(n, name));
    }
}
