package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.htmlunit.html.HtmlCheckBoxInput;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;

/** The pause for a plan: what is shown is what is approved. */
@WithSharedJenkins
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ConfirmPlanTest extends PausedBuild {

    private static final String PATIENCE = "io.jenkins.plugins.awsrootguard.pipeline.ConfirmView.patienceSeconds";

    @AfterEach
    void awaitChecks() {
        System.clearProperty(PATIENCE);
    }

    @Test
    void failsTheBuildWhenApprovalCannotBeStored() throws Exception {
        WorkflowRun run = Pauses.paused(j, "rootConfirm 'PLAN'");
        HtmlPage page = Pauses.page(j.createWebClient(), run);
        Files.writeString(
                run.getRootDir()
                        .toPath()
                        .resolve("aws-root-guard")
                        .resolve(JenkinsAws.ACCOUNT)
                        .resolve("state.json"),
                "{");
        Pauses.submit(Pauses.answer(page, Pauses.PLAN));
        j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(run));
        j.assertLogContains("could not be stored", run);
        j.assertLogNotContains("\tat ", run);
    }

    @Test
    void pageShowsThatTheApprovalIsBeingSaved() throws Exception {
        WorkflowRun run = Pauses.paused(j, "rootConfirm 'PLAN'");
        HtmlForm form = Pauses.answer(Pauses.page(j.createWebClient(), run), Pauses.PLAN);
        StepExecution pause =
                run.getExecution().getCurrentExecutions(true).get().get(0);
        HtmlPage after;
        System.setProperty(PATIENCE, "0");
        // One check at a time: while this one is in progress the answer has no effect.
        synchronized (pause) {
            after = (HtmlPage) Pauses.submit(form);
        }
        assertThat(
                after.asNormalizedText(),
                containsString("Approved by anonymous. Jenkins is saving the approval and then continues the build."));
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
    }

    @Test
    void buildPageOffersNoConfirmationDuringThePause() throws Exception {
        WorkflowRun run = Pauses.paused(j, "rootConfirm 'PLAN'");
        HtmlPage page = j.createWebClient().getPage(run, "aws-root-guard/");
        assertTrue(page.getByXPath("//div[@id='task-PASSWORD']//form").isEmpty());
        assertThat(
                page.getElementById("task-PASSWORD").asNormalizedText(),
                containsString("Confirm this task on the pause page of the build"));
    }

    @Test
    void approvesThePlanAndTheSelectedKeys() throws Exception {
        WorkflowRun run = Pauses.paused(
                j,
                "rootReport(credentialsId: 'root')",
                "rootGaps(unstableOn: 'NEVER')",
                "rootConfirm what: 'PLAN'",
                "rootSecure(credentialsId: 'root', dryRun: false)");
        HtmlPage page = Pauses.page(j.createWebClient(), run);
        String id = aws.account.rootKey().accessKeyId();
        assertThat(page.asXml(), not(containsString(id)));
        assertThat(page.asNormalizedText(), containsString("To delete the key, select its check box."));
        assertThat(page.asNormalizedText(), not(containsString("deleteKeys")));
        HtmlForm form = Pauses.answer(page, Pauses.PLAN);
        form.<HtmlCheckBoxInput>getInputByName("key").setChecked(true);
        Pauses.submit(form);
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        Approval approval = BuildStore.of(run)
                .accounts()
                .state(JenkinsAws.ACCOUNT)
                .orElseThrow()
                .approval();
        assertEquals("anonymous", approval.by());
        assertEquals(Set.of(id), approval.namedKeys());
        assertEquals(0, aws.account.root().accessKeys().size());
        Pauses.assertOver(run, 1);
    }

    @Test
    void keepsHeldBackKeyThatIsNotSelected() throws Exception {
        WorkflowRun run = Pauses.paused(
                j,
                "rootReport(credentialsId: 'root')",
                "rootGaps(unstableOn: 'NEVER')",
                "rootConfirm what: 'PLAN'",
                "rootSecure(credentialsId: 'root', dryRun: false)");
        Pauses.submit(Pauses.answer(Pauses.page(j.createWebClient(), run), Pauses.PLAN));
        j.assertBuildStatus(Result.UNSTABLE, j.waitForCompletion(run));
        assertEquals(1, aws.account.root().accessKeys().size());
        assertEquals(0, aws.account.root().certificates().size());
        HtmlPage receipt = Pauses.page(j.createWebClient(), run);
        assertThat(
                receipt.getElementById("receipts").asNormalizedText(),
                containsString("Plan approval: confirmed by anonymous"));
        assertTrue(
                receipt.getAnchorByText("Open the results").getHrefAttribute().endsWith("/aws-root-guard/"));
    }

    @Test
    void saysThatNothingIsApprovedWhenEveryChangeIsHeldBack() throws Exception {
        WorkflowRun run = Pauses.paused(
                j,
                "catchError { rootSecure(dryRun: false, approved: true) }",
                "def c = rootConfirm(what: 'PLAN')",
                "echo c.saw");
        HtmlPage page = Pauses.page(j.createWebClient(), run);
        assertThat(page.asNormalizedText(), containsString("Every change is held back."));
        Pauses.submit(Pauses.answer(page, Pauses.PLAN));
        j.waitForCompletion(run);
        j.assertLogContains("Confirmed by anonymous: plan, No change was approved: all of them are held back", run);
        assertThat(
                Pauses.page(j.createWebClient(), run).getElementById("receipts").asNormalizedText(),
                containsString("No change was approved: all of them are held back"));
        Approval approval = BuildStore.of(run)
                .accounts()
                .state(JenkinsAws.ACCOUNT)
                .orElseThrow()
                .approval();
        assertTrue(approval == null || !"anonymous".equals(approval.by()));
    }

    @Test
    void refusesApprovalOfAnotherPlan() throws Exception {
        WorkflowRun run = Pauses.paused(j, "rootConfirm 'PLAN'");
        JenkinsRule.WebClient web = j.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        HtmlForm form = Pauses.answer(Pauses.page(web, run), Pauses.PLAN);
        form.getInputByName("plan").setValue("0");
        HtmlPage refused = (HtmlPage) Pauses.submit(form);
        assertThat(refused.asNormalizedText(), containsString("The plan has changed since this page was loaded"));
        assertTrue(run.isBuilding());
        Pauses.submit(Pauses.abort(Pauses.page(web, run), Pauses.PLAN));
        j.waitForCompletion(run);
    }

    @Test
    void continuesNoBuildWhosePlanChangesWhileApprovalIsSaved() throws Exception {
        WorkflowRun run = Pauses.paused(j, "rootConfirm 'PLAN'");
        JenkinsRule.WebClient web = j.createWebClient();
        HtmlForm form = Pauses.answer(Pauses.page(web, run), Pauses.PLAN);
        StepExecution pause =
                run.getExecution().getCurrentExecutions(true).get().get(0);
        System.setProperty(PATIENCE, "0");
        synchronized (pause) {
            Pauses.submit(form);
            BuildStore.of(run)
                    .update(
                            JenkinsAws.ACCOUNT,
                            s -> s.withGaps(
                                    s.findings(),
                                    new RemediationPlan(
                                            s.accountId(),
                                            s.plannedAt(),
                                            s.plan()
                                                    .changes()
                                                    .subList(
                                                            1,
                                                            s.plan().changes().size()),
                                            List.of(),
                                            List.of())));
        }
        j.waitForMessage("Not completed: the plan has changed since anonymous approved it", run);
        assertTrue(run.isBuilding());
        Approval approval = BuildStore.of(run)
                .accounts()
                .state(JenkinsAws.ACCOUNT)
                .orElseThrow()
                .approval();
        assertNull(approval);
    }

    @Test
    void refusesApprovalOfAPlanWithTheSameHashCode() throws Exception {
        aws.account.user("alice").attachedPolicies().clear();
        aws.account.allow("alice", """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}""");
        WorkflowRun run = Pauses.paused(j, "rootGaps(unstableOn: 'NEVER', adminUser: 'AaGuard')", "rootConfirm 'PLAN'");
        JenkinsRule.WebClient web = j.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        HtmlForm form = Pauses.answer(Pauses.page(web, run), Pauses.PLAN);
        // Java's hash of AaGuard is that of BBGuard.
        BuildStore.of(run)
                .update(
                        JenkinsAws.ACCOUNT,
                        s -> s.withGaps(
                                s.findings(),
                                new RemediationPlan(
                                        s.accountId(),
                                        s.plannedAt(),
                                        s.plan().changes().stream()
                                                .map(c -> new PlannedChange(
                                                        c.kind(),
                                                        c.target().replace("Aa", "BB"),
                                                        c.description(),
                                                        c.control(),
                                                        c.heldBack(),
                                                        null))
                                                .toList(),
                                        List.of(),
                                        List.of())));
        HtmlPage refused = (HtmlPage) Pauses.submit(form);
        assertThat(refused.asNormalizedText(), containsString("The plan has changed since this page was loaded"));
        assertTrue(run.isBuilding());
    }

    @Test
    void emptyPlanNeedsNoApproval() throws Exception {
        EmulatedAccount secured = Presets.secured(aws.aws, "210987654321");
        secured.reportDelay(0);
        JenkinsAws.credential(
                "other", secured.attachAdministratorAccess("admin").userKey("admin"));
        WorkflowRun run = j.buildAndAssertSuccess(JenkinsAws.job(
                j,
                "rootReport(credentialsId: 'other')",
                "rootGaps(unstableOn: 'NEVER')",
                "def c = rootConfirm(what: 'PLAN')",
                "echo \"by=${c.confirmedBy}\""));
        j.assertLogContains("there is nothing to approve", run);
        j.assertLogContains("by=null", run);
        Pauses.assertOver(run, 0);
    }
}
