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
import hudson.model.TopLevelItem;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.ui.RootGuardMonitor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What administrators are told when the root user was used. */
@WithSharedJenkins
class RootUseAlertTest extends InJenkins {

    private EmulatedAccount first;
    private EmulatedAccount second;

    @BeforeEach
    void createAccounts() throws Exception {
        for (TopLevelItem job : j.jenkins.getItems()) {
            job.delete();
        }
        first = account("210000000001", "first");
        second = account("210000000002", "second");
    }

    private EmulatedAccount account(String id, String credential) throws Exception {
        EmulatedAccount account = Presets.secured(aws.aws, id).reportDelay(0).reportCacheHours(0);
        account.attachAdministratorAccess("alice");
        JenkinsAws.credential(credential, account.userKey("alice"));
        return account;
    }

    private static void used(EmulatedAccount account, int daysAgo) {
        account.root().passwordLastUsed(Instant.now().minus(Duration.ofDays(daysAgo)));
    }

    @Test
    void alertAboutUseOfRootStaysUntilUseIsNotRecent() throws Exception {
        WorkflowJob job = nightly();
        build(job);
        assertThat(monitor().jobs(), hasSize(0));

        used(first, 3);
        build(job);
        assertThat(manage(), containsString("the root user was used since build #1"));
        build(job);
        assertThat(manage(), containsString("the root user was used since build #1"));

        used(first, 200);
        build(job);
        assertThat(monitor().jobs(), hasSize(0));
    }

    @Test
    void laterUseOfRootIsNewAlertAfterFirstWasDismissed() throws Exception {
        WorkflowJob job = nightly();
        build(job);
        used(first, 3);
        build(job);
        HtmlPage page = j.createWebClient().goTo("manage/");
        j.submit(page.getFormByName(RootGuardMonitor.class.getName()), "no");
        build(job);
        assertFalse(monitor().isActivated());

        used(first, 1);
        build(job);
        assertThat(manage(), containsString("the root user was used since build #3"));
    }

    @Test
    void buildThatReadsAnotherAccountKeepsAlert() throws Exception {
        WorkflowJob job = JenkinsAws.job(j, "rootReport(credentialsId: params.WHO)", "rootGaps(unstableOn: 'NEVER')");
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("WHO")));
        read(job, "first");
        read(job, "second");
        used(first, 3);
        read(job, "first");
        String alert = "the root user was used since build #";
        assertThat(manage(), containsString(alert));
        List<RootGuardMonitor.Line> alerts = monitor().jobs();

        read(job, "second");
        assertEquals(alerts, monitor().jobs());
    }

    @Test
    void useInAnotherAccountKeepsAlertAboutFirst() throws Exception {
        WorkflowJob job = JenkinsAws.job(
                j,
                "for (who in ['first', 'second']) {",
                "  rootReport(credentialsId: who)",
                "  rootGaps(unstableOn: 'NEVER')",
                "}");
        build(job);
        used(first, 3);
        build(job);
        used(second, 2);
        build(job);
        assertThat(manage(), containsString("the root user was used in 2 accounts since build #1"));
        used(first, 200);
        build(job);
        assertThat(manage(), containsString("the root user was used since build #"));
    }

    private WorkflowJob nightly() throws Exception {
        return JenkinsAws.job(j, "rootReport(credentialsId: 'first')", "rootGaps(unstableOn: 'NEVER')");
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
