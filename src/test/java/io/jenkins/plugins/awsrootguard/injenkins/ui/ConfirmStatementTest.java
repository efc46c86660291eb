package io.jenkins.plugins.awsrootguard.injenkins.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.stringContainsInOrder;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.XmlFile;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.injenkins.Pauses;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;

/** Tasks that a user confirms on the page of the build, and the page after all are confirmed. */
class ConfirmStatementTest extends ConfirmFixture {

    @Test
    void aStatementAboutThePasswordStartsTheClockWithTheNameOfWhoMadeIt() throws Exception {
        journey.account.root().changePassword();
        HtmlPage page = press(PendingTask.What.PASSWORD, "bob");
        assertNull(page.getElementById("task-PASSWORD"));
        PasswordConfirmation said =
                PasswordDeadlines.get().last(Journey.ACCOUNT).orElseThrow();
        assertEquals("bob", said.by());
        assertThat(said.corroboration(), containsString("CloudTrail shows PasswordUpdated by root"));
        assertEquals(
                said,
                action.accounts().state(Journey.ACCOUNT).orElseThrow().facts().passwordConfirmation());
        assertEquals(
                build.getUrl(), PasswordDeadlines.get().all(said.at()).get(0).buildUrl());
    }

    @Test
    void aStatementHoldsWithoutCloudTrailAndSaysThatItStandsAlone() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        press(PendingTask.What.PASSWORD, "bob");
        PasswordConfirmation said =
                PasswordDeadlines.get().last(Journey.ACCOUNT).orElseThrow();
        assertEquals("bob", said.by());
        assertThat(said.corroboration(), containsString("CloudTrail could not be read: "));
    }

    @Test
    void aStatementNeedsAName() throws Exception {
        HtmlPage page = press(PendingTask.What.PASSWORD, null);
        assertThat(page.asNormalizedText(), containsString("Sign in first"));
        assertTrue(PasswordDeadlines.get().last(Journey.ACCOUNT).isEmpty());
    }

    @Test
    void anApprovalHoldsForTheChangesThatWereShown() throws Exception {
        askForApproval();
        HtmlPage page = press(PendingTask.What.PLAN, "bob");
        AccountState state = action.accounts().state(Journey.ACCOUNT).orElseThrow();
        assertEquals("bob", state.approval().by());
        assertEquals(
                state.plan().changes().stream()
                        .filter(c -> !c.isBlocked())
                        .map(PlannedChange::id)
                        .collect(Collectors.toSet()),
                state.approval().changeIds(),
                "what is held back is not approved along with the rest");
        assertNull(page.getElementById("task-PLAN"));
        assertThat(page.getElementById("plan").asNormalizedText(), containsString("Approved by bob"));
    }

    /** The other plan has the same time, as after two steps that plan the same reading. */
    @Test
    void refusesApprovalOfPlanThatThePageDidNotShow() throws Exception {
        askForApproval();
        HtmlPage shown = page("bob");
        action.update(Journey.ACCOUNT, s -> {
            List<PlannedChange> changes = new ArrayList<>(s.plan().changes());
            changes.add(new PlannedChange(
                    ChangeKind.DELETE_SIGNING_CERTIFICATE,
                    "ANOTHER",
                    "Delete root's signing certificate",
                    "root-signing-certificates",
                    null,
                    null));
            return s.withGaps(
                    s.findings(),
                    new RemediationPlan(
                            Journey.ACCOUNT,
                            s.plan().plannedAt(),
                            changes,
                            s.plan().pending(),
                            List.of()));
        });
        HtmlForm form = shown.getFirstByXPath("//div[@id='task-PLAN']//form");
        HtmlPage refused = (HtmlPage)
                Pauses.confirmDialog(form.getElementsByTagName("button").get(0).click());
        assertThat(refused.asNormalizedText(), containsString("The plan has changed since this page was opened"));
        assertNull(action.accounts().state(Journey.ACCOUNT).orElseThrow().approval());
    }

    @Test
    void whenNothingWaitsAnyMoreThePageSaysWhatTheNextBuildWillDo() throws Exception {
        journey.account.root().enablePasskey();
        journey.account.user("alice").enableVirtualMfa("alice-phone");
        for (PendingTask task :
                action.accounts().state(Journey.ACCOUNT).orElseThrow().plan().pending()) {
            press(task.what(), "bob");
        }
        HtmlPage page = page("bob");
        assertNull(page.getElementById("action-required"));
        assertNotNull(page.getElementById("completed"));
        assertThat(page.getElementById("completed").asNormalizedText(), containsString("keeps its result"));
    }

    @Test
    void whatWasConfirmedIsToldInTheOrderInWhichItWas() throws Exception {
        journey.account.root().enablePasskey();
        press(PendingTask.What.PASSWORD, "bob");
        press(PendingTask.What.MFA, "bob");
        assertThat(
                page("bob").getElementById("confirmed").asNormalizedText(),
                stringContainsInOrder("Root password change", "MFA of the root user"));
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
        BuildStore again = j.jenkins
                .getItemByFullName("secure-root", FreeStyleProject.class)
                .getBuildByNumber(1)
                .getAction(BuildStore.class);
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
            tasks.add(PendingTask.of(PendingTask.What.PLAN, s.facts(), RemediationSettings.DEFAULT));
            // What alice can't plan, for only root can list it, and what there is to approve.
            List<PlannedChange> changes = new ArrayList<>(s.plan().changes());
            changes.add(new PlannedChange(
                    ChangeKind.DELETE_SIGNING_CERTIFICATE,
                    "CERTIFICATE",
                    "Delete root's signing certificate",
                    "root-signing-certificates",
                    null,
                    null));
            return s.withGaps(
                    s.findings(),
                    new RemediationPlan(Journey.ACCOUNT, s.plan().plannedAt(), changes, tasks, List.of()));
        });
    }
}
