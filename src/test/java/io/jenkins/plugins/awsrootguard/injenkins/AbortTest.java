package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.awsrootguard.emulator.Hold;
import io.jenkins.plugins.awsrootguard.evidence.EvidenceWriter;
import io.jenkins.plugins.awsrootguard.freestyle.SecureRootAccountBuilder;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.nio.file.Files;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** A build that is aborted while it changes an account keeps the record of what it did. */
@WithSharedJenkins
class AbortTest extends InJenkins {

    /** Aborted when AWS has carried the call out, and has not answered yet. */
    private WorkflowRun aborted(String action) throws Exception {
        Hold hold = aws.aws.faults().holdAfter(action);
        WorkflowJob job = JenkinsAws.job(
                j,
                "rootReport(credentialsId: 'root')",
                "rootGaps(unstableOn: 'NEVER', deleteKeys: ['"
                        + aws.account.rootKey().accessKeyId() + "'])",
                "rootSecure(dryRun: false, approved: true)");
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        hold.awaitReached();
        run.getExecutor().interrupt();
        j.waitForCompletion(run);
        hold.drop();
        return j.assertBuildStatus(Result.ABORTED, run);
    }

    private static List<ChangeRecord> changes(WorkflowRun run) {
        return run.getAction(BuildStore.class)
                .accounts()
                .state(JenkinsAws.ACCOUNT)
                .orElseThrow()
                .changes();
    }

    @Test
    void recordsTheResultOfTheChangeInProgress() throws Exception {
        WorkflowRun run = aborted("iam:DeleteAccessKey");
        List<ChangeRecord> changes = changes(run);
        ChangeRecord last = changes.get(changes.size() - 1);
        assertEquals(ChangeKind.DELETE_ROOT_ACCESS_KEY, last.kind());
        assertEquals(Outcome.FAILED, last.outcome(), last.detail());
        assertThat(
                Files.readAllLines(run.getRootDir()
                        .toPath()
                        .resolve("aws-root-guard")
                        .resolve(JenkinsAws.ACCOUNT)
                        .resolve(EvidenceWriter.FILE)),
                hasItem(allOf(
                        containsString("\"kind\":\"change\""),
                        containsString("Delete root's active access key"),
                        containsString("\"outcome\":\"FAILED\""))));
        assertThat(j.getLog(run), not(containsString("\tat ")));
    }

    @Test
    void recordsChangesThatWereNotStarted() throws Exception {
        WorkflowRun run = aborted("iam:UpdateAccountPasswordPolicy");
        ChangeRecord last = changes(run).stream()
                .filter(c -> c.kind() == ChangeKind.DELETE_ROOT_ACCESS_KEY)
                .findFirst()
                .orElseThrow();
        assertEquals(Outcome.SKIPPED, last.outcome(), last.detail());
        assertThat(last.detail(), containsString("stopped"));
        assertThat(j.getLog(run), not(containsString("\tat ")));
    }

    /** A timeout of a call interrupts the thread too. It is no abort of the build. */
    @Test
    void abortedBuildStepChangesNothing() throws Exception {
        Hold hold = aws.aws.faults().holdBefore("iam:GetAccountSummary");
        SecureRootAccountBuilder step = new SecureRootAccountBuilder();
        step.credentialsId = "root";
        step.apply = true;
        step.approved = true;
        step.deleteKeys = aws.account.rootKey().accessKeyId();
        FreeStyleProject project = j.createFreeStyleProject();
        project.getBuildersList().add(step);
        FreeStyleBuild build = project.scheduleBuild2(0).waitForStart();
        hold.awaitReached();
        build.doStop();
        j.waitForCompletion(build);
        hold.drop();
        j.assertBuildStatus(Result.ABORTED, build);
        assertEquals(1, aws.account.root().accessKeys().size());
        assertNull(aws.account.passwordPolicy());
    }
}
