package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.emulator.Hold;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pause that ends without an answer. A verification in progress is not stored. */
@WithSharedJenkins
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ConfirmAbortTest extends PausedBuild {

    @Test
    void abortEndsTheBuildAndNamesTheUser() throws Exception {
        WorkflowRun run = Pauses.paused(j, "rootConfirm 'MFA'");
        Pauses.submit(Pauses.abort(Pauses.page(j.createWebClient(), run), Pauses.MFA));
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
        j.assertLogContains("Aborted by anonymous", run);
        Pauses.assertOver(run, 1);
    }

    @Test
    void timeoutEndsThePause() throws Exception {
        WorkflowRun run = Pauses.paused(j, "timeout(time: 2, unit: 'SECONDS') { rootConfirm 'MFA' }");
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
        Pauses.assertOver(run, 1);
    }

    @Test
    void abortedBuildEndsThePause() throws Exception {
        WorkflowRun run = Pauses.paused(j, "catchError { rootConfirm 'MFA' }");
        run.getExecutor().interrupt();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
        Pauses.assertOver(run, 1);
    }

    @Test
    void keepsNoPasswordStatementOfAnAbortedBuild() throws Exception {
        WorkflowRun run = Pauses.paused(j, "rootConfirm 'PASSWORD'");
        Hold hold = aws.aws.faults().holdBefore("cloudtrail:LookupEvents");
        assertEquals(
                302,
                Pauses.post(
                        j, j.createWebClient(), run, Pauses.PASSWORD + "/proceed", new NameValuePair("agreed", "on")));
        hold.awaitReached();
        abortWhileVerifying(run, hold);
        assertTrue(PasswordDeadlines.get().last(JenkinsAws.ACCOUNT).isEmpty(), "the deadline was started");
        assertThat(evidence(run), not(containsString("as the person states")));
    }

    @Test
    void confirmsNoMfaAfterTheBuildIsAborted() throws Exception {
        WorkflowRun run = Pauses.paused(j, "rootConfirm 'MFA'");
        j.waitForMessage("AccountMFAEnabled = 0", run);
        Hold hold = aws.aws.faults().holdBefore("iam:GetAccountSummary");
        aws.account.root().enableVirtualMfa("phone");
        hold.awaitReached();
        abortWhileVerifying(run, hold);
        AccountState state =
                BuildStore.of(run).accounts().state(JenkinsAws.ACCOUNT).orElseThrow();
        assertTrue(
                state.plan().pending().stream().anyMatch(t -> t.what().name().equals("MFA")), "the task was removed");
        assertThat(evidence(run), not(containsString("MFA confirmed")));
    }

    private static void abortWhileVerifying(WorkflowRun run, Hold hold) throws Exception {
        run.getExecutor().interrupt();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
        hold.drop();
        // The check repeats its call and must end before the assertions.
        while (isLooking()) {
            Thread.onSpinWait();
        }
        Pauses.assertOver(run, 1);
    }

    private static boolean isLooking() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().endsWith(".ConfirmationCheck"));
    }

    private static String evidence(WorkflowRun run) throws Exception {
        Path record = run.getRootDir().toPath().resolve("aws-root-guard/" + JenkinsAws.ACCOUNT + "/evidence.jsonl");
        String all = Files.readString(record);
        assertThat(all, containsString("iam:GetAccountSummary"));
        return all;
    }
}
