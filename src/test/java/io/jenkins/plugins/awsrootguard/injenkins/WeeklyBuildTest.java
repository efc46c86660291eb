package io.jenkins.plugins.awsrootguard.injenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.FilePath;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.TaskListener;
import io.jenkins.plugins.awsrootguard.freestyle.SecureRootAccountBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** Builds that run again and again: what is new, and reports for other tools. */
@WithSharedJenkins
class WeeklyBuildTest extends InJenkins {

    private static final String FOLDER = "aws-root-guard/123456789012/";

    @Test
    void gateOnNewFindingsPassesUntilSomethingGetsWorse() throws Exception {
        aws.account.root().enableVirtualMfa("phone");
        WorkflowJob job = JenkinsAws.job(
                j,
                "rootReport(credentialsId: 'admin')",
                "def g = rootGaps(failOn: 'LOW', newOnly: true)",
                "echo \"ref=${g.reference} new=${g.newCount} ${g['new']*.control} fixed=${g.fixed*.control}\"");
        WorkflowRun first = j.assertBuildStatusSuccess(
                j.waitForCompletion(job.scheduleBuild2(0).waitForStart()));
        j.assertLogContains("ref=null", first);

        WorkflowRun same = j.assertBuildStatusSuccess(
                j.waitForCompletion(job.scheduleBuild2(0).waitForStart()));
        j.assertLogContains("ref=1 new=0 [] fixed=[]", same);
        j.assertLogContains("Since build #1: 0 new findings, 0 fixed, ", same);

        aws.account.root().deactivateMfa();
        WorkflowRun worse = j.assertBuildStatus(
                Result.FAILURE, j.waitForCompletion(job.scheduleBuild2(0).waitForStart()));
        j.assertLogContains("New: 123456789012: FAIL CRITICAL root-mfa", worse);
        j.assertLogContains("ERROR: The quality gate failed: 1 new finding of severity LOW or worse", worse);
        HtmlPage page = j.createWebClient().getPage(worse, "aws-root-guard/");
        String text = page.getElementById("difference").getTextContent();
        assertTrue(text.contains("Since build #2: 1 new finding, 0 fixed"), text);
        assertTrue(text.contains("New: 123456789012, root-mfa (critical)"), text);

        WorkflowRun again = j.assertBuildStatus(
                Result.FAILURE, j.waitForCompletion(job.scheduleBuild2(0).waitForStart()));
        j.assertLogContains("Since build #2: 1 new finding, 0 fixed", again);

        aws.account.root().enableVirtualMfa("phone");
        WorkflowRun better = j.assertBuildStatusSuccess(
                j.waitForCompletion(job.scheduleBuild2(0).waitForStart()));
        j.assertLogContains("ref=2 new=0 [] fixed=[]", better);
    }

    @Test
    void secondRootKeyBesideFirstIsNew() throws Exception {
        WorkflowJob job = JenkinsAws.job(
                j, "rootReport(credentialsId: 'admin')", "rootGaps(failOn: 'LOW', newOnly: true)", "rootReport()");
        j.assertBuildStatusSuccess(j.waitForCompletion(job.scheduleBuild2(0).waitForStart()));
        aws.account.root().addAccessKey();

        WorkflowRun worse = j.assertBuildStatus(
                Result.FAILURE, j.waitForCompletion(job.scheduleBuild2(0).waitForStart()));

        j.assertLogContains("Since build #1: 1 new finding, 0 fixed", worse);
        j.assertLogContains("New: 123456789012: FAIL CRITICAL root-access-keys: access key 2 of ", worse);
        HtmlPage page = j.createWebClient().getPage(worse, "aws-root-guard/");
        String text = page.getElementById("difference").getTextContent();
        assertTrue(text.contains("New: 123456789012, root-access-keys (critical): access key 2 of "), text);
    }

    @Test
    void findingThatNoGateJudgedIsNewForTheNextGate() throws Exception {
        aws.account.root().enableVirtualMfa("phone");
        WorkflowJob job = JenkinsAws.job(
                j,
                "rootReport(credentialsId: 'admin')",
                "if (currentBuild.number == 2) { error('stopped before the gate') }",
                "rootGaps(failOn: 'LOW', newOnly: true)");
        j.assertBuildStatusSuccess(j.waitForCompletion(job.scheduleBuild2(0).waitForStart()));
        aws.account.root().deactivateMfa();
        j.assertBuildStatus(
                Result.FAILURE, j.waitForCompletion(job.scheduleBuild2(0).waitForStart()));

        WorkflowRun third = j.waitForCompletion(job.scheduleBuild2(0).waitForStart());

        j.assertBuildStatus(Result.FAILURE, third);
        j.assertLogContains("Since build #1: 1 new finding", third);
    }

