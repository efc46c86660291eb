package io.jenkins.plugins.awsrootguard.ui;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.model.Job;
import hudson.plugins.view.dashboard.DashboardPortlet;
import io.jenkins.plugins.awsrootguard.assessment.Standing;
import java.util.Comparator;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;

/** The verdicts of the jobs of a dashboard, worst first. Reads no account. */
@Restricted(NoExternalUse.class)
public class RootGuardPortlet extends DashboardPortlet {

    @DataBoundConstructor
    public RootGuardPortlet(String name) {
        super(name);
    }

    /** The last completed builds that read an account, one for each job that has one. */
    public List<RootGuardAction> found() {
        return getDashboard().getJobs().stream()
                .flatMap(job -> JobRootGuardAction.lastCompleted((Job<?, ?>) job).stream())
                .sorted(Comparator.comparing(
                        action -> action.summary().standing(), Comparator.comparing(Standing::rank)))
                .toList();
    }

    /** Only with the plugin dashboard-view. */
    @Extension(optional = true)
    @Symbol("awsRootGuardPortlet")
    @Restricted(NoExternalUse.class)
    public static class DescriptorImpl extends Descriptor<DashboardPortlet> {

        @Override
        public String getDisplayName() {
            return Messages.RootGuardPortlet_displayName();
        }
    }
}
