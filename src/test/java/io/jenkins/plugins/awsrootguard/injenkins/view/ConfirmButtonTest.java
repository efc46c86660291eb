package io.jenkins.plugins.awsrootguard.injenkins.view;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.XmlFile;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.awsrootguard.account.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.phase.AccountState;
import io.jenkins.plugins.awsrootguard.phase.Instructions;
import io.jenkins.plugins.awsrootguard.phase.PendingTask;
import io.jenkins.plugins.awsrootguard.phase.RemediationPlan;
import io.jenkins.plugins.awsrootguard.phase.RemediationSettings;
import io.jenkins.plugins.awsrootguard.view.ConfirmationNote;
import io.jenkins.plugins.awsrootguard.view.RootGuardAction;
import io.jenkins.plugins.awsrootguard.view.RootPasswordClock;
import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The Confirm button on the page of a build that has ended. */
@WithJenkins
class ConfirmButtonTest {

    private static final String CREDENTIAL = "aws";
    private static final String PATIENCE = "io.jenkins.plugins.awsrootguard.view.ConfirmationCheck.patienceSeconds";

    private JenkinsRule j;
    private Journey journey;
    private FreeStyleBuild build;
    private RootGuardAction action;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        j = rule;
        journey = new Journey();
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        CREDENTIAL,
                        "",
                        journey.key.accessKeyId(),
                        journey.key.secretAccessKey()));
        build = j.buildAndAssertSuccess(j.createFreeStyleProject("secure-root"));
        action = RootGuardAction.of(build);
        action.remember(Journey.ACCOUNT, CREDENTIAL, "us-east-1");
        AccountState judged = journey.judged();
        action.update(Journey.ACCOUNT, before -> judged);
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("bob")
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .toEveryone());
    }

    @AfterEach
    void stop() {
        journey.close();
    }

    @Test
    void mfaThatIsNotOnIsNotBelieved() throws Exception {
        HtmlPage page = press(PendingTask.What.MFA, "bob");
        String task = page.getElementById("task-MFA").asNormalizedText();
        assertThat(task, containsString("asked by bob. Not yet: account summary: AccountMFAEnabled = 0"));
        assertEquals(ConfirmationNote.Outcome.NOT_SO, note(PendingTask.What.MFA).outcome());
    }

    @Test
    void mfaThatIsOnIsConfirmedAndNoLongerWaits() throws Exception {
        journey.account.root().enablePasskey();
        HtmlPage page = press(PendingTask.What.MFA, "bob");
        assertNull(page.getElementById("task-MFA"));
        assertThat(
                page.getElementById("confirmed").asNormalizedText(),
                containsString("MFA of the root user: confirmed by bob"));
        assertThat(
                page.getElementById("finding-root-mfa").asNormalizedText(),
                containsString("Since then confirmed by bob"));
    }

    @Test
    void whenAwsCannotBeAskedItGoesOnWaitingAndSaysWhy() throws Exception {
        journey.aws.faults().deny("*", "iam:GetAccountSummary");
        HtmlPage page = press(PendingTask.What.MFA, "bob");
        String task = page.getElementById("task-MFA").asNormalizedText();
        assertThat(task, containsString("AWS could not be asked: "));
        assertThat(task, containsString("iam:GetAccountSummary"));
    }

    @Test
    void withoutTheCredentialOfTheBuildItGoesOnWaitingAndSaysWhy() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        HtmlPage page = press(PendingTask.What.MFA, "bob");
        assertThat(
                page.getElementById("task-MFA").asNormalizedText(),
                containsString("AWS could not be asked: credentialsId 'aws' was not found"));
    }

    @Test
    void aStatementAboutThePasswordStartsTheClockWithTheNameOfWhoMadeIt() throws Exception {
        journey.account.root().changePassword();
        HtmlPage page = press(PendingTask.What.PASSWORD, "bob");
        assertNull(page.getElementById("task-PASSWORD"));
        PasswordConfirmation said =
                RootPasswordClock.get().last(Journey.ACCOUNT).orElseThrow();
        assertEquals("bob", said.by());
        assertThat(said.corroboration(), containsString("CloudTrail shows PasswordUpdated by root"));
        assertEquals(
                said,
                action.state(Journey.ACCOUNT)
                        .orElseThrow()
                        .facts()
                        .confirmation()
                        .orElseThrow());
        assertEquals(
                build.getUrl(), RootPasswordClock.get().all(said.at()).get(0).buildUrl());
    }

    @Test
    void aStatementHoldsWithoutCloudTrailAndSaysThatItStandsAlone() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        press(PendingTask.What.PASSWORD, "bob");
        PasswordConfirmation said =
                RootPasswordClock.get().last(Journey.ACCOUNT).orElseThrow();
        assertEquals("bob", said.by());
        assertThat(said.corroboration(), containsString("CloudTrail could not be asked: "));
    }

    @Test
    void aStatementNeedsAName() throws Exception {
        HtmlPage page = press(PendingTask.What.PASSWORD, null);
        assertThat(page.asNormalizedText(), containsString("Sign in first"));
        assertTrue(RootPasswordClock.get().last(Journey.ACCOUNT).isEmpty());
    }

    @Test
    void anApprovalHoldsForTheChangesThatWereShown() throws Exception {
        askForApproval();
        HtmlPage page = press(PendingTask.What.PLAN, "bob");
        AccountState state = action.state(Journey.ACCOUNT).orElseThrow();
        assertEquals("bob", state.approval().by());
        assertEquals(state.plan().changes().size(), state.approval().changeIds().size());
        assertNull(page.getElementById("task-PLAN"));
        assertThat(page.getElementById("plan").asNormalizedText(), containsString("Approved by bob"));
    }

    @Test
    void aSlowAwsDoesNotHoldUpThePage() throws Exception {
        journey.aws.faults().delay("iam:GetAccountSummary", Duration.ofSeconds(60));
        System.setProperty(PATIENCE, "1");
        try {
            HtmlPage page = press(PendingTask.What.MFA, "bob");
            assertThat(
                    page.getElementById("task-MFA").asNormalizedText(),
                    containsString("AWS is being asked and has not answered yet"));
        } finally {
            System.clearProperty(PATIENCE);
        }
    }

    @Test
    void whenNothingWaitsAnyMoreThePageSaysWhatTheNextBuildWillDo() throws Exception {
        journey.account.root().enablePasskey();
        journey.account.user("alice").enableVirtualMfa("alice-phone");
        for (PendingTask task :
                action.state(Journey.ACCOUNT).orElseThrow().plan().pending()) {
            press(task.what(), "bob");
        }
        HtmlPage page = page("bob");
        assertNull(page.getElementById("waiting"));
        assertNotNull(page.getElementById("nothing-waits"));
        assertThat(page.getElementById("nothing-waits").asNormalizedText(), containsString("keeps its result"));
    }

    @Test
    void whatWasConfirmedSurvivesAReloadAndHoldsNoSecret() throws Exception {
        press(PendingTask.What.MFA, "bob");
        press(PendingTask.What.PASSWORD, "bob");
        String xml = new XmlFile(new File(build.getRootDir(), "build.xml")).asString();
        assertThat(xml, not(containsString(journey.key.secretAccessKey())));
        assertThat(xml, not(containsString(journey.key.accessKeyId())));
        assertThat("findings in build.xml", xml, not(containsString("root-access-keys")));
        j.jenkins.reload();
        RootGuardAction again = j.jenkins
                .getItemByFullName("secure-root", FreeStyleProject.class)
                .getBuildByNumber(1)
                .getAction(RootGuardAction.class);
        assertEquals(
                "bob",
                again.confirmation(Journey.ACCOUNT, PendingTask.What.MFA)
                        .orElseThrow()
                        .by());
    }

    /** As the freestyle build step does when it left deletions undone. */
    private void askForApproval() {
        action.update(Journey.ACCOUNT, s -> {
            List<PendingTask> tasks = new ArrayList<>(s.plan().pending());
            tasks.add(Instructions.forTask(PendingTask.What.PLAN, s.facts(), RemediationSettings.DEFAULT));
            return s.withGaps(
                    s.findings(),
                    new RemediationPlan(
                            Journey.ACCOUNT, s.plan().plannedAt(), s.plan().changes(), tasks));
        });
    }

    private ConfirmationNote note(PendingTask.What what) {
        return action.confirmation(Journey.ACCOUNT, what).orElseThrow();
    }

    private HtmlPage press(PendingTask.What what, String user) throws Exception {
        HtmlPage page = page(user);
        HtmlForm form = page.getFirstByXPath("//div[@id='task-" + what + "']//form");
        assertNotNull(form, "the button of " + what);
        return form.getElementsByTagName("button").get(0).click();
    }

    private HtmlPage page(String user) throws Exception {
        JenkinsRule.WebClient client = j.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        if (user != null) {
            client.login(user);
        }
        return client.getPage(build, "aws-root-guard/");
    }
}
