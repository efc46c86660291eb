package io.jenkins.plugins.awsrootguard.injenkins.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.store.Settlement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Confirm button of a task that AWS can tell about: it counts only if AWS says so. */
class ConfirmFactTest extends ConfirmFixture {

    private static final String PATIENCE = "io.jenkins.plugins.awsrootguard.store.ConfirmationCheck.patienceSeconds";

    @Test
    void mfaThatIsNotOnIsNotBelieved() throws Exception {
        HtmlPage page = press(PendingTask.What.MFA, "bob");
        String task = page.getElementById("task-MFA").asNormalizedText();
        assertThat(task, containsString("checked by bob. Not completed: account summary: AccountMFAEnabled = 0"));
        assertEquals(Settlement.Note.Outcome.NOT_SO, note(PendingTask.What.MFA).outcome());
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
                page.getElementById("finding-root-mfa").asNormalizedText(), containsString("Confirmed later by bob"));
    }

    @Test
    void whenAwsCannotBeAskedItGoesOnWaitingAndSaysWhy() throws Exception {
        journey.aws.faults().deny("*", "iam:GetAccountSummary");
        HtmlPage page = press(PendingTask.What.MFA, "bob");
        String task = page.getElementById("task-MFA").asNormalizedText();
        assertThat(task, containsString("AWS could not be reached: "));
        assertThat(task, containsString("iam:GetAccountSummary"));
    }

    @Test
    void withoutTheCredentialOfTheBuildItGoesOnWaitingAndSaysWhy() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        HtmlPage page = press(PendingTask.What.MFA, "bob");
        assertThat(
                page.getElementById("task-MFA").asNormalizedText(),
                containsString("AWS could not be reached: credentialsId 'aws' was not found"));
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void aSlowAwsDoesNotHoldUpThePageWhichShowsTheAnswerLater() throws Exception {
        journey.aws.faults().delay("iam:GetAccountSummary", Duration.ofSeconds(8));
        System.setProperty(PATIENCE, "1");
        try {
            HtmlPage page = press(PendingTask.What.MFA, "bob");
            assertThat(
                    page.getElementById("task-MFA").asNormalizedText(), containsString("Jenkins is checking with AWS"));
        } finally {
            System.clearProperty(PATIENCE);
        }
        String task;
        do {
            task = page("bob").getElementById("task-MFA").asNormalizedText();
        } while (task.contains("Jenkins is checking with AWS"));
        assertThat(task, containsString("Not completed: account summary: AccountMFAEnabled = 0"));
    }

    private Settlement.Note note(PendingTask.What what) {
        return action.confirmation(Journey.ACCOUNT, what).orElseThrow();
    }
}
