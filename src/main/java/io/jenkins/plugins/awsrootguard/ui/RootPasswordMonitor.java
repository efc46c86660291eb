package io.jenkins.plugins.awsrootguard.ui;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines.Deadline;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * Reminds administrators of the root passwords that are due or overdue. Only administrators see it, which is what a monitor
 * does unless it says otherwise.
 */
@Extension
@Symbol("awsRootPassword")
@Restricted(NoExternalUse.class)
public class RootPasswordMonitor extends AdministrativeMonitor {

    @Override
    public String getDisplayName() {
        return Messages.RootPasswordMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return !due().isEmpty();
    }

    @Override
    public boolean isSecurity() {
        return true;
    }

    /** The accounts that it names, the most urgent first. */
    public List<Deadline> due() {
        return PasswordDeadlines.get().due(Instant.now());
    }

    /** Opens the list of deadlines, or, with {@code no}, disables the reminder, as all monitors do. */
    @RequirePOST
    public HttpResponse doAct(@QueryParameter String no) throws IOException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        if (no == null) {
            return HttpResponses.redirectViaContextPath("manage/" + RootPasswordClockLink.URL + "/");
        }
        disable(true);
        return HttpResponses.redirectViaContextPath("manage");
    }
}
