package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.htmlunit.html.HtmlCheckBoxInput;
import org.htmlunit.html.HtmlForm;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** A restart of the controller in each state of a pause. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ConfirmRestartTest {

    private static final String PATIENCE = "io.jenkins.plugins.awsrootguard.pipeline.ConfirmView.patienceSeconds";

    @RegisterExtension
    final RestartedJenkins sessions = new RestartedJenkins();

    private JenkinsAws aws;

    @BeforeEach
    void start() {
        aws = new JenkinsAws();
    }

    @AfterEach
    void stop() {
        System.clearProperty(PATIENCE);
        aws.close();
    }

    @Test
    void waitingPauseContinuesAutomaticallyAfterRestart() throws Throwable {
        sessions.then(j -> pause(j, "rootConfirm 'MFA'"));
        Path program = sessions.getHome().toPath().resolve("jobs/p/builds/1/program.dat");
        assertEquals(
                Set.of(
                        "io.jenkins.plugins.awsrootguard.pipeline.RootConfirmStep",
                        "io.jenkins.plugins.awsrootguard.pipeline.RootConfirmExecution"),
                Pattern.compile("io\\.jenkins\\.plugins\\.awsrootguard[\\w.$]*")
                        .matcher(Files.readString(program, StandardCharsets.ISO_8859_1))
                        .results()
                        .map(MatchResult::group)
                        .collect(Collectors.toSet()),
                "classes of this plugin in the saved program");
        aws.account.root().enableVirtualMfa("phone");
        sessions.then(j -> {
            WorkflowRun run = run(j);
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            Pauses.assertOver(run, 1);
        });
    }

    @Test
    void waitingPauseIsAnsweredAfterRestart() throws Throwable {
        sessions.then(j -> pause(j, "def c = rootConfirm(what: 'PLAN')", "echo \"by=${c.confirmedBy}\""));
        sessions.then(j -> {
            WorkflowRun run = run(j);
            Pauses.submit(Pauses.answer(Pauses.page(j.createWebClient(), run), Pauses.PLAN));
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            j.assertLogContains("by=anonymous", run);
            Pauses.assertOver(run, 1);
        });
    }

    @Test
    void verifiesAnswerAgainAfterRestart() throws Throwable {
        sessions.then(j -> {
            WorkflowRun run = pause(j, "def c = rootConfirm(what: 'PASSWORD')", "echo \"by=${c.confirmedBy}\"");
            // The answer of AWS comes after the controller went down.
            aws.aws.faults().delay("sts:GetCallerIdentity", Duration.ofSeconds(15));
            HtmlForm form = Pauses.answer(Pauses.page(j.createWebClient(), run), Pauses.PASSWORD);
            form.<HtmlCheckBoxInput>getInputByName("agreed").setChecked(true);
            Pauses.submit(form);
            assertThat(
                    Files.readString(run.getRootDir().toPath().resolve("build.xml")),
                    containsString("<phase>VERIFYING</phase>"));
        });
        aws.aws.faults().clear();
        sessions.then(j -> {
            WorkflowRun run = run(j);
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            j.assertLogContains("by=anonymous", run);
            assertEquals(
                    "anonymous",
                    PasswordDeadlines.get()
                            .last(JenkinsAws.ACCOUNT)
                            .orElseThrow()
                            .by());
            Pauses.assertOver(run, 1);
        });
    }

    @Test
    void falseAnswerDoesNotCountAfterRestart() throws Throwable {
        sessions.then(j -> {
            WorkflowRun run = pause(j, "rootConfirm 'MFA'");
            System.setProperty(PATIENCE, "0");
            aws.aws.faults().delay("sts:GetCallerIdentity", Duration.ofSeconds(15));
            Pauses.submit(Pauses.answer(Pauses.page(j.createWebClient(), run), Pauses.MFA));
        });
        aws.aws.faults().clear();
        sessions.then(j -> {
            WorkflowRun run = run(j);
            j.waitForMessage(
                    "reported the task as completed. Not completed: account summary: AccountMFAEnabled = 0", run);
            assertTrue(run.isBuilding());
            aws.account.root().enableVirtualMfa("phone");
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
        });
    }

    @Test
    void settledPauseContinuesAfterTheControllerWasKilled() throws Throwable {
        sessions.then(j -> pause(j, "def c = rootConfirm(what: 'MFA')", "echo \"by=${c.confirmedBy} saw=${c.saw}\""));
        // As if it had died between saving the answer and taking the build on.
        Path xml = sessions.getHome().toPath().resolve("jobs/p/builds/1/build.xml");
        Files.writeString(
                xml,
                Files.readString(xml)
                        .replace(
                                "<phase>WAITING</phase>",
                                "<phase>SETTLED</phase><end>CONFIRMED</end><by>alice</by><saw>AccountMFAEnabled = 1</saw>"));
        sessions.then(j -> {
            WorkflowRun run = run(j);
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            j.assertLogContains("by=alice saw=AccountMFAEnabled = 1", run);
        });
    }

    @Test
    void pauseCanBeAbortedAfterRestart() throws Throwable {
        sessions.then(j -> pause(j, "rootConfirm 'MFA'"));
        sessions.then(j -> {
            WorkflowRun run = run(j);
            Pauses.submit(Pauses.abort(Pauses.page(j.createWebClient(), run), Pauses.MFA));
            j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
            Pauses.assertOver(run, 1);
        });
    }

    @Test
    void keepsAccountStateAfterRestart() throws Throwable {
        sessions.then(j -> pause(j, "rootConfirm 'MFA'", "rootGaps(unstableOn: 'NEVER')"));
        aws.account.root().enableVirtualMfa("phone");
        sessions.then(j -> {
            WorkflowRun run = run(j);
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            assertTrue(BuildStore.of(run).accounts().state(JenkinsAws.ACCOUNT).isPresent());
        });
    }

    @Test
    void organizationPlansAreApprovedAfterRestart() throws Throwable {
        aws.close();
        try (OrganizationAws many = new OrganizationAws()) {
            sessions.then(j -> {
                many.storeCredentials();
                WorkflowJob job = j.createProject(WorkflowJob.class, "p");
                JenkinsAws.script(
                        job,
                        "rootReport(organization: true, credentialsId: 'org')",
                        "rootConfirm 'PLAN'",
                        "def s = rootSecure(dryRun: false)",
                        "echo \"done=${s.done}\"");
                j.waitForMessage("Show instructions", job.scheduleBuild2(0).waitForStart());
            });
            sessions.then(j -> {
                WorkflowRun run = run(j);
                String id = "PLAN-organization";
                Pauses.submit(Pauses.answer(Pauses.page(j.createWebClient(), run), id));
                j.assertBuildStatusSuccess(j.waitForCompletion(run));
                j.assertLogContains("done=1", run);
                assertEquals(List.of(), many.withKey.root().accessKeys());
                Pauses.assertOver(run, 1);
            });
        }
    }

    private WorkflowRun pause(JenkinsRule j, String... lines) throws Exception {
        aws.withCredentials();
        WorkflowJob job = j.createProject(WorkflowJob.class, "p");
        JenkinsAws.script(job, Pauses.script(lines));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        j.waitForMessage("Show instructions", run);
        return run;
    }

    private static WorkflowRun run(JenkinsRule j) {
        return j.jenkins.getItemByFullName("p", WorkflowJob.class).getBuildByNumber(1);
    }
}
