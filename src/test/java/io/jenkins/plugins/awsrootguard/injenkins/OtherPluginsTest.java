package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.plugins.view.dashboard.Dashboard;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.ui.RootGuardPortlet;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.checks.api.ChecksDetails;
import io.jenkins.plugins.checks.util.CapturingChecksPublisher;
import java.util.List;
import java.util.Optional;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.TestExtension;

/** What is shown in the views of optional plugins. */
@WithSharedJenkins(alone = true)
public class OtherPluginsTest extends InJenkins {

    @TestExtension
    public static final CapturingChecksPublisher.Factory CHECKS = new CapturingChecksPublisher.Factory();

    @Test
    void dashboardListsVerdictOfEachJob() throws Exception {
        WorkflowJob job = JenkinsAws.job(j, "rootReport(credentialsId: 'admin')");
        j.buildAndAssertSuccess(job);
        j.createFreeStyleProject("other");
        Dashboard dashboard = new Dashboard("watch");
        j.jenkins.addView(dashboard);
        dashboard.setIncludeRegex(".*");
        dashboard.getTopPortlets().add(new RootGuardPortlet("Root users"));

        HtmlPage page = j.createWebClient().goTo("view/watch/");

        assertThat(page.asNormalizedText(), containsString("Root users"));
        assertThat(page.asNormalizedText(), containsString("At risk\t2 critical, 4 high, 7 medium open"));
        List<String> links =
                page.getAnchors().stream().map(HtmlAnchor::getHrefAttribute).toList();
        assertThat(links, hasItem(endsWith(job.getUrl() + "1/aws-root-guard/")));
    }

    @Test
    void publishesNoCheckUnlessAnAdministratorAllowsIt() throws Exception {
        int before = checks().size();
        j.buildAndAssertSuccess(
                JenkinsAws.job(j, "rootReport(credentialsId: 'admin')", "rootGaps(unstableOn: 'NEVER')"));
        assertEquals(before, checks().size());
    }

    @Test
    void checkNamesVerdictAndNewFindings() throws Exception {
        RootGuardGlobalConfiguration.get().setPublishChecks(true);
        int before = checks().size();
        aws.account.root().enableVirtualMfa("phone");
        WorkflowJob job =
                JenkinsAws.job(j, "rootReport(credentialsId: 'admin')", "rootGaps(unstableOn: 'NEVER', newOnly: true)");
        j.buildAndAssertSuccess(job);
        aws.account.root().deactivateMfa();
        WorkflowRun second = j.buildAndAssertSuccess(job);
        List<ChecksDetails> checks = checks().subList(before, checks().size());
        assertEquals(2, checks.size());
        assertEquals(ChecksConclusion.FAILURE, checks.get(0).getConclusion(), "at risk, without a reference build");
        ChecksDetails check = checks.get(1);
        assertEquals(ChecksConclusion.FAILURE, check.getConclusion());
        assertEquals(
                j.getURL() + second.getUrl() + "aws-root-guard/",
                check.getDetailsURL().orElseThrow());
        assertTrue(check.getOutput().orElseThrow().getTitle().orElseThrow().startsWith("At risk: "));
        assertThat(
                check.getOutput().orElseThrow().getSummary().orElseThrow(),
                containsString("Since build #1: 1 new finding"));
        assertEquals(
                "- CRITICAL `root-mfa` in 123456789012",
                check.getOutput().orElseThrow().getText().orElseThrow());
    }

    private static List<ChecksDetails> checks() {
        return CHECKS.getPublishedChecks().stream()
                .filter(c -> c.getName().equals(Optional.of("AWS Root Guard")))
                .toList();
    }
}
