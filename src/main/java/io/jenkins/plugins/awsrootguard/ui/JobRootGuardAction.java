package io.jenkins.plugins.awsrootguard.ui;

import edu.hm.hafner.echarts.JacksonFacade;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.echarts.AsyncTrendChart;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.model.TransientActionFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.bind.JavaScriptMethod;

/** What the job's page shows of its last build that read an account, also when a quality gate failed that build. */
@Restricted(NoExternalUse.class)
public final class JobRootGuardAction implements Action, AsyncTrendChart {

    private final RootGuardAction found;

    JobRootGuardAction(RootGuardAction found) {
        this.found = found;
    }

    /** The page of that build. */
    public RootGuardAction found() {
        return found;
    }

    public Run<?, ?> build() {
        return found.getObject();
    }

    /** Whether later builds read no account. */
    public boolean isEarlier() {
        return build().getNextBuild() != null;
    }

    public String pageUrl() {
        return build().getNumber() + "/" + RootGuardAction.URL + "/";
    }

    /** Whether the page shows the chart: not before the second build. */
    @Override
    public boolean isTrendVisible() {
        return build().getPreviousBuild() != null;
    }

    /** The chart of the latest builds in JSON, which a browser requests after the page. */
    @Override
    @JavaScriptMethod
    public String getBuildTrendModel() {
        build().checkPermission(Item.READ);
        return new JacksonFacade().toJson(new FindingsTrend().chart(build()));
    }

    @Override
    public String getIconFileName() {
        return RootGuardAction.ICON;
    }

    @Override
    public String getDisplayName() {
        return Messages.displayName();
    }

    @Override
    public String getUrlName() {
        return RootGuardAction.URL;
    }

    /** Redirects to the page of the build. */
    public HttpResponse doIndex() {
        return HttpResponses.redirectTo("../" + pageUrl());
    }

    /** The page of the last completed build that read an account, from what is stored; none without one. */
    static Optional<RootGuardAction> lastCompleted(Job<?, ?> job) {
        Run<?, ?> completed = job.getLastCompletedBuild();
        return Factory.isOurs(completed) || Factory.isOurs(job.getLastBuild())
                ? Factory.latest(completed)
                        .flatMap(run -> Stream.ofNullable(run.getAction(BuildStore.class)))
                        .map(RootGuardAction::new)
                        .filter(action -> action.summary() != null)
                        .findFirst()
                : Optional.empty();
    }

    /** Adds the action to each job whose latest builds read an account. */
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

        /** The number of earlier builds that are searched. */
        private static final int EARLIER_BUILDS = 10;

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Job job) {
            // Jenkins asks for the actions of a job often: load only the two builds that any view of the job loads
            // anyway.
            Run<?, ?> last = job.getLastBuild();
            Run<?, ?> completed = last == null ? null : job.getLastCompletedBuild();
            return isOurs(last) || isOurs(completed)
                    ? Stream.concat(Stream.ofNullable(last), latest(completed))
                            .flatMap(Factory::read)
                            .limit(1)
                            .toList()
                    : List.of();
        }

        /** Whether a step of ours ran in the build. */
        private static boolean isOurs(Run<?, ?> run) {
            return run != null && run.getAction(BuildStore.class) != null;
        }

        /** Empty when the build read nothing. */
        private static Stream<JobRootGuardAction> read(Run<?, ?> run) {
            return Stream.ofNullable(run.getAction(BuildStore.class))
                    .filter(store -> !store.accounts().isEmpty())
                    .map(store -> new JobRootGuardAction(new RootGuardAction(store)));
        }

        private static Stream<Run<?, ?>> latest(Run<?, ?> completed) {
            return Stream.<Run<?, ?>>iterate(completed, Objects::nonNull, run -> run.getPreviousBuild())
                    .limit(EARLIER_BUILDS + 1);
        }
    }
}
