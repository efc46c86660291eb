package io.jenkins.plugins.awsrootguard.injenkins.view;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.InvisibleAction;
import io.jenkins.plugins.awsrootguard.control.Evidence;
import io.jenkins.plugins.awsrootguard.control.Finding;
import io.jenkins.plugins.awsrootguard.control.Findings;
import io.jenkins.plugins.awsrootguard.control.Reference;
import io.jenkins.plugins.awsrootguard.control.Severity;
import io.jenkins.plugins.awsrootguard.control.Status;
import io.jenkins.plugins.awsrootguard.phase.AccountState;
import io.jenkins.plugins.awsrootguard.phase.PendingTask;
import io.jenkins.plugins.awsrootguard.phase.RemediationPlan;
import io.jenkins.plugins.awsrootguard.view.OpenPauses;
import io.jenkins.plugins.awsrootguard.view.RootGuardAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.htmlunit.html.DomAttr;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The page of a build, as a browser gets it. */
@WithJenkins
class BuildPageTest {

    private static final String HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&";

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
    void aBuildThatReadNothingSaysWhatWouldFillThePage() throws Exception {
        RootGuardAction.of(build);
        assertThat(Pages.text(page()), containsString("This build has not looked at an AWS account yet"));
    }

    @Test
    void anAccountThatWasConnectedToAndNotReadSaysSo() throws Exception {
        RootGuardAction.of(build).remember(Journey.ACCOUNT, null, "us-east-1");
        String text = Pages.text(page());
        assertThat(text, containsString("Nothing was read of account 123456789012"));
    }

    @Test
    void whatWasReadAndNotJudgedShowsNoFindingsAndNoPraise() throws Exception {
        journey = new Journey();
        show(journey.assessed());
        String text = Pages.text(page());
        assertThat(text, containsString("has not been judged yet"));
        assertThat(text, containsString("rootGaps"));
        assertThat(text, not(containsString("Nothing is open")));
    }

    @Test
    void anUnsecuredAccountShowsVerdictPhasesTasksFindingsPlanAndFiles() throws Exception {
        show(Sample.judged());
        RootGuardAction.of(build).saveCredentialReport(Journey.ACCOUNT, Sample.credentialReport());
        HtmlPage page = page();
        Pages.assertNothingInline(Pages.ours(page));
        String text = Pages.text(page);
        assertThat(text, containsString("At risk"));
        assertThat(text, containsString("The root user of 123456789012 (prod) is at risk"));
        assertThat(text, containsString("1. Assess"));
        assertThat(text, containsString("4. Validate\nnot run"));
        assertThat(text, containsString("Waiting for you"));
        assertThat(text, containsString("AccountMFAEnabled = 0"));
        assertThat(text, containsString("Planned changes"));
        assertNotNull(page.getElementById("finding-root-access-keys"), "the row of root's key");
        assertNotNull(page.getAnchorByHref("123456789012/files/credential-report.csv"));
        assertNotNull(
                page.getFirstByXPath("//a[@href='https://console.aws.amazon.com/iam/home#/security_credentials']"));
        assertFalse(text.matches("(?s).*AKIA[A-Z0-9]{16}.*"), "a whole key id");
    }

