package io.jenkins.plugins.awsrootguard.ui;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import io.jenkins.plugins.awsrootguard.facts.Times;
import io.jenkins.plugins.awsrootguard.report.Label;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines.Deadline;
import java.time.Instant;
import java.util.List;
import jenkins.management.Badge;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The page of "Manage Jenkins" that lists the deadlines of all root passwords. For administrators. */
@Extension
@Symbol("awsRootPasswords")
@Restricted(NoExternalUse.class)
public class RootPasswordClockLink extends ManagementLink implements StaplerProxy {

    static final String URL = "aws-root-passwords";

    @Override
    public String getIconFileName() {
        return RootGuardAction.ICON;
    }

    @Override
    public String getDisplayName() {
        return Messages.RootPasswordClockLink_displayName();
    }

    @Override
    public String getDescription() {
        return Messages.RootPasswordClockLink_description();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    @NonNull
    @Override
    public Permission getRequiredPermission() {
        return Jenkins.ADMINISTER;
    }

    @NonNull
    @Override
    public Category getCategory() {
        return Category.SECURITY;
    }

    @Override
    public Badge getBadge() {
        int due = PasswordDeadlines.get().due(Instant.now()).size();
        return due == 0
                ? null
                : new Badge(Integer.toString(due), Messages.RootPasswordClockLink_badge(due), Badge.Severity.WARNING);
    }

    /** Checks the permission for the page and everything under it. */
    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(getRequiredPermission());
        return this;
    }

    public List<Deadline> deadlines() {
        return PasswordDeadlines.get().all(Instant.now());
    }

    public Label label(Deadline deadline) {
        return new Label("", deadline.inWords(), tone(deadline));
    }

    static String tone(Deadline deadline) {
        return deadline.isOverdue() ? "fail" : deadline.isDueSoon() ? "warn" : "pass";
    }

    public String day(Instant at) {
        return Times.minutes(at);
    }

    public int rotationDays() {
        return PasswordDeadlines.get().rotationDays();
    }

    public int reminderDays() {
        return PasswordDeadlines.get().reminderDays();
    }

    /** Removes the deadline of one account, for example of one that was closed. */
    @RequirePOST
    public HttpResponse doForget(@QueryParameter String accountId) {
        Jenkins.get().checkPermission(getRequiredPermission());
        PasswordDeadlines.get().forget(accountId);
        return HttpResponses.redirectToDot();
    }
}
