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
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlCheckBoxInput;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Pauses of a build that works on an organization. */
@WithSharedJenkins
class OrganizationConfirmTest extends InOrganization {

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
        List<EmulatedAccount> members = membersWithRecentlyUsedKey();
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
        List<EmulatedAccount> members = membersWithRecentlyUsedKey();
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
            return s.withGaps(
                    s.findings(), new RemediationPlan(s.accountId(), s.plannedAt(), other, List.of(), List.of()));
        });
        String refused = "The plan has changed since this page was loaded";
        assertThat(press(page, "Approve plan").asNormalizedText(), containsString(refused));
        assertThat(press(page, "Previous").asNormalizedText(), containsString(refused));

        press(web.getPage(run, "root-guard-confirm/?page=2"), "Approve plan");

        j.assertBuildStatus(Result.UNSTABLE, j.waitForCompletion(run));
        assertThat(first.root().accessKeys(), hasSize(2));
        assertThat(aws.withKey.root().accessKeys(), empty());
    }

    @Test
    void administratorOfMemberIsCheckedWithRoleAndPolicyOfOrganization() throws Exception {
        aws.withKey.createUser("/", "carol");
        aws.withKey.attachAdministratorAccess("carol");
        aws.withKey
                .createRole("RootGuardAudit")
                .trusting(aws.management)
                .attachedPolicies()
                .add(aws.withKey.administratorAccess());
        WorkflowRun run = JenkinsAws.job(
                        j,
                        "rootReport(organization: true, credentialsId: 'org', memberRole: 'RootGuardAudit',"
                                + " policy: 'administrators: {accept: [IAM_USER]}')",
                        "rootConfirm(what: 'ADMIN_MFA', accountId: '" + OrganizationAws.WITH_KEY + "')")
                .scheduleBuild2(0)
                .waitForStart();
        j.waitForMessage("Not completed: The only IAM administrator, carol, has no MFA", run);
        aws.withKey.user("carol").enableVirtualMfa("phone");
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        j.assertLogContains("Continuing automatically", run);
    }

    /** 50 of them, so that the plan has two pages. */
    private List<EmulatedAccount> membersWithRecentlyUsedKey() {
        List<EmulatedAccount> members = LongStream.range(0, 50)
                .mapToObj(i -> aws.member(200_000_000_100L + i))
                .toList();
        members.forEach(aws::recentlyUsedKey);
        return members;
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

    private void assertOneLine(String error, String script) throws Exception {
        WorkflowRun run = run(script);
        j.assertBuildStatus(Result.FAILURE, run);
        j.assertLogContains(error, run);
        assertThat(JenkinsRule.getLog(run), not(containsString("\tat ")));
    }
}
