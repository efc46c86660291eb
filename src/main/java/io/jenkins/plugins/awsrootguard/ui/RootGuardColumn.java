package io.jenkins.plugins.awsrootguard.ui;

import hudson.Extension;
import hudson.model.Job;
import hudson.views.ListViewColumn;
import hudson.views.ListViewColumnDescriptor;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;

/** The verdict of each job in a list of jobs. Reads no account. */
@Restricted(NoExternalUse.class)
public class RootGuardColumn extends ListViewColumn {

    @DataBoundConstructor
    public RootGuardColumn() {
        // No settings.
    }

    /** The page of the last completed build that read an account; null without one. */
    public RootGuardAction found(Job<?, ?> job) {
        return JobRootGuardAction.lastCompleted(job).orElse(null);
    }

    /** Not shown unless it is added to a view. */
    @Extension
    @Symbol("awsRootGuardColumn")
    @Restricted(NoExternalUse.class)
    public static class DescriptorImpl extends ListViewColumnDescriptor {

        @Override
        public String getDisplayName() {
            return Messages.RootGuardColumn_displayName();
        }

        @Override
        public boolean shownByDefault() {
            return false;
        }
    }
}
