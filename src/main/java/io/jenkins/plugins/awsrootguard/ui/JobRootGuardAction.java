package io.jenkins.plugins.awsrootguard.ui;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.report.Times;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import jenkins.model.TransientActionFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;

/**
 * What the job's page tells of its last build that looked at an account, a failed one too: a gate that failed the build is
 * what one wants to see there.
 */
@Restricted(NoExternalUse.class)
public final class JobRootGuardAction implements Action {

    private final Run<?, ?> build;
    private final RootGuardAction action;

    JobRootGuardAction(Run<?, ?> build, RootGuardAction action) {
        this.build = build;
        this.action = action;
    }

    public Run<?, ?> build() {
        return build;
    }

    /** What the build has to tell. */
    public RootGuardAction found() {
        return action;
    }

    public List<AccountPage> pages() {
        return action.pages();
    }

    /** Null when the build worked on none. */
    public OrganizationPage organization() {
        return action.getOrganization();
    }

    /** Whether there are builds since then, which had nothing to tell. */
    public boolean isEarlier() {
        return build.getNextBuild() != null;
    }

    public String pageUrl() {
        return build.getNumber() + "/" + RootGuardAction.URL + "/";
    }

    /** Since when an account stands as it does, in words; empty when it was not judged. */
    public String since(AccountPage page) {
        return build.getAction(BuildStore.class)
                .since(page.accountId())
                .map(s -> Messages.JobRootGuardAction_since(
                        s.standing().word(), s.build(), Times.age(s.at(), Instant.now())))
                .orElse("");
    }

    @Override
    public String getIconFileName() {
        return Icons.SHIELD;
    }

    @Override
    public String getDisplayName() {
        return Messages.displayName();
    }

    @Override
    public String getUrlName() {
        return RootGuardAction.URL;
    }

    /** Leads to the page of the build. */
    public HttpResponse doIndex() {
        return HttpResponses.redirectTo("../" + pageUrl());
    }

    /** Puts it on each job whose latest builds have something to tell. */
    @Extension
    @Restricted(NoExternalUse.class)
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Job> {

        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return JobRootGuardAction.class;
        }

        /** How many builds of a job that reads accounts are looked at behind one that could not. */
        private static final int EARLIER_BUILDS = 10;

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Job job) {
            // Asked for whenever a job's actions are: of any job no more than the two builds that any view of it loads
            // anyway.
            Run<?, ?> last = job.getLastBuild();
            Run<?, ?> completed = last == null ? null : job.getLastCompletedBuild();
            return told(last)
                    .or(() -> told(completed))
                    .or(() -> isOurs(last) || isOurs(completed) ? earlier(completed) : Optional.empty())
                    .stream()
                    .toList();
        }

        /** Whether a step of ours ran in the build. */
        private static boolean isOurs(Run<?, ?> run) {
            return run != null && run.getAction(BuildStore.class) != null;
        }

        /** What is told of a build; empty when it read nothing. */
        private static Optional<JobRootGuardAction> told(Run<?, ?> run) {
            return Optional.ofNullable(run == null ? null : run.getAction(BuildStore.class))
                    .filter(a ->
                            !a.accounts().all().isEmpty() || a.organization().isPresent())
                    .map(a -> new JobRootGuardAction(run, new RootGuardAction(a)));
        }

        /** What is told of the last build before this one that read something: one after the other, to pass over none. */
        private static Optional<JobRootGuardAction> earlier(Run<?, ?> completed) {
            Run<?, ?> run = completed;
            for (int i = 0; run != null && i < EARLIER_BUILDS; i++) {
                run = run.getPreviousBuild();
                Optional<JobRootGuardAction> told = told(run);
                if (told.isPresent()) {
                    return told;
                }
            }
            return Optional.empty();
        }
    }
}
