package io.jenkins.plugins.awsrootguard.injenkins;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import hudson.model.Result;
import hudson.model.Run;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.recipes.WithTimeout;

/** What a user does in a browser to secure an account: the whole story, with a restart of Jenkins in a pause. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class BrowserStoryTest {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @RegisterExtension
    final RestartedJenkins sessions = new RestartedJenkins();

    @Test
    @WithTimeout(600)
    void securesAnAccountWithARestartInAPause() throws Throwable {
        try (JenkinsAws aws = new JenkinsAws()) {
            secureAccount(aws);
        }
    }

    private void secureAccount(JenkinsAws aws) throws Throwable {
        sessions.then(j -> {
            Browser.requireSignIn(j);
            aws.withCredentials();
            // As in a Jenkins of users, so that the picture shows its times.
            System.setProperty(JenkinsAws.POLL, "10");
            WorkflowJob job = j.createProject(WorkflowJob.class, "secure-root");
            JenkinsAws.script(
                    job,
                    "rootReport credentialsId: 'root'",
                    "rootGaps unstableOn: 'NEVER'",
                    "rootConfirm 'MFA'",
                    "rootConfirm what: 'PLAN'",
                    "rootSecure credentialsId: 'root', dryRun: false",
                    // Root's key is deleted.
                    "rootConfirm what: 'PASSWORD', credentialsId: 'admin'",
                    "rootConfirm what: 'ADMIN_MFA', credentialsId: 'admin'",
                    "rootValidate credentialsId: 'admin', unstableOn: 'NEVER'");
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            j.waitForMessage("Show instructions", run);
            PausePage pause = open(j, run, Browser.DESKTOP, ColorScheme.LIGHT);
            pause.checkNow();
            assertThat(pause.result(Pauses.MFA)).containsText("Not completed");
            Browser.assertAccessible(pause.page(), ".root-guard");
            Browser.picture(pause.page(), "pause");
            assertAccessible(open(j, run, Browser.PHONE, ColorScheme.LIGHT).page());
            assertAccessible(open(j, run, Browser.DESKTOP, ColorScheme.DARK).page());
            System.setProperty(JenkinsAws.POLL, "1");
            pause.page().close();
        });
        aws.account.root().enablePasskey();
        sessions.then(j -> {
            Browser.requireSignIn(j);
            WorkflowRun run = run(j);
            PausePage pause = open(j, run, Browser.DESKTOP, ColorScheme.LIGHT);
            // The page shows the next pause without a reload.
            assertThat(pause.title()).hasText("Plan approval required");
            pause.allowKeys();
            pause.approve();
            assertThat(pause.dialog()).containsText("Delete root's active access key");
            assertThat(pause.dialog()).not().containsText("UTC");
            Browser.pictureOfWindow(pause.page(), "approval-dialog");
            pause.cancelDialog();
            Browser.assertAccessible(pause.page(), ".root-guard");
            assertTrue(run.isBuilding());
            pause.approve();
            pause.confirmDialog();
            assertThat(pause.section(Pauses.PASSWORD)).isVisible();
            assertThat(pause.receipts()).containsText("Plan approval: confirmed by dave");
            assertEquals(0, aws.account.root().accessKeys().size());
            aws.account.root().changePassword();
            Browser.assertAccessible(pause.page(), ".root-guard");
            pause.stateThatThePasswordWasChanged();
            assertThat(pause.section("ADMIN_MFA-" + JenkinsAws.ACCOUNT)).isVisible();
            aws.account.user("alice").enableVirtualMfa("alice-phone");
            assertThat(pause.status()).containsText("It has ended.");
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            pause.openResults();
            assertThat(pause.phases()).containsText("5 of 5 checks passed");
            Browser.picture(pause.page(), "secured");
            pause.page().close();

            WorkflowJob job = run.getParent();
            JenkinsAws.script(
                    job,
                    "rootReport credentialsId: 'admin'",
                    "rootGaps newOnly: true",
                    "rootValidate unstableOn: 'NEVER'");
            ResultsPage nightly = results(j, j.buildAndAssertSuccess(job), Browser.DESKTOP, ColorScheme.DARK);
            assertThat(nightly.difference()).containsText("Since build #1: 0 new findings, 0 fixed");
            Browser.assertAccessible(nightly.page(), ".root-guard");
            Browser.picture(nightly.page(), "secured-dark");
            aws.account.root().addAccessKey(true, Instant.now(), null);
            ResultsPage worse =
                    results(j, j.buildAndAssertStatus(Result.UNSTABLE, job), Browser.DESKTOP, ColorScheme.LIGHT);
            assertThat(worse.difference()).containsText("Since build #2: 1 new finding");
            worse.difference().click();
            assertThat(worse.differences()).containsText("root-access-keys (critical)");
            Browser.picture(worse.page(), "new-finding");
        });
    }

    @Test
    @WithTimeout(600)
    void securesAnOrganizationFromAPhone() throws Throwable {
        try (OrganizationAws aws = new OrganizationAws()) {
            sessions.then(j -> secureOrganization(j, aws.storeCredentials()));
        }
    }

    private void secureOrganization(JenkinsRule j, OrganizationAws aws) throws Exception {
        Browser.requireSignIn(j);
        WorkflowJob job = j.createProject(WorkflowJob.class, "secure-organization");
        JenkinsAws.script(
                job,
                "rootReport organization: true, credentialsId: 'org'",
                "rootGaps unstableOn: 'NEVER'",
                "rootConfirm what: 'PLAN'",
                "rootSecure dryRun: false",
                "rootValidate unstableOn: 'NEVER'");
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        j.waitForMessage("Show instructions", run);
        PausePage pause = open(j, run, Browser.PHONE, ColorScheme.DARK);
        assertThat(pause.section("PLAN-organization")).containsText(OrganizationAws.WITH_KEY + " (shop)");
        Browser.assertFits(pause.page());
        Browser.assertAccessible(pause.page(), ".root-guard");
        Browser.picture(pause.page(), "pause-phone-dark");
        pause.approve();
        assertThat(pause.dialog()).containsText("Delete root's active access key");
        pause.confirmDialog();
        assertThat(pause.status()).containsText("It has ended.");
        assertThat(pause.receipts()).containsText("Plan approval");
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        assertEquals(0, aws.withKey.root().accessKeys().size());
        pause.page().close();

        ResultsPage results = results(j, run, Browser.PHONE, ColorScheme.DARK);
        assertThat(results.accounts()).hasCount(3);
        results.search("shop");
        assertThat(results.accounts()).hasCount(1);
        Browser.assertFits(results.page());
        Browser.assertAccessible(results.page(), ".root-guard");
        Browser.picture(results.page(), "organization-phone-dark");
        results.openAccount(OrganizationAws.WITH_KEY);
        assertThat(results.changes()).containsText("Delete root's active access key");
        Browser.assertFits(results.page());
        Browser.picture(results.page(), "account-phone-dark");
    }

    private static void assertAccessible(Page page) {
        Browser.assertFits(page);
        Browser.assertAccessible(page, ".root-guard");
        page.close();
    }

    private static ResultsPage results(JenkinsRule j, Run<?, ?> run, int width, ColorScheme scheme) throws Exception {
        return new ResultsPage(
                BROWSER.open(j.getURL().toString(), run.getUrl() + "aws-root-guard/", "dave", width, scheme));
    }

    private static PausePage open(JenkinsRule j, WorkflowRun run, int width, ColorScheme scheme) throws Exception {
        return new PausePage(
                BROWSER.open(j.getURL().toString(), run.getUrl() + "root-guard-confirm/", "dave", width, scheme));
    }

    private static WorkflowRun run(JenkinsRule j) {
        return j.jenkins.getAllItems(WorkflowJob.class).get(0).getBuildByNumber(1);
    }
}
