package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.RecordedCall;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlCheckBoxInput;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;

/** Approving and carrying out the plans of all accounts of an organization. */
@WithSharedJenkins
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class OrganizationSecureTest {

    private static final String READ = "rootReport(organization: true, credentialsId: 'org')";
    private static final String SECURE =
            "def s = rootSecure(dryRun: false)\necho \"done=${s.done} failed=${s.failed} skipped=${s.skipped}\"";

    private static JenkinsRule j;

    private OrganizationAws aws;

    @BeforeAll
    static void startJenkins(JenkinsRule rule) {
        j = rule;
    }

    @BeforeEach
    void start() throws Exception {
        aws = new OrganizationAws().storeCredentials();
    }

    @AfterEach
    void stop() {
        Pauses.killAll(j);
        aws.close();
    }

    @Test
    void dryRunIsTheDefaultAndChangesNothing() throws Exception {
        WorkflowRun run =
                run(READ, "def s = rootSecure()", "echo \"dry=${s.dryRun} would=${s.wouldDo} of=${s.accounts}\"");
        j.assertBuildStatusSuccess(run);
        j.assertLogContains("dry=true would=1 of=1", run);
        assertThat(changingCalls(), empty());
        assertThat(page(run, OrganizationAws.WITH_KEY + "/"), containsString("Dry run"));
    }

    @Test
    void deletesNothingWithoutApproval() throws Exception {
        WorkflowRun run = run(READ, SECURE);
        j.assertBuildStatus(Result.UNSTABLE, run);
        j.assertLogContains("200000000001 (shop): Delete root's active access key AKIA…", run);
        j.assertLogContains("The change is not approved.", run);
        assertThat(changingCalls(), empty());
        assertThat(aws.withKey.root().accessKeys(), hasSize(1));
    }

    @Test
    void carriesOutAndValidatesApprovedPlans() throws Exception {
        WorkflowRun run = paused("rootConfirm 'PLAN'", SECURE, "rootValidate(unstableOn: 'NEVER', unknown: 'IGNORE')");
        HtmlPage page = Pauses.page(j.createWebClient(), run);
        String text = page.asNormalizedText();
        assertThat(text, containsString("Approve the plans of organization " + aws.organization.id()));
        assertThat(text, containsString("1 change is planned in 1 account; 1 cannot be undone, 0 are held back."));
        assertThat(text, containsString("200000000001 (shop)"));
        assertThat(page(run, OrganizationAws.WITH_KEY + "/"), containsString("Build paused: Plan approval"));
        assertThat(page(run, OrganizationAws.CLEAN + "/"), not(containsString("Build paused")));
        Pauses.submit(Pauses.answer(page, plan()));
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        j.assertLogContains("done=1 failed=0 skipped=0", run);
        assertThat(aws.withKey.root().accessKeys(), empty());
        AccountState state = state(run, OrganizationAws.WITH_KEY);
        assertEquals("anonymous", state.approval().by());
        assertEquals(
                List.of(ChangeRecord.Outcome.DONE),
                state.changes().stream().map(ChangeRecord::outcome).toList());
        assertEquals("anonymous", state.changes().get(0).approvedBy());
        assertNotNull(state.securedAt());
        assertNotNull(state.validation());
        assertNull(state(run, OrganizationAws.CLEAN).approval());
        assertThat(page(run, ""), containsString("1 change was approved"));
        assertThat(page(run, ""), containsString("1 change made"));
        Pauses.assertOver(run, 1);
    }

    @Test
    void selectedKeyIsDeletedInItsOwnAccountOnly() throws Exception {
        EmulatedAccount other = aws.member(200_000_000_003L);
        String ticked = aws.recentlyUsedKey(aws.clean);
        aws.recentlyUsedKey(other);
        WorkflowRun run = paused("rootConfirm 'PLAN'", SECURE);
        HtmlPage page = Pauses.page(j.createWebClient(), run);
        assertThat(page.asXml(), not(containsString(ticked)));
        HtmlForm form = Pauses.answer(page, plan());
        assertEquals(2, form.getInputsByName("key").size());
        assertThat(page.asNormalizedText(), containsString("Allow deletion in account 200000000002"));
        assertThat(page.asNormalizedText(), containsString("To delete the key, select its check box."));
        assertThat(page.asNormalizedText(), not(containsString("deleteKeys")));
        assertThat(page(run, OrganizationAws.CLEAN + "/"), containsString("add 200000000002:AKIA…"));
        ((HtmlCheckBoxInput) page.getElementById("key-200000000002-0")).setChecked(true);
        Pauses.submit(form);
        j.assertBuildStatus(Result.UNSTABLE, j.waitForCompletion(run));
        assertThat(aws.withKey.root().accessKeys(), empty());
        assertThat(aws.clean.root().accessKeys(), empty());
        assertThat(other.root().accessKeys(), hasSize(1));
        Approval approval = state(run, OrganizationAws.CLEAN).approval();
        assertEquals(Set.of(ticked), approval.namedKeys());
        assertNull(state(run, other.id()).approval(), "what is held back is not approved");
        assertThat(page(run, other.id() + "/"), containsString("add 200000000003:AKIA…"));
        j.assertLogContains("To delete the key, add 200000000003:AKIA…", run);
    }

    @Test
    void keepsKeysThatAreSelectedOnEachPageOfPlan() throws Exception {
        List<EmulatedAccount> members = LongStream.range(0, 50)
                .mapToObj(i -> aws.member(200_000_000_100L + i))
                .toList();
        members.forEach(aws::recentlyUsedKey);
        EmulatedAccount first = members.get(0);
        EmulatedAccount last = members.get(49);
        WorkflowRun run = paused("rootConfirm 'PLAN'", SECURE);

        HtmlPage page = Pauses.page(j.createWebClient(), run);
        assertThat(page.asNormalizedText(), containsString("Page 1 of 2"));
        assertNull(page.getElementById("plan-" + last.id()));
        select(page, first);
        page = press(page, "Next");
        assertThat(page.asNormalizedText(), containsString("Page 2 of 2"));
        assertNull(page.getElementById("plan-" + first.id()));
        select(page, last);
        page = press(page, "Previous");
        assertTrue(((HtmlCheckBoxInput) page.getElementById("key-" + first.id() + "-0")).isChecked());
        assertFalse(
                ((HtmlCheckBoxInput) page.getElementById("key-" + members.get(1).id() + "-0")).isChecked());
        assertThat(changingCalls(), empty());
        press(page, "Approve plan");

        j.assertBuildStatus(Result.UNSTABLE, j.waitForCompletion(run));
        assertThat(first.root().accessKeys(), empty());
        assertThat(last.root().accessKeys(), empty());
        assertThat(aws.withKey.root().accessKeys(), empty());
        for (EmulatedAccount member : members.subList(1, 49)) {
            assertThat(member.root().accessKeys(), hasSize(1));
        }
    }

    @Test
    void deletesNoKeyThatWasSelectedInAnotherPlan() throws Exception {
        List<EmulatedAccount> members = LongStream.range(0, 50)
                .mapToObj(i -> aws.member(200_000_000_100L + i))
                .toList();
        members.forEach(aws::recentlyUsedKey);
        EmulatedAccount first = members.get(0);
        aws.recentlyUsedKey(first);
        WorkflowRun run = paused("rootConfirm 'PLAN'", SECURE);
        JenkinsRule.WebClient web = j.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        HtmlPage page = Pauses.page(web, run);
        select(page, first);
        page = press(page, "Next");
        BuildStore.of(run).update(first.id(), s -> {
            List<PlannedChange> other = new ArrayList<>(s.plan().changes());
            Collections.reverse(other);
            return s.withGaps(s.findings(), new RemediationPlan(s.accountId(), s.plannedAt(), other, List.of()));
        });
        String refused = "The plan has changed since this page was loaded";
        assertThat(press(page, "Approve plan").asNormalizedText(), containsString(refused));
        assertThat(press(page, "Previous").asNormalizedText(), containsString(refused));

        press(web.getPage(run, "root-guard-confirm/?page=2"), "Approve plan");

        j.assertBuildStatus(Result.UNSTABLE, j.waitForCompletion(run));
        assertThat(first.root().accessKeys(), hasSize(2));
        assertThat(aws.withKey.root().accessKeys(), empty());
    }

    private static void select(HtmlPage plan, EmulatedAccount account) {
        ((HtmlCheckBoxInput) plan.getElementById("key-" + account.id() + "-0")).setChecked(true);
    }

    private static HtmlPage press(HtmlPage plan, String button) throws IOException {
        return (HtmlPage)
                Pauses.confirmDialog(plan.<HtmlButton>getFirstByXPath("//button[normalize-space()='" + button + "']")
                        .click());
    }

    @Test
    void refusesApprovalOfAnotherPlan() throws Exception {
        WorkflowRun run = paused("rootConfirm 'PLAN'");
        JenkinsRule.WebClient web = j.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        HtmlForm form = Pauses.answer(Pauses.page(web, run), plan());
        form.getInputByName("plan").setValue("0");
        HtmlPage refused = (HtmlPage) Pauses.submit(form);
        assertThat(refused.asNormalizedText(), containsString("The plan has changed since this page was loaded"));
        assertTrue(run.isBuilding());
        Pauses.submit(Pauses.abort(Pauses.page(web, run), plan()));
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
        assertThat(aws.withKey.root().accessKeys(), hasSize(1));
    }

    @Test
    void buildPageLinksToThePauseOnly() throws Exception {
        WorkflowRun run = paused("rootConfirm 'PLAN'");
        HtmlPage page = j.createWebClient().getPage(run, "aws-root-guard/");
        assertThat(
                page.getElementById("action-required").asNormalizedText(),
                containsString("Build paused: Plan approval"));
        assertNotNull(page.getFirstByXPath("//a[contains(@href, 'root-guard-confirm/#" + plan() + "')]"));
        assertNull(page.getFirstByXPath("//form[contains(@action, 'confirm')]"));
        String xml = Files.readString(run.getRootDir().toPath().resolve("build.xml"));
        assertFalse(xml.contains(OrganizationAws.WITH_KEY), "an account in build.xml");
        Pauses.submit(Pauses.abort(Pauses.page(j.createWebClient(), run), plan()));
        j.waitForCompletion(run);
    }

    @Test
    void continuesWithoutPauseWhenNothingIsPlanned() throws Exception {
        WorkflowRun run = run(
                "rootReport(organization: true, credentialsId: 'org', exclude: ['200000000001'])",
                "rootConfirm 'PLAN'");
        j.assertBuildStatusSuccess(run);
        j.assertLogContains("No changes are planned, so there is nothing to approve", run);
    }

    @Test
    void refusesOtherTasksForTheOrganization() throws Exception {
        WorkflowRun run = run(READ, "rootConfirm 'MFA'");
        j.assertBuildStatus(Result.FAILURE, run);
        j.assertLogContains("rootConfirm what: 'MFA' is about one account. Add accountId.", run);
        assertOneLine(
                "rootConfirm needs rootReport organization: true first",
                "rootConfirm(what: 'PLAN', organization: true)");
        assertOneLine("needs rootReport organization: true first", "rootSecure(organization: true)");
    }

    @Test
    void removesRootPasswordWhenApproved() throws Exception {
        aws.clean.root().passwordPresent(true);
        WorkflowRun run = run(
                READ,
                "def g = rootGaps(removeRootPassword: true, unstableOn: 'NEVER', unknown: 'IGNORE')",
                "echo \"planned=${g.planned} in ${g.plannedAccounts}\"",
                "def s = rootSecure(dryRun: false, approved: true)",
                "echo \"done=${s.done} complete=${s.complete}\"");
        j.assertBuildStatusSuccess(run);
        j.assertLogContains("planned=2 in 2", run);
        j.assertLogContains("done=2 complete=true", run);
        assertFalse(aws.clean.root().hasPassword());
    }

    @Test
    void failureInOneAccountAffectsNoOther() throws Exception {
        EmulatedAccount other = aws.member(200_000_000_003L);
        other.root().addSigningCertificate();
        aws.aws.faults().deny(aws.withKey.root().arn(), "iam:DeleteAccessKey");
        WorkflowRun run = run(READ, "rootSecure(dryRun: false, approved: true)");
        j.assertBuildStatus(Result.FAILURE, run);
        j.assertLogContains("1 change failed in 1 account, first 200000000001 (shop)", run);
        j.assertLogNotContains("\tat ", run);
        assertThat(other.root().certificates(), empty());
        assertEquals(
                ChangeRecord.Outcome.FAILED,
                state(run, OrganizationAws.WITH_KEY).changes().get(0).outcome());
        aws.aws.faults().clear();
        j.assertBuildStatusSuccess(run(READ, "rootSecure(dryRun: false, approved: true)"));
        assertThat(aws.withKey.root().accessKeys(), empty());
    }

    @Test
    void secondRunChangesNothing() throws Exception {
        run(READ, "rootSecure(dryRun: false, approved: true)");
        aws.aws.clearCalls();
        WorkflowRun again = run(READ, "def s = rootSecure(dryRun: false, approved: true)", "echo \"of=${s.accounts}\"");
        j.assertBuildStatusSuccess(again);
        j.assertLogContains("of=0", again);
        assertThat(changingCalls(), empty());
    }

    @Test
    void storesNoSecret() throws Exception {
        WorkflowRun run = paused("rootConfirm 'PLAN'", SECURE);
        Pauses.submit(Pauses.answer(Pauses.page(j.createWebClient(), run), plan()));
        j.waitForCompletion(run);
        String secret = aws.management.userKey("security").secretAccessKey();
        try (Stream<Path> files = Files.walk(run.getRootDir().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(unpacked(file).contains(secret), file + " holds a secret");
                assertFalse(unpacked(file).contains("FwoGZXIvYXdzE"), file + " holds a session");
            }
        }
    }

    private static String unpacked(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        if (file.toString().endsWith(".gz")) {
            try (var in = new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(content))) {
                content = in.readAllBytes();
            }
        }
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    private void assertOneLine(String error, String script) throws Exception {
        WorkflowRun run = run(script);
        j.assertBuildStatus(Result.FAILURE, run);
        j.assertLogContains(error, run);
        assertThat(JenkinsRule.getLog(run), not(containsString("\tat ")));
    }

    private String plan() {
        return "PLAN-organization";
    }

    private WorkflowRun paused(String... more) throws Exception {
        String[] script = Stream.concat(Stream.of(READ), Stream.of(more)).toArray(String[]::new);
        WorkflowRun run = JenkinsAws.job(j, script).scheduleBuild2(0).waitForStart();
        j.waitForMessage("Show instructions", run);
        return run;
    }

    private WorkflowRun run(String... script) throws Exception {
        WorkflowJob job = JenkinsAws.job(j, script);
        return j.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }

    private static AccountState state(Run<?, ?> run, String account) {
        return BuildStore.of(run).accounts().state(account).orElseThrow();
    }

    private static String page(WorkflowRun run, String rest) throws Exception {
        return j.createWebClient().getPage(run, "aws-root-guard/" + rest).asNormalizedText();
    }

    private List<String> changingCalls() {
        return aws.aws.calls().stream()
                .map(RecordedCall::action)
                .filter(a -> !a.matches("(Get|List|Lookup|Describe|Simulate|Generate|AssumeRoot).*"))
                .toList();
    }
}
