package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowGraphWalker;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** What findings make of a build. */
@WithSharedJenkins
class GateTest extends InJenkins {

    @Test
    void highFindingMarksTheBuildUnstableByDefault() throws Exception {
        WorkflowRun run = run("rootReport(credentialsId: 'root')", "rootGaps()", "echo 'continued'");
        j.assertBuildStatus(Result.UNSTABLE, run);
        j.assertLogContains("continued", run);
        List<WarningAction> warnings = new ArrayList<>();
        for (FlowNode node : new FlowGraphWalker(run.getExecution())) {
            warnings.addAll(node.getActions(WarningAction.class));
        }
        assertEquals(1, warnings.size());
        assertEquals(Result.UNSTABLE, warnings.get(0).getResult());
        assertThat(warnings.get(0).getMessage(), containsString("of severity HIGH or worse"));
    }

    @Test
    void failOnFailsTheBuildAndKeepsTheFindings() throws Exception {
        WorkflowRun run = run("rootReport(credentialsId: 'root')", "rootGaps(failOn: 'critical')", "echo 'continued'");
        j.assertBuildStatus(Result.FAILURE, run);
        j.assertLogContains("ERROR: The quality gate failed: 2 findings of severity CRITICAL", run);
        j.assertLogNotContains("continued", run);
        j.assertLogNotContains("\tat ", run);
        assertTrue(run.getArtifacts().stream().anyMatch(a -> a.getFileName().equals("findings.json")));
    }

    @Test
    void neverPassesEveryFinding() throws Exception {
        j.assertBuildStatusSuccess(
                run("rootReport(credentialsId: 'root')", "rootGaps(failOn: 'NEVER', unstableOn: 'NEVER')"));
    }

    @Test
    void unknownFindingFailsTheGateByDefault() throws Exception {
        aws.account.root().enableVirtualMfa("phone");
        aws.aws.faults().deny("*", "iam:GetAccountSummary");
        aws.aws.faults().deny("*", "iam:GenerateCredentialReport");
        String read = "rootReport(credentialsId: 'admin')";
        String gate = "rootValidate(failOn: 'CRITICAL', unstableOn: 'NEVER', unknown: '%s')";
        j.assertBuildStatus(Result.FAILURE, run(read, gate.formatted("FAIL")));
        j.assertBuildStatus(Result.UNSTABLE, run(read, gate.formatted("UNSTABLE")));
        WorkflowRun ignored = run(read, gate.formatted("IGNORE"));
        j.assertBuildStatusSuccess(ignored);
        j.assertLogContains("iam:GetAccountSummary", ignored);
    }

    private WorkflowRun run(String... script) throws Exception {
        WorkflowJob job = JenkinsAws.job(j, script);
        return j.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }
}
