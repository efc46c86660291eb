package io.jenkins.plugins.awsrootguard.injenkins.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.model.FreeStyleBuild;
import hudson.model.InvisibleAction;
import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.config.AwsConnections.Used;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.injenkins.WithSharedJenkins;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.OpenPauses;
import java.time.Instant;
import java.util.List;
import net.sf.json.JSONObject;
import org.htmlunit.html.DomAttr;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The page of a build, as a browser gets it. */
@WithSharedJenkins
class BuildPageTest {

    private JenkinsRule j;
    /** Null unless a test starts one. */
    private Journey journey;

    private FreeStyleBuild build;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        j = rule;
        build = j.buildAndAssertSuccess(j.createFreeStyleProject("secure-root"));
    }

    @AfterEach
    void stop() {
        if (journey != null) {
            journey.close();
        }
    }

    @Test
    void saysWhatFillsThePageWhenNothingWasRead() throws Exception {
        BuildStore.of(build);
        assertThat(Pages.text(page()), containsString("No account has been read in this build"));
    }

    @Test
    void saysThatConnectedAccountWasNotRead() throws Exception {
        BuildStore.of(build).branch(List.of()).connected(Journey.ACCOUNT, new Used(null, "us-east-1"));
        String text = Pages.text(page());
        assertThat(text, containsString("No account has been read in this build"));
    }

    @Test
    void showsNoFindingsBeforeEvaluation() throws Exception {
        journey = new Journey();
        show(journey.assessed());
        String text = Pages.text(page());
        assertThat(text, containsString("has not been evaluated yet. Phase 2 evaluates it."));
        assertThat(text, not(containsString("No finding is open")));
    }

    @Test
    void showsVerdictPhasesTasksFindingsPlanAndFiles() throws Exception {
        show(Sample.judged());
        BuildStore.of(build).accounts().saveCredentialReport(Journey.ACCOUNT, Sample.credentialReport());
        HtmlPage page = page();
        Pages.assertNothingInline(Pages.ours(page));
        String text = Pages.text(page);
        assertThat(text, containsString("At risk"));
        assertThat(text, containsString("The root user of 123456789012 (prod) is at risk"));
        assertThat(text, containsString("1. Assess"));
        assertThat(text, containsString("4. Validate\nnot started"));
        assertThat(text, containsString("Action required"));
        assertThat(text, containsString("AccountMFAEnabled = 0"));
        assertThat(text, containsString("Planned changes"));
        assertNotNull(page.getElementById("finding-root-access-keys"), "the row of root's key");
        assertNotNull(page.getAnchorByHref("123456789012/files/credential-report.csv"));
        assertNotNull(
                page.getFirstByXPath("//a[@href='https://console.aws.amazon.com/iam/home#/security_credentials']"));
        assertFalse(text.matches("(?s).*AKIA[A-Z0-9]{16}.*"), "a whole key id");
    }

    @Test
    void putsWorstFindingFirstAndFoldsPassedOnesOnly() throws Exception {
        journey = new Journey();
        journey.aws.faults().deny("*", "iam:GetAccountPasswordPolicy");
        show(journey.judged());
        HtmlPage page = page();
        List<String> ids = page.<DomAttr>getByXPath("//tr[starts-with(@id, 'finding-')]/@id").stream()
                .map(DomAttr::getValue)
                .toList();
        assertEquals("finding-root-access-keys", ids.get(0));
        assertNotNull(page.getFirstByXPath("//details[@class='root-guard-folded']//tr"), "folded rows");
        assertNull(
                page.getFirstByXPath("//details[@class='root-guard-folded']//tr[contains(., 'Unknown')]"),
                "an unknown finding is never folded");
        assertNotNull(
                page.getFirstByXPath("//tr[@id='finding-password-policy'][not(ancestor::details)]"),
                "the unread finding is among the open ones");
    }

    @Test
    void advisesToGrantPermissionForUnreadFinding() throws Exception {
        journey = new Journey();
        journey.aws.faults().deny("*", "iam:GetAccountPasswordPolicy");
        show(journey.judged());
        HtmlPage page = page();
        String reserve = "Grant the missing permission and run phase 1 again.";
        assertThat(page.getElementById("finding-password-policy").asNormalizedText(), containsString(reserve));
        String failed = page.getElementById("finding-root-access-keys").asNormalizedText();
        assertThat(failed, not(containsString(reserve)));
    }

    @Test
    void showsValidationAndApproverOfSecuredAccount() throws Exception {
        journey = new Journey();
        show(journey.validated());
        HtmlPage page = page();
        Pages.assertNothingInline(Pages.ours(page));
        assertNotNull(page.getElementById("validation"));
        String changes = page.getElementById("changes").asNormalizedText();
        assertThat(changes, containsString("Completed"));
        assertThat(changes, containsString("alice"));
        assertNull(page.getElementById("plan"), "what was carried out isn't shown as planned");
        assertThat(page.getElementById("validation").asNormalizedText(), containsString("Root MFA is enabled"));
    }

    @Test
    void linksToThePageFromTheSidePanelOfTheBuild() throws Exception {
        show(Sample.judged());
        HtmlPage page = j.createWebClient().getPage(build);
        List<HtmlAnchor> links = page.getByXPath("//*[@id='tasks']//a[contains(., 'AWS Root Guard')]");
        assertEquals(1, links.size());
        assertThat(links.get(0).getHrefAttribute(), endsWith(build.getUrl() + "aws-root-guard"));
    }

    @Test
    void showsOneLineOnBuildPage() throws Exception {
        show(Sample.judged());
        HtmlPage front = j.createWebClient().getPage(build);
        String text = front.getElementById("main-panel").asNormalizedText();
        assertThat(text, containsString("123456789012 (prod): "));
        assertThat(text, containsString("critical"));
        assertNotNull(front.getAnchorByHref("aws-root-guard/"));
    }

    @Test
    void listsTwoAccountsWithPageEach() throws Exception {
        show(Sample.judged());
        BuildStore.of(build).update("210987654321", b -> SampleOrganization.state("210987654321", "other"));
        HtmlPage list = page();
        assertThat(Pages.text(list), containsString("2 accounts: 2 at risk."));
        assertNotNull(list.getAnchorByHref("210987654321/"));
        HtmlPage one = list.getAnchorByHref("123456789012/").click();
        assertThat(Pages.text(one), containsString("The root user of 123456789012 (prod) is at risk"));
        assertNotNull(one.getAnchorByHref("files/findings.json"));
    }

    @Test
    void linksToPauseInsteadOfOfferingButton() throws Exception {
        show(Sample.judged());
        build.addAction(new Paused());
        HtmlPage page = page();
        String waiting = page.getElementById("action-required").asNormalizedText();
        assertThat(waiting, containsString("Build paused: Plan approval"));
        String pause = "//a[contains(@href, '/job/secure-root/1/pauses/#plan')]";
        assertNotNull(page.getFirstByXPath(pause));
        assertNotNull(page.getFirstByXPath("//div[@id='task-MFA']//a[contains(@href, '/1/pauses/#mfa')]"));
        assertNull(page.getFirstByXPath("//div[@id='task-MFA']//form"));
        assertNull(
                page.getFirstByXPath("//div[@id='task-PASSWORD']//form"),
                "a button for a statement that the page would refuse");
        assertThat(
                page.getElementById("task-PASSWORD").asNormalizedText(),
                containsString("Confirm this task on the pause page of the build."));
    }

    @Test
    void linksToPauseFromBuildAndJobPage() throws Exception {
        show(Sample.judged());
        build.addAction(new Paused());
        HtmlPage front = j.createWebClient().getPage(build);
        String waits = "Action required: Plan approval";
        assertThat(front.asNormalizedText(), containsString(waits));
        assertNotNull(front.getAnchorByHref("pauses/#plan"));
        HtmlPage job = j.createWebClient().getPage(build.getParent());
        assertThat(job.asNormalizedText(), containsString(waits));
        assertNotNull(job.getAnchorByHref("1/pauses/#plan"));
    }

    @Test
    void saysThatDeletionWasNotApproved() throws Exception {
        PlannedChange deletion = Sample.judged().plan().destructive().get(0);
        show(Sample.judged()
                .withChange(new ChangeRecord(
                        deletion.id(),
                        deletion.kind(),
                        deletion.description(),
                        ChangeRecord.Outcome.SKIPPED,
                        null,
                        Instant.now(),
                        null,
                        "not approved",
                        null))
                .withSecured(Instant.now()));
        HtmlPage page = page();
        String changes = page.getElementById("changes").asNormalizedText();
        assertThat(changes, containsString("Not approved"));
        assertThat(changes, not(containsString("No approval required")));
        assertThat(Pages.text(page), containsString("3. Secure\nincomplete"));
        assertNotNull(page.getFirstByXPath("//li[contains(@class, 'root-guard-phase--incomplete')]"));
    }

    @Test
    void newBuildPageHasCardAndTabWithNumberOfOpenFindings() throws Exception {
        String flag = "new-build-page.flag.defaultValue";
        System.setProperty(flag, "true");
        try {
            show(Sample.judged());
            HtmlPage page = j.createWebClient().getPage(build);
            DomElement card = page.getFirstByXPath("//div[@class='jenkins-card'][contains(., 'AWS Root Guard')]");
            assertThat(card.asNormalizedText(), containsString("At risk\n123456789012 (prod): "));
            Pages.assertNothingInline(Pages.ours(page));
            DomElement legacy = page.getFirstByXPath("//div[@class='jenkins-card'][contains(., 'Legacy')]");
            assertThat(legacy.asNormalizedText(), not(containsString("123456789012")));
            AccountEntry entry =
                    BuildStore.of(build).accounts().account(Journey.ACCOUNT).orElseThrow();
            int open = entry.count(Status.FAIL) + entry.count(Status.UNKNOWN);
            DomElement tab =
                    page.getFirstByXPath("//a[contains(@href, 'aws-root-guard')][contains(., '" + open + "')]");
            assertNotNull(tab, page.asXml());
        } finally {
            System.clearProperty(flag);
        }
    }

    @Test
    void restApiHasVerdictAndControlsOfAccounts() throws Exception {
        show(Sample.judged());
        JSONObject all = j.getJSON(build.getUrl() + "aws-root-guard/api/json").getJSONObject();
        assertEquals("At risk", all.getString("verdict"));
        JSONObject account = all.getJSONArray("accounts").getJSONObject(0);
        assertEquals(Journey.ACCOUNT, account.getString("id"));
        assertEquals("At risk", account.getString("verdict"));
        JSONObject control = account.getJSONArray("controls").getJSONObject(0);
        assertEquals("root-access-keys", control.getString("id"));
        assertEquals("FAIL", control.getString("status"));
        assertEquals("CRITICAL", control.getString("severity"));
        JSONObject some = j.getJSON(build.getUrl() + "aws-root-guard/api/json?tree=accounts[id]")
                .getJSONObject();
        assertEquals(
                "{\"id\":\"" + Journey.ACCOUNT + "\"}",
                some.getJSONArray("accounts").getJSONObject(0).toString());
    }

    @Test
    void usesConsoleAddressOfSystemProperty() throws Exception {
        String property = "io.jenkins.plugins.awsrootguard.store.ConsoleLink.url";
        System.setProperty(property, "http://127.0.0.1:1/console/123456789012");
        try {
            show(Sample.judged());
            HtmlPage page = page();
            assertNotNull(
                    page.getFirstByXPath("//div[@id='task-MFA']//a[@href='http://127.0.0.1:1/console/123456789012']"));
            assertNull(page.getFirstByXPath("//a[starts-with(@href, 'https://console.aws.amazon.com/')]"));
            System.setProperty(property, "javascript:alert(1)");
            assertNull(page().getFirstByXPath("//a[starts-with(@href, 'javascript:')]"), "a script in a link");
        } finally {
            System.clearProperty(property);
        }
    }

    /** A build that waits for the approval of the plan, and for MFA. */
    private static final class Paused extends InvisibleAction implements OpenPauses {
        @Override
        public List<OpenPause> openPauses() {
            return List.of(
                    new OpenPause(Journey.ACCOUNT, PendingTask.What.PLAN, "pauses/#plan"),
                    new OpenPause(Journey.ACCOUNT, PendingTask.What.MFA, "pauses/#mfa"),
                    new OpenPause("999999999999", PendingTask.What.MFA, "pauses/#other"));
        }
    }

    private void show(AccountState state) {
        BuildStore.of(build).update(Journey.ACCOUNT, before -> state);
    }

    private HtmlPage page() throws Exception {
        return j.createWebClient().getPage(build, "aws-root-guard/");
    }
}
