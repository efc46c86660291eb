package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.htmlunit.html.HtmlCheckBoxInput;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;

/** The pause: when it continues. */
@WithSharedJenkins
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ConfirmTest extends PausedBuild {

    @Test
    void continuesAutomaticallyWhenAwsReportsMfa() throws Exception {
        WorkflowRun run = Pauses.paused(
                j,
                "def c = rootConfirm(what: 'MFA')",
                "echo \"by=${c.confirmedBy} account=${c.accountId} saw=${c.saw}\"");
        j.waitForMessage("AccountMFAEnabled = 0", run);
        aws.account.root().enableVirtualMfa("phone");
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        j.assertLogContains("by=null account=123456789012 saw=account summary: AccountMFAEnabled = 1", run);
        Pauses.assertOver(run, 1);
    }

    @Test
    void continuesImmediatelyWhenMfaIsEnabled() throws Exception {
        aws.account.root().enableVirtualMfa("phone");
        WorkflowRun run = Pauses.paused(j, "rootConfirm 'MFA'");
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        Pauses.assertOver(run, 1);
    }

    @Test
    void checkNowShowsTheAnswerAtOnce() throws Exception {
        // So that no automatic check replaces the answer on the page.
        System.setProperty(JenkinsAws.POLL, "600");
        WorkflowRun run = Pauses.paused(j, "rootConfirm 'MFA'");
        HtmlPage page = Pauses.page(j.createWebClient(), run);
        HtmlPage after = (HtmlPage) Pauses.submit(Pauses.answer(page, Pauses.MFA));
        assertThat(
                after.asNormalizedText(),
                containsString("anonymous reported the task as completed. Not completed: account summary:"
                        + " AccountMFAEnabled = 0"));
        assertThat(after.asNormalizedText(), containsString("continues automatically. Next check: "));
        j.assertLogContains("reported the task as completed. Not completed: account summary", run);
        assertTrue(run.isBuilding());
        aws.account.root().enablePasskey();
        Pauses.submit(Pauses.answer(after, Pauses.MFA));
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        Pauses.assertOver(run, 1);
    }

    @Test
    void checkNowShowsTheReceiptAtOnceWhenTheTaskIsCompleted() throws Exception {
        // So that no automatic check ends the pause first.
        System.setProperty(JenkinsAws.POLL, "600");
        WorkflowRun run = Pauses.paused(j, "rootConfirm 'MFA'", "rootConfirm 'PASSWORD'");
        j.waitForMessage("AccountMFAEnabled = 0", run);
        HtmlForm form = Pauses.answer(Pauses.page(j.createWebClient(), run), Pauses.MFA);
        aws.account.root().enableVirtualMfa("phone");
        HtmlPage after = (HtmlPage) Pauses.submit(form);
        assertThat(
                after.getElementById("receipts").asNormalizedText(),
                containsString("account summary: AccountMFAEnabled = 1"));
    }

    @Test
    void failedCheckNeverCountsAsCompleted() throws Exception {
        aws.account.root().enableVirtualMfa("phone");
        aws.aws.faults().deny("*", "iam:GetAccountSummary");
        WorkflowRun run = Pauses.paused(j, "rootConfirm 'MFA'");
        j.waitForMessage("The check failed. The pause continues: ", run);
        Pauses.submit(Pauses.answer(Pauses.page(j.createWebClient(), run), Pauses.MFA));
        j.waitForMessage("reported the task as completed. The check failed", run);
        assertTrue(run.isBuilding());
        aws.aws.faults().clear();
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
    }

    @Test
    void pageShowsReasonStepsCheckAndLastResult() throws Exception {
        WorkflowRun run = Pauses.paused(j, "rootConfirm what: 'MFA', message: 'Call <b>Eve</b> first'");
        j.waitForMessage("AccountMFAEnabled = 0", run);
        HtmlPage page = Pauses.page(j.createWebClient(), run);
        String text = page.asNormalizedText();
        assertThat(text, containsString("Enable MFA for the root user of account 123456789012 (prod)"));
        assertThat(text, containsString("Call <b>Eve</b> first"));
        assertThat(text, containsString("Verification: iam:GetAccountSummary reports AccountMFAEnabled = 1"));
        assertThat(text, containsString("Not completed: account summary: AccountMFAEnabled = 0"));
        assertThat(text, containsString("Check now"));
        assertEquals(
                "https://console.aws.amazon.com/iam/home#/security_credentials",
                page.getAnchorByText("Open the AWS console").getHrefAttribute());
        Pauses.submit(Pauses.abort(page, Pauses.MFA));
        j.waitForCompletion(run);
    }

    @Test
    void passwordStatementStartsTheRotationDeadline() throws Exception {
        aws.account.root().changePassword();
        WorkflowRun run = Pauses.paused(j, "def c = rootConfirm(what: 'PASSWORD')", "echo \"by=${c.confirmedBy}\"");
        HtmlPage page = Pauses.page(j.createWebClient(), run);
        assertThat(page.asNormalizedText(), containsString("20 characters or more"));
        assertTrue(page.getElementsByTagName("input").stream()
                .noneMatch(i -> i.getAttribute("type").equals("password")));
        HtmlForm form = Pauses.answer(page, Pauses.PASSWORD);
        form.<HtmlCheckBoxInput>getInputByName("agreed").setChecked(true);
        Pauses.submit(form);
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        j.assertLogContains("by=anonymous", run);
        PasswordConfirmation last =
                PasswordDeadlines.get().last(JenkinsAws.ACCOUNT).orElseThrow();
        assertEquals("anonymous", last.by());
        assertThat(last.corroboration(), containsString("CloudTrail shows PasswordUpdated by root"));
        Pauses.assertOver(run, 1);
    }

    @Test
    void refusesPasswordWithoutTheCheckBox() throws Exception {
        WorkflowRun run = Pauses.paused(j, "rootConfirm 'PASSWORD'");
        JenkinsRule.WebClient web = j.createWebClient();
        HtmlForm form = Pauses.answer(Pauses.page(web, run), Pauses.PASSWORD);
        assertTrue(form.<HtmlCheckBoxInput>getInputByName("agreed").isRequired(), "a browser lets it go unticked");
        assertEquals(400, Pauses.post(j, web, run, Pauses.PASSWORD + "/proceed"));
        assertTrue(run.isBuilding());
        assertTrue(PasswordDeadlines.get().last(JenkinsAws.ACCOUNT).isEmpty());
        Pauses.submit(Pauses.abort(Pauses.page(web, run), Pauses.PASSWORD));
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
    }

    @Test
    void hidesTheFormWhileVerifying() throws Exception {
        WorkflowRun run = Pauses.paused(j, "rootConfirm 'PASSWORD'");
        aws.aws.faults().delay("cloudtrail:LookupEvents", Duration.ofSeconds(30));
        JenkinsRule.WebClient web = j.createWebClient();
        HtmlPage page = Pauses.page(web, run);
        HtmlForm form = Pauses.answer(page, Pauses.PASSWORD);
        form.<HtmlCheckBoxInput>getInputByName("agreed").setChecked(true);
        HtmlPage after = (HtmlPage) Pauses.submit(form);
        assertThat(
                after.asNormalizedText(),
                containsString(
                        "anonymous confirmed that the root password was changed. Jenkins is saving the confirmation."));
        assertTrue(after.getByXPath("//form[@name='proceed-" + Pauses.PASSWORD + "']")
                .isEmpty());
    }

    @Test
    void continuesAutomaticallyWhenTheAdministratorHasMfa() throws Exception {
        WorkflowRun run = Pauses.paused(j, "rootConfirm 'ADMIN_MFA'");
        j.waitForMessage("Not completed: The only IAM administrator, alice, has no MFA", run);
        aws.account.user("alice").enableVirtualMfa("alice-phone");
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
    }

    @Test
    void eachBranchIsJudgedByItsOwnPolicy() throws Exception {
        aws.account
                .createRole("AWSReservedSSO_Admin_0123456789abcdef")
                .attachedPolicies()
                .add(aws.account.administratorAccess());
        WorkflowRun run = Pauses.paused(
                j,
                "int planned = 0",
                "def pause = { policy, pauseId ->",
                "  rootGaps(unstableOn: 'NEVER', policy: \"administrators: {accept: [${policy}]}\")",
                "  planned++",
                "  waitUntil(initialRecurrencePeriod: 10, quiet: true) { planned == 2 }",
                "  rootConfirm(what: 'ADMIN_MFA', id: pauseId)",
                "  echo \"${policy} is over\"",
                "}",
                "parallel(users: { pause('IAM_USER', 'Users') }, roles: { pause('IDENTITY_CENTER', 'Roles') })");
        j.waitForMessage("IDENTITY_CENTER is over", run);
        j.waitForMessage("Not completed: The only IAM administrator, alice, has no MFA", run);
        j.assertLogNotContains("IAM_USER is over", run);
        aws.account.user("alice").enableVirtualMfa("alice-phone");
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        j.assertLogContains("IAM_USER is over", run);
    }

    @Test
    void pauseNamesAdministratorOfItsOwnBranch() throws Exception {
        aws.account.user("alice").attachedPolicies().clear();
        WorkflowRun run = JenkinsAws.job(
                        j,
                        "rootReport(credentialsId: 'root')",
                        "int planned = 0",
                        "def pause = { user ->",
                        "  rootGaps(unstableOn: 'NEVER', adminUser: user)",
                        "  planned++",
                        "  waitUntil(initialRecurrencePeriod: 10, quiet: true) { planned == 2 }",
                        "  rootConfirm(what: 'ADMIN_MFA', id: user)",
                        "}",
                        "parallel(a: { pause('Anna') }, b: { pause('Bert') })")
                .scheduleBuild2(0)
                .waitForStart();
        for (String user : List.of("Anna", "Bert")) {
            String title = "Assign an MFA device to the administrator " + user + " of ";
            j.waitForMessage("Paused: " + title, run);
            HtmlPage page = Pauses.page(j.createWebClient(), run);
            assertThat(page.getElementById(user).asNormalizedText(), containsString(title));
        }
        run.doKill();
        j.waitForCompletion(run);
    }

    @Test
    void onePageShowsTwoPausesOfABuild() throws Exception {
        WorkflowRun run = Pauses.paused(j, "parallel(a: { rootConfirm 'MFA' }, b: { rootConfirm 'PASSWORD' })");
        j.waitForMessage("Paused: Enable MFA", run);
        j.waitForMessage("Paused: Change the root password", run);
        HtmlPage page = Pauses.page(j.createWebClient(), run);
        assertEquals(2, page.getByXPath("//section[@class='root-guard-task']").size());
        HtmlForm form = Pauses.answer(page, Pauses.PASSWORD);
        form.<HtmlCheckBoxInput>getInputByName("agreed").setChecked(true);
        Pauses.submit(form);
        j.waitForMessage("Confirmed by anonymous", run);
        assertTrue(run.isBuilding());
        aws.account.root().enableVirtualMfa("phone");
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        Pauses.assertOver(run, 2);
    }

    @Test
    void refusesTheSameIdTwiceAtTheSameTime() throws Exception {
        WorkflowRun run =
                Pauses.paused(j, "parallel(a: { rootConfirm 'MFA' }, b: { rootConfirm 'MFA' }, failFast: true)");
        j.waitForCompletion(run);
        j.assertLogContains("is already waiting in this build. Give this one another id", run);
    }
}