    @Test
    void lenientGateDoesNotHideWhatLaterGateOfTheBuildFound() throws Exception {
        aws.account.root().enableVirtualMfa("phone");
        WorkflowJob job = JenkinsAws.job(
                j,
                "rootReport(credentialsId: 'admin')",
                "rootGaps(unstableOn: 'NEVER', newOnly: true)",
                "rootValidate(credentialsId: 'admin', failOn: 'LOW', newOnly: true)");
        j.assertBuildStatusSuccess(j.waitForCompletion(job.scheduleBuild2(0).waitForStart()));
        aws.account.root().deactivateMfa();
        for (int build = 2; build <= 3; build++) {
            WorkflowRun worse = j.assertBuildStatus(
                    Result.FAILURE, j.waitForCompletion(job.scheduleBuild2(0).waitForStart()));
            j.assertLogContains("Since build #1: 1 new finding", worse);
        }
    }

    @Test
    void formatsAreNotWrittenThroughLinkOutOfTheWorkspace() throws Exception {
        Path outside = Files.createTempDirectory("outside");
        FreeStyleProject project = freestyle("SARIF");
        FilePath workspace = new FilePath(Files.createTempDirectory("workspace").toFile());
        project.setCustomWorkspace(workspace.getRemote());
        workspace.child("aws-root-guard").symlinkTo(outside.toString(), TaskListener.NULL);

        FreeStyleBuild build = j.buildAndAssertStatus(Result.FAILURE, project);

        j.assertLogContains("leads out of the workspace through a symbolic link", build);
        assertEquals(0, outside.toFile().list().length);
    }

    @Test
    void pipelineWritesFormatsToWorkspaceAndArchive() throws Exception {
        WorkflowRun run = j.buildAndAssertSuccess(JenkinsAws.job(
                j,
                "node {",
                "  rootValidate(credentialsId: 'admin', unstableOn: 'NEVER', formats: ['SARIF', 'junit'])",
                "  echo readFile('" + FOLDER + "junit.xml')",
                "  echo readFile('" + FOLDER + "findings.sarif')",
                "}"));
        j.assertLogContains("Wrote " + FOLDER + "junit.xml in the workspace", run);
        j.assertLogContains("<testcase classname=\"aws.123456789012\" name=\"root-mfa\" time=\"0\"><failure", run);
        j.assertLogContains("\"ruleId\" : \"root-mfa\"", run);
        assertEquals(
                2,
                run.getArtifacts().stream()
                        .filter(a -> a.getFileName().equals("junit.xml")
                                || a.getFileName().equals("findings.sarif"))
                        .count());
    }

    /** Otherwise a pattern for all accounts finds accounts that this build has not read. */
    @Test
    void firstStepWithFormatsDeletesThoseOfEarlierBuilds() throws Exception {
        String other = "aws-root-guard/999999999999/";
        WorkflowRun run = j.buildAndAssertSuccess(JenkinsAws.job(
                j,
                "node {",
                "  writeFile file: '" + other + "junit.xml', text: 'of an earlier build'",
                "  writeFile file: '" + other + "notes.txt', text: 'of a user'",
                "  rootReport(credentialsId: 'admin', formats: ['SARIF'])",
                "  echo \"earlier=${fileExists('" + other + "junit.xml')} notes=${fileExists('" + other
                        + "notes.txt')}\"",
                "  rootValidate(credentialsId: 'admin', unstableOn: 'NEVER', formats: ['JUNIT'])",
                "  echo \"sarif=${fileExists('" + FOLDER + "findings.sarif')}\"",
                "}"));
        j.assertLogContains("earlier=false notes=true", run);
        j.assertLogContains("sarif=true", run);
    }

    @Test
    void formatsOutsideOfNodeAreRefusedBeforeAnyCall() throws Exception {
        WorkflowJob job = JenkinsAws.job(j, "rootReport(credentialsId: 'admin', formats: ['SARIF'])");
        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);
        j.assertLogContains("ERROR: formats needs a workspace. Run the step inside node, or leave formats out.", run);
        assertTrue(aws.aws.calls().isEmpty());
    }

    @Test
    void unknownFormatIsRefused() throws Exception {
        WorkflowJob job = JenkinsAws.job(j, "node { rootReport(credentialsId: 'admin', formats: ['PDF']) }");
        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);
        j.assertLogContains("ERROR: formats 'PDF' is not valid. Enter SARIF, JUNIT, ASFF or OCSF.", run);
        j.assertLogNotContains("\tat ", run);
    }

    @Test
    void freestyleWritesFormatsToWorkspace() throws Exception {
        FreeStyleBuild build = freestyle("SARIF, JUNIT").scheduleBuild2(0).get();
        FilePath folder = build.getWorkspace().child(FOLDER);
        assertTrue(folder.child("junit.xml").exists(), j.getLog(build));
        assertTrue(folder.child("findings.sarif").exists());
        assertFalse(folder.child("findings.json").exists());
    }

    private FreeStyleProject freestyle(String formats) throws Exception {
        SecureRootAccountBuilder step = new SecureRootAccountBuilder();
        step.credentialsId = "admin";
        step.unstableOn = "NEVER";
        step.formats = formats;
        FreeStyleProject project = j.createFreeStyleProject();
        project.getBuildersList().add(step);
        return project;
    }
}
