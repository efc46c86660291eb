package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.ApproverAction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Who may answer a pause: the rules of the step {@code input}. */
@WithSharedJenkins
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ConfirmPermissionTest {

    private static JenkinsRule j;

    private JenkinsAws aws;

    @BeforeAll
    static void startJenkins(JenkinsRule rule) {
        j = rule;
        JenkinsRule.DummySecurityRealm realm = j.createDummySecurityRealm();
        realm.addGroups("carol", "guards");
        j.jenkins.setSecurityRealm(realm);
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("root-admin")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "carol", "dave")
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("builder")
                .grant(Jenkins.READ, Item.READ, Item.CANCEL)
                .everywhere()
                .to("canceller")
                .grant(Jenkins.READ)
                .everywhere()
                .to("stranger"));
    }

    @BeforeEach
    void start() throws Exception {
        aws = new JenkinsAws().withCredentials();
    }

    @AfterEach
    void stop() {
        Pauses.killAll(j);
        aws.close();
    }

    @Test
    void withoutSubmittersRequiresPermissionToBuild() throws Exception {
        aws.account.root().enableVirtualMfa("phone");
        aws.aws.faults().deny("*", "iam:GetAccountSummary");
        WorkflowRun run = Pauses.paused(j, "rootConfirm 'MFA'");
        assertRefused(run, "reader", Pauses.MFA);
        assertAccepted(run, "builder", Pauses.MFA);
        j.waitForMessage("builder reported the task as completed", run);
        aws.aws.faults().clear();
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
    }

    @Test
    void onlySubmittersAndAdministratorsCanConfirm() throws Exception {
        WorkflowRun run = Pauses.paused(j, "rootConfirm what: 'MFA', submitter: 'dave, guards'");
        assertRefused(run, "builder", Pauses.MFA);
        assertRefused(run, "reader", Pauses.MFA);
        HtmlPage seen = Pauses.page(j.createWebClient().login("reader"), run);
        assertThat(seen.asNormalizedText(), containsString("Only dave, guards can confirm."));
        assertThat(seen.getByXPath("//form[starts-with(@name,'proceed-')]"), empty());
        for (String allowed : List.of("dave", "carol", "root-admin")) {
            assertAccepted(run, allowed, Pauses.MFA);
            j.waitForMessage(allowed + " reported the task as completed. Not completed", run);
        }
        aws.account.root().enableVirtualMfa("phone");
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
    }

    @Test
    void readersSeeThePlanWithoutItsForm() throws Exception {
        WorkflowRun run = Pauses.paused(j, "rootConfirm what: 'PLAN', submitter: 'dave'");
        String change = run.getAction(BuildStore.class)
                .accounts()
                .state(JenkinsAws.ACCOUNT)
                .orElseThrow()
                .plan()
                .changes()
                .get(0)
                .description();
        HtmlPage seen = Pauses.page(j.createWebClient().login("reader"), run);
        assertThat(seen.asNormalizedText(), containsString(change));
        assertThat(seen.asNormalizedText(), containsString("Only dave can confirm."));
        assertThat(seen.getByXPath("//section[@class='root-guard-task']//input"), empty());
    }

    @Test
    void buildPageRefusesUsersWhoAreNotSubmitters() throws Exception {
        WorkflowRun run = Pauses.paused(j, "rootConfirm what: 'PLAN', submitter: 'dave'");
        BuildStore page = run.getAction(BuildStore.class);
        String plan = page.accounts()
                .state(JenkinsAws.ACCOUNT)
                .orElseThrow()
                .plannedAt()
                .toString();
        for (String what : List.of("PLAN", "PASSWORD")) {
            WebRequest request = new WebRequest(
                    new URL(j.getURL(), run.getUrl() + "aws-root-guard/" + JenkinsAws.ACCOUNT + "/confirm"),
                    HttpMethod.POST);
            request.setRequestParameters(List.of(new NameValuePair("what", what), new NameValuePair("plan", plan)));
            JenkinsRule.WebClient web = j.createWebClient().login("builder");
            web.addCrumb(request);
            int status = web.withThrowExceptionOnFailingStatusCode(false)
                    .getPage(request)
                    .getWebResponse()
                    .getStatusCode();
            assertEquals(HttpURLConnection.HTTP_BAD_REQUEST, status, what);
        }
        assertNull(page.accounts().state(JenkinsAws.ACCOUNT).orElseThrow().approval());
        assertTrue(PasswordDeadlines.get().last(JenkinsAws.ACCOUNT).isEmpty());
        assertTrue(run.isBuilding());
    }

    @Test
    void pageOfEndedBuildRefusesUsersWhoAreNotSubmitters() throws Exception {
        PasswordDeadlines.get().forget(JenkinsAws.ACCOUNT);
        WorkflowRun run = j.buildAndAssertStatus(
                Result.FAILURE,
                JenkinsAws.job(j, Pauses.script("error 'cut off'", "rootConfirm what: 'PASSWORD', submitter: 'dave'")));
        assertEquals(HttpURLConnection.HTTP_BAD_REQUEST, state(run, "PASSWORD"));
        assertTrue(PasswordDeadlines.get().last(JenkinsAws.ACCOUNT).isEmpty());
        HtmlPage page = j.createWebClient().login("builder").getPage(run, "aws-root-guard/" + JenkinsAws.ACCOUNT + "/");
        assertThat(
                page.getElementById("task-PASSWORD").asNormalizedText(),
                containsString("this build has ended. Run the job again"));
    }

    /** What the build page answers to a builder who states that a task is done. */
    private static int state(WorkflowRun run, String what) throws Exception {
        WebRequest request = new WebRequest(
                new URL(j.getURL(), run.getUrl() + "aws-root-guard/" + JenkinsAws.ACCOUNT + "/confirm"),
                HttpMethod.POST);
        request.setRequestParameters(List.of(new NameValuePair("what", what), new NameValuePair("plan", "")));
        JenkinsRule.WebClient web = j.createWebClient().login("builder");
        web.addCrumb(request);
        return web.withThrowExceptionOnFailingStatusCode(false)
                .getPage(request)
                .getWebResponse()
                .getStatusCode();
    }

    @Test
    void resultAndBuildNameWhoConfirmed() throws Exception {
        WorkflowRun run = Pauses.paused(
                j,
                "def c = rootConfirm(what: 'PLAN', submitterParameter: 'approver')",
                "echo \"approver=${c.approver} by=${c.confirmedBy}\"");
        var page = Pauses.page(j.createWebClient().login("builder"), run);
        assertEquals("Plan approval required", page.getFirstByXPath("normalize-space(//h1)"));
        Pauses.submit(Pauses.answer(page, Pauses.PLAN));
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        j.assertLogContains("approver=builder by=builder", run);
        assertEquals("builder", run.getAction(ApproverAction.class).getUserId());
    }

    @Test
    void abortRequiresPermissionToCancelOrConfirm() throws Exception {
        WorkflowRun run = Pauses.paused(j, "rootConfirm 'MFA'");
        assertEquals(
                HttpURLConnection.HTTP_BAD_REQUEST,
                Pauses.post(j, j.createWebClient().login("reader"), run, Pauses.MFA + "/abort"));
        assertTrue(run.isBuilding());
        Pauses.post(j, j.createWebClient().login("canceller"), run, Pauses.MFA + "/abort");
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
        j.assertLogContains("Aborted by canceller", run);
    }

    @Test
    void settledPauseRefusesAbort() throws Exception {
        WorkflowRun run = Pauses.paused(j, "rootConfirm 'MFA'", "rootConfirm 'PASSWORD'");
        aws.account.root().enableVirtualMfa("phone");
        j.waitForMessage("Paused: Change the root password", run);
        assertEquals(
                HttpURLConnection.HTTP_BAD_REQUEST,
                Pauses.post(j, j.createWebClient().login("canceller"), run, Pauses.MFA + "/abort"));
        assertThat(JenkinsRule.getLog(run), not(containsString("Aborted by")));
        assertTrue(run.isBuilding());
    }

    @Test
    void buttonsRequirePost() throws Exception {
        WorkflowRun run = Pauses.paused(j, "rootConfirm 'MFA'");
        JenkinsRule.WebClient web =
                j.createWebClient().login("root-admin").withThrowExceptionOnFailingStatusCode(false);
        for (String verb : List.of("proceed", "abort")) {
            URL url = new URL(j.getURL(), run.getUrl() + "root-guard-confirm/" + Pauses.MFA + "/" + verb);
            assertEquals(
                    HttpURLConnection.HTTP_BAD_METHOD,
                    web.getPage(url).getWebResponse().getStatusCode());
        }
        assertTrue(run.isBuilding());
        assertThat(JenkinsRule.getLog(run), not(containsString("reported the task as completed")));
        aws.account.root().enableVirtualMfa("phone");
        j.waitForCompletion(run);
    }

    @Test
    void hidesPauseFromUsersWhoCannotReadTheJob() throws Exception {
        WorkflowRun run = Pauses.paused(j, "rootConfirm 'MFA'");
        assertEquals(HttpURLConnection.HTTP_OK, status("reader", run));
        assertEquals(HttpURLConnection.HTTP_NOT_FOUND, status("stranger", run));
        aws.account.root().enableVirtualMfa("phone");
        j.waitForCompletion(run);
    }

    private static int status(String user, WorkflowRun run) throws Exception {
        return j.createWebClient()
                .login(user)
                .withThrowExceptionOnFailingStatusCode(false)
                .goTo(run.getUrl() + "root-guard-confirm/")
                .getWebResponse()
                .getStatusCode();
    }

    private void assertRefused(WorkflowRun run, String user, String id) throws Exception {
        assertEquals(
                HttpURLConnection.HTTP_BAD_REQUEST,
                Pauses.post(j, j.createWebClient().login(user), run, id + "/proceed"));
        assertThat(JenkinsRule.getLog(run), not(containsString(user + " says")));
    }

    private void assertAccepted(WorkflowRun run, String user, String id) throws Exception {
        assertEquals(
                HttpURLConnection.HTTP_MOVED_TEMP,
                Pauses.post(j, j.createWebClient().login(user), run, id + "/proceed"));
    }
}
