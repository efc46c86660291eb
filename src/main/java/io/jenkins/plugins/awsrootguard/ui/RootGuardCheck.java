package io.jenkins.plugins.awsrootguard.ui;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.awsrootguard.assessment.Difference;
import io.jenkins.plugins.awsrootguard.assessment.Standing;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.report.Narration;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.checks.api.ChecksDetails.ChecksDetailsBuilder;
import io.jenkins.plugins.checks.api.ChecksOutput.ChecksOutputBuilder;
import io.jenkins.plugins.checks.api.ChecksPublisherFactory;
import io.jenkins.plugins.checks.api.ChecksStatus;
import java.util.Collection;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Publishes a check with the verdict and the new findings of a build, where the build has a publisher, for example of GitHub. Only
 * with the plugin checks-api, and if an administrator allows it.
 */
@Extension(optional = true)
@Restricted(NoExternalUse.class)
public final class RootGuardCheck extends RunListener<Run<?, ?>> {

    @Override
    public void onCompleted(Run<?, ?> run, @NonNull TaskListener listener) {
        BuildStore store =
                RootGuardGlobalConfiguration.get().isPublishChecks() ? run.getAction(BuildStore.class) : null;
        RootGuardAction page = store == null ? null : new RootGuardAction(store);
        if (page == null || page.summary() == null || page.summary().standing() == Standing.NOT_JUDGED) {
            return;
        }
        Collection<Difference> differences = store.history().differences();
        boolean isBad = page.summary().standing().isBad();
        boolean fails = differences.isEmpty() ? isBad : differences.stream().anyMatch(d -> d.addedCount() > 0);
        String root = Jenkins.get().getRootUrl();
        ChecksDetailsBuilder check = new ChecksDetailsBuilder()
                .withName(Messages.displayName())
                .withStatus(ChecksStatus.COMPLETED)
                .withConclusion(
                        fails ? ChecksConclusion.FAILURE : isBad ? ChecksConclusion.NEUTRAL : ChecksConclusion.SUCCESS)
                .withOutput(new ChecksOutputBuilder()
                        .withTitle(page.label().word() + ": " + page.open())
                        .withSummary(differences.stream().map(Narration::since).collect(Collectors.joining("\n\n")))
                        .withText(differences.stream()
                                .flatMap(d -> d.added().stream())
                                // No names: they come from outside, and this is Markdown.
                                .map(item ->
                                        "- " + item.severity() + " `" + item.control() + "` in " + item.accountId())
                                .collect(Collectors.joining("\n")))
                        .build());
        if (root != null) {
            check.withDetailsURL(root + run.getUrl() + RootGuardAction.URL + "/");
        }
        ChecksPublisherFactory.fromRun(run, listener).publish(check.build());
    }
}
