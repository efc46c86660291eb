package io.jenkins.plugins.awsrootguard.injenkins;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.options.ColorScheme;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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

    private JenkinsAws aws;

    @BeforeEach
    void start() {
        aws = new JenkinsAws();
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    @WithTimeout(600)
    void securesAnAccountWithARestartInAPause() throws Throwable {
        sessions.then(j -> {
            aws.withCredentials();
            WorkflowRun run = JenkinsAws.job(
                            j,
                            "rootReport credentialsId: 'root'",
                            "rootGaps unstableOn: 'NEVER'",
                            "rootConfirm 'MFA'",
                            "rootConfirm what: 'PLAN'",
                            "rootSecure credentialsId: 'root', dryRun: false",
                            // Root's key is deleted.
                            "rootReport credentialsId: 'admin'",
                            "rootConfirm 'PASSWORD'",
                            "rootConfirm 'ADMIN_MFA'",
                            "rootValidate credentialsId: 'admin', unstableOn: 'NEVER'")
                    .scheduleBuild2(0)
                    .waitForStart();
            j.waitForMessage("Show instructions", run);
            PausePage pause = open(j, run);
            pause.checkNow();
            assertThat(pause.result(Pauses.MFA)).containsText("Not completed");
            Browser.assertAccessible(pause.page(), ".root-guard");
            Browser.picture(pause.page(), "pause");
            pause.page().close();
        });
        aws.account.root().enablePasskey();
        sessions.then(j -> {
            WorkflowRun run = run(j);
            PausePage pause = open(j, run);
            // The page shows the next pause without a reload.
            assertThat(pause.title()).hasText("Plan approval required");
            pause.allowKeys();
            pause.approve();
            assertThat(pause.dialog()).containsText("Delete root's active access key");
            Browser.picture(pause.page(), "approval-dialog");
            pause.cancelDialog();
            Browser.assertAccessible(pause.page(), ".root-guard");
            assertTrue(run.isBuilding());
            pause.approve();
            pause.confirmDialog();
            assertThat(pause.section(Pauses.PASSWORD)).isVisible();
            assertThat(pause.receipts()).containsText("Approval of the plan: confirmed by anonymous");
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
        });
    }

    private static PausePage open(JenkinsRule j, WorkflowRun run) throws Exception {
        return new PausePage(
                BROWSER.open(j.getURL() + run.getUrl() + "root-guard-confirm/", Browser.DESKTOP, ColorScheme.LIGHT));
    }

    private static WorkflowRun run(JenkinsRule j) {
        return j.jenkins.getAllItems(WorkflowJob.class).get(0).getBuildByNumber(1);
    }
}
