package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.freestyle.SecureRootAccountBuilder;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.hudson.test.recipes.LocalData;

/** What an earlier version stored is loaded by this one, and what a later one stored breaks no page of this one. */
@WithJenkins
class SerialFormTest {

    // Started before Jenkins, which then continues the paused build.
    private final JenkinsAws aws = new JenkinsAws();

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    @LocalData("version1")
    void loadedPauseContinues(JenkinsRule j) throws Exception {
        aws.withCredentials();
        WorkflowRun run =
                j.jenkins.getItemByFullName("paused", WorkflowJob.class).getBuildByNumber(1);
        assertTrue(run.isBuilding());
        assertNotNull(Pauses.answer(Pauses.page(j.createWebClient(), run), Pauses.MFA));
        aws.account.root().enableVirtualMfa("phone");
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        Pauses.assertOver(run, 1);
    }

    @Test
    @LocalData("version1")
    void showsPagesOfOldBuilds(JenkinsRule j) throws Exception {
        Run<?, ?> freestyle = run(j, "freestyle");
        BuildStore action = freestyle.getAction(BuildStore.class);
        assertTrue(action.accounts().state(JenkinsAws.ACCOUNT).isPresent());
        assertEquals(
                1,
                action.accounts().state(JenkinsAws.ACCOUNT).orElseThrow().changes().stream()
                        .filter(c -> c.outcome().name().equals("DONE"))
                        .count());
        assertThat(page(j, freestyle), containsString("The root user of 123456789012 (prod)"));
        Run<?, ?> organization = run(j, "organization");
        assertThat(page(j, organization), containsString("3 of 3 accounts read"));
        assertThat(
                j.createWebClient()
                        .<HtmlPage>getPage(organization, "aws-root-guard/" + OrganizationAws.WITH_KEY + "/")
                        .asNormalizedText(),
                containsString("Delete root's active access key"));
    }

    @Test
    @LocalData("version1")
    void loadsSettingsDeadlinesAndBuildStep(JenkinsRule j) throws Exception {
        RootGuardGlobalConfiguration settings = RootGuardGlobalConfiguration.get();
        assertEquals("admin", settings.getCredentialsId());
        assertEquals(45, settings.policy().thresholds().recentUseDays());
        assertEquals(
                "alice",
                PasswordDeadlines.get().last(JenkinsAws.ACCOUNT).orElseThrow().by());
        SecureRootAccountBuilder step = j.jenkins
                .getItemByFullName("freestyle", FreeStyleProject.class)
                .getBuildersList()
                .get(SecureRootAccountBuilder.class);
        assertEquals("root", step.credentialsId);
        assertEquals("admin", step.validationCredentialsId);
        assertTrue(step.apply);
        assertFalse(step.approved);
        assertEquals("NEVER", step.failOn);
    }

    @Test
    @LocalData("version1")
    void ignoresFieldsOfALaterVersion(JenkinsRule j) throws Exception {
        Path build = run(j, "freestyle").getRootDir().toPath();
        replace(build.resolve("build.xml"), "<aws-root-guard/>", "<aws-root-guard><later>1</later></aws-root-guard>");
        replace(build.resolve("aws-root-guard/123456789012/state.json"), "{", "{\"later\": {\"a\": [1]},");
        j.jenkins.reload();
        Run<?, ?> run = run(j, "freestyle");
        assertTrue(run.getAction(BuildStore.class)
                .accounts()
                .state(JenkinsAws.ACCOUNT)
                .isPresent());
        assertThat(page(j, run), containsString("The root user of 123456789012 (prod)"));
    }

    @Test
    @LocalData("version1")
    void unknownValuesOfALaterVersionBreakNoPage(JenkinsRule j) throws Exception {
        Path build = run(j, "freestyle").getRootDir().toPath();
        replace(build.resolve("aws-root-guard/123456789012/state.json"), "UPDATE_PASSWORD_POLICY", "GROW_WINGS");
        replace(
                build.resolve("build.xml"),
                "<aws-root-guard/>",
                "<aws-root-guard><later class=\"io.jenkins.Later\"/></aws-root-guard>");
        j.jenkins.reload();
        Run<?, ?> run = run(j, "freestyle");
        assertThat(page(j, run), containsString("could not be read"));
        j.createWebClient().getPage(run);
        j.createWebClient().getPage(run.getParent());
        BuildStore action = run.getAction(BuildStore.class);
        assertEquals(1, action.accounts().all().size());
        assertTrue(Stream.of(PendingTask.What.values())
                .allMatch(what -> action.confirmation(JenkinsAws.ACCOUNT, what).isEmpty()));
    }

    private static Run<?, ?> run(JenkinsRule j, String job) {
        return j.jenkins.getItemByFullName(job, Job.class).getBuildByNumber(1);
    }

    private static String page(JenkinsRule j, Run<?, ?> run) throws Exception {
        return j.createWebClient().<HtmlPage>getPage(run, "aws-root-guard/").asNormalizedText();
    }

    private static void replace(Path file, String what, String by) throws Exception {
        String before = Files.readString(file);
        assertThat(before, containsString(what));
        int at = before.indexOf(what);
        Files.writeString(file, before.substring(0, at) + by + before.substring(at + what.length()));
    }
}
