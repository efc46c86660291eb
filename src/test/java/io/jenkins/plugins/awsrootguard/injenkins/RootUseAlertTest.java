package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.ExtensionList;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.ui.RootGuardMonitor;
import java.time.Duration;
import java.time.Instant;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What administrators are told when the root user was used. */
@WithSharedJenkins
class RootUseAlertTest extends InJenkins {

    @BeforeEach
    void useRootLongAgo() {
        used(aws.account, 200);
    }

    private static void used(EmulatedAccount account, int daysAgo) {
        account.root().passwordLastUsed(Instant.now().minus(Duration.ofDays(daysAgo)));
    }

    @Test
    void alertAboutUseOfRootStaysUntilUseIsNotRecent() throws Exception {
        WorkflowJob job = nightly();
        build(job);
        assertThat(monitor().jobs(), hasSize(0));

        used(aws.account, 3);
        build(job);
        assertThat(manage(), containsString("the root user was used since build #1"));
        build(job);
        assertThat(manage(), containsString("the root user was used since build #1"));

        used(aws.account, 200);
        build(job);
        assertThat(monitor().jobs(), hasSize(0));
    }

    @Test
    void laterUseOfRootIsNewAlertAfterFirstWasDismissed() throws Exception {
        WorkflowJob job = nightly();
        build(job);
        used(aws.account, 3);
        build(job);
        HtmlPage page = j.createWebClient().goTo("manage/");
        j.submit(page.getFormByName(RootGuardMonitor.class.getName()), "no");
        build(job);
        assertFalse(monitor().isActivated());

        used(aws.account, 1);
        build(job);
        assertThat(manage(), containsString("the root user was used since build #3"));
    }

    @Test
    void buildThatReadsAnotherAccountKeepsAlert() throws Exception {
        EmulatedAccount other = Presets.unsecured(aws.aws, "210987654321").reportDelay(0).reportCacheHours(0);
        used(other, 200);
        other.attachAdministratorAccess("alice");
        JenkinsAws.credential("other", other.userKey("alice"));
        WorkflowJob job = JenkinsAws.job(j, "rootReport(credentialsId: params.WHO)", "rootGaps(unstableOn: 'NEVER')");
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("WHO")));
        read(job, "admin");
        read(job, "other");
        used(aws.account, 3);
        read(job, "admin");
        String alert = "the root user was used since build #";
        assertThat(manage(), containsString(alert));

        read(job, "other");
        assertThat(manage(), containsString(alert));
        assertEquals(1, monitor().jobs().size());
    }

    @Test
    void useInAnotherAccountKeepsAlertAboutFirst() throws Exception {
        EmulatedAccount other = Presets.unsecured(aws.aws, "210987654321").reportDelay(0).reportCacheHours(0);
        used(other, 200);
        other.attachAdministratorAccess("alice");
        JenkinsAws.credential("other", other.userKey("alice"));
        WorkflowJob job = JenkinsAws.job(
                j,
                "for (who in ['admin', 'other']) {",
                "  rootReport(credentialsId: who)",
                "  rootGaps(unstableOn: 'NEVER')",
                "}");
        build(job);
        used(aws.account, 3);
        build(job);
        used(other, 2);
        build(job);
        assertThat(manage(), containsString("the root user was used in 2 accounts since build #1"));
        used(aws.account, 200);
        build(job);
        assertThat(manage(), containsString("the root user was used since build #"));
    }

    private WorkflowJob nightly() throws Exception {
        return JenkinsAws.job(j, "rootReport(credentialsId: 'admin')", "rootGaps(unstableOn: 'NEVER')");
    }

    private void build(WorkflowJob job) throws Exception {
        j.assertBuildStatusSuccess(j.waitForCompletion(job.scheduleBuild2(0).waitForStart()));
    }

    private void read(WorkflowJob job, String credential) throws Exception {
        ParametersAction who = new ParametersAction(new StringParameterValue("WHO", credential));
        j.assertBuildStatusSuccess(
                j.waitForCompletion(job.scheduleBuild2(0, who).waitForStart()));
    }

    private static RootGuardMonitor monitor() {
        return ExtensionList.lookupSingleton(RootGuardMonitor.class);
    }

    private String manage() throws Exception {
        return j.createWebClient().goTo("manage/").asNormalizedText();
    }
}