    @Test
    void theWorstFindingComesFirstAndPassedOnesAreFoldedAndUnknownOnesAreNot() throws Exception {
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
                "the finding that could not be read stands in the open");
    }

    @Test
    void aSecuredAccountShowsItsProofAndWhoApprovedWhat() throws Exception {
        journey = new Journey();
        show(journey.validated());
        HtmlPage page = page();
        Pages.assertNothingInline(Pages.ours(page));
        assertNotNull(page.getElementById("proof"));
        String changes = page.getElementById("changes").asNormalizedText();
        assertThat(changes, containsString("Done"));
        assertThat(changes, containsString("alice"));
        assertNull(page.getElementById("plan"), "what was carried out isn't shown as planned");
        assertThat(page.getElementById("proof").asNormalizedText(), containsString("Root MFA is enabled"));
    }

    @Test
    void aThousandFindingsAreAllThere() throws Exception {
        AccountState judged = Sample.judged();
        List<Finding> many = IntStream.range(0, 1000)
                .mapToObj(i -> finding("check-" + i, i % 2 == 0 ? Status.FAIL : Status.UNKNOWN, "Summary " + i))
                .toList();
        show(judged.withGaps(Findings.of(judged.facts(), many), judged.plan()));
        assertEquals(
                1000,
                page().getByXPath("//tr[starts-with(@id, 'finding-check-')]").size());
    }

    @Test
    void hostileNamesAndTextsAreShownAndNeverRun() throws Exception {
        journey = new Journey();
        journey.account.alias(HOSTILE);
        AccountState judged = journey.judged();
        Finding finding = new Finding(
                "hostile",
                HOSTILE,
                Severity.CRITICAL,
                Status.FAIL,
                HOSTILE,
                List.of(new Evidence(HOSTILE, Instant.EPOCH, HOSTILE)),
                HOSTILE,
                HOSTILE,
                List.of(new Reference(HOSTILE, "javascript:alert(3)")));
        PendingTask task =
                new PendingTask(PendingTask.What.MFA, HOSTILE, List.of(HOSTILE), "javascript:alert(4)", HOSTILE);
        show(judged.withGaps(
                Findings.of(judged.facts(), List.of(finding)),
                new RemediationPlan(Journey.ACCOUNT, Instant.now(), List.of(), List.of(task))));
        HtmlPage page = page();
        Pages.assertNothingInline(Pages.ours(page));
        assertThat(Pages.text(page), containsString("<script>alert(1)</script>"));
        HtmlPage front = j.createWebClient().getPage(build);
        assertThat(front.getElementById("main-panel").asNormalizedText(), containsString("<script>alert(1)</script>"));
    }

    @Test
    void aDamagedFileIsAMessageAndNoStackTrace() throws Exception {
        show(Sample.judged());
        Path state = build.getRootDir().toPath().resolve("aws-root-guard/123456789012/state.json");
        Files.writeString(state, "{ not JSON");
        j.jenkins.reload();
        build = j.jenkins
                .getItemByFullName("secure-root", hudson.model.FreeStyleProject.class)
                .getBuildByNumber(1);
        String text = Pages.text(page());
        assertThat(text, containsString("What this build stored of account 123456789012 can't be read"));
        assertThat(text, containsString("state.json"));
        assertTrue(Files.exists(state), "what can't be read is left for somebody to look at");
    }

    @Test
    void theFrontPageOfTheBuildHasOneLine() throws Exception {
        show(Sample.judged());
        HtmlPage front = j.createWebClient().getPage(build);
        String text = front.getElementById("main-panel").asNormalizedText();
        assertThat(text, containsString("Root user of 123456789012 (prod): "));
        assertThat(text, containsString("critical"));
        assertNotNull(front.getAnchorByHref("aws-root-guard/"));
    }

    @Test
    void twoAccountsHaveAListAndAPageEach() throws Exception {
        show(Sample.judged());
        RootGuardAction.of(build).remember("000000000001", null, null);
        HtmlPage list = page();
        assertThat(Pages.text(list), containsString("At risk"));
        HtmlPage one = list.getAnchorByHref("123456789012/").click();
        assertThat(Pages.text(one), containsString("The root user of 123456789012 (prod) is at risk"));
        assertNotNull(one.getAnchorByHref("files/findings.json"));
    }

    @Test
    void aPausedBuildLeadsToItsPauseInsteadOfOfferingAButton() throws Exception {
        show(Sample.judged());
        build.addAction(new Paused());
        HtmlPage page = page();
        String waiting = page.getElementById("waiting").asNormalizedText();
        assertThat(waiting, containsString("This build is paused until somebody answers: Approval of the plan"));
        String pause = "//a[contains(@href, '/job/secure-root/1/pauses/#plan')]";
        assertNotNull(page.getFirstByXPath(pause));
        assertNotNull(page.getFirstByXPath("//div[@id='task-MFA']//a[contains(@href, '/1/pauses/#mfa')]"));
        assertNull(page.getFirstByXPath("//div[@id='task-MFA']//form"));
        assertNotNull(page.getFirstByXPath("//div[@id='task-PASSWORD']//form"), "no pause stands for this one");
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
        RootGuardAction.of(build).update(Journey.ACCOUNT, before -> state);
    }

    private HtmlPage page() throws Exception {
        return j.createWebClient().getPage(build, "aws-root-guard/");
    }

    private static Finding finding(String control, Status status, String summary) {
        return new Finding(control, control, Severity.HIGH, status, summary, List.of(), "why", "what to do", List.of());
    }
}
