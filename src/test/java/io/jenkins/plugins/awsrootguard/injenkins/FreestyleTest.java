package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.freestyle.SecureRootAccountBuilder;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.report.ManualTasks;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.io.StringReader;
import java.util.List;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The build step of a freestyle project. */
@WithSharedJenkins
class FreestyleTest {

    private static JenkinsRule j;

    private JenkinsAws aws;
    private FreeStyleProject project;
    private SecureRootAccountBuilder step;

    @BeforeAll
    static void startJenkins(JenkinsRule rule) {
        j = rule;
    }

    @BeforeEach
    void start() throws Exception {
        aws = new JenkinsAws().withCredentials();
        step = new SecureRootAccountBuilder();
        step.credentialsId = "root";
        step.unstableOn = "NEVER";
        project = j.createFreeStyleProject();
        project.getBuildersList().add(step);
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void plansAndChangesNothingByDefault() throws Exception {
        FreeStyleBuild build = j.buildAndAssertStatus(Result.UNSTABLE, project);
        j.assertLogContains("would be done", build);
        assertEquals(1, aws.account.root().accessKeys().size());
        assertNotNull(state(build).plan());
    }

    @Test
    void listsManualTasksOnTheBuildPage() throws Exception {
        FreeStyleBuild build = j.buildAndAssertStatus(Result.UNSTABLE, project);
        j.assertLogContains("Manual task, to be confirmed on the build page: Enable MFA for the root user", build);
        assertThat(waiting(build), hasItem(PendingTask.What.MFA));
    }

    @Test
    void pageNamesOptionsAsInTheForm() throws Exception {
        FreeStyleBuild build = j.buildAndAssertStatus(Result.UNSTABLE, project);
        String page =
                j.createWebClient().goTo(build.getUrl() + "aws-root-guard/").asNormalizedText();
        assertThat(page, containsString("to \u201cRecently used keys to delete\u201d in the build step."));
        assertThat(page, not(containsString("deleteKeys")));
    }

    @Test
    void carriesOutAndValidatesTheApprovedPlan() throws Exception {
        step.apply = true;
        step.approved = true;
        step.deleteKeys = aws.account.rootKey().accessKeyId();
        step.validationCredentialsId = "admin";
        aws.account.root().enableVirtualMfa("phone");
        FreeStyleBuild build = j.buildAndAssertStatus(Result.UNSTABLE, project);
        assertThat(aws.account.root().accessKeys(), empty());
        assertNotNull(state(build).validation());
        j.assertLogContains("of 5 checks passed", build);
        assertTrue(state(build).validation().points().stream()
                .anyMatch(p -> p.id().equals("access-keys") && p.status() == Status.PASS));
    }

    @Test
    void reportsThatTheDeletedKeyCannotValidate() throws Exception {
        step.apply = true;
        step.approved = true;
        step.deleteKeys = aws.account.rootKey().accessKeyId();
        FreeStyleBuild build = j.buildAndAssertStatus(Result.UNSTABLE, project);
        j.assertLogContains("Not validated: the key that signed the calls is deleted", build);
    }

    @Test
    void nextBuildCarriesOutApprovalOfTheBuildPage() throws Exception {
        step.apply = true;
        FreeStyleBuild first = j.buildAndAssertStatus(Result.UNSTABLE, project);
        assertEquals(1, aws.account.root().certificates().size());
        assertThat(waiting(first), hasItem(PendingTask.What.PLAN));
        approve(first);
        FreeStyleBuild second = j.buildAndAssertStatus(Result.UNSTABLE, project);
        j.assertLogContains("anonymous approved the plan on the page of the previous build", second);
        assertThat(aws.account.root().certificates(), empty());
        assertEquals(1, aws.account.root().accessKeys().size());
        aws.account.root().addSigningCertificate();
        FreeStyleBuild third = j.buildAndAssertStatus(Result.UNSTABLE, project);
        j.assertLogNotContains("The plan was approved", third);
        assertEquals(1, aws.account.root().certificates().size());
    }

    @Test
    void buildPageApprovalIsForPlanOfGlobalAndJobPolicy() throws Exception {
        RootGuardGlobalConfiguration.get().setPolicy("""
                exceptions:
                  - {control: root-signing-certificates, accounts: ['123456789012'], reason: r, owner: ciso, expires: 2999-12-31}
                """);
        try {
            step.apply = true;
            step.policy = "thresholds: {minimumPasswordLength: 20}";
            FreeStyleBuild first = j.buildAndAssertStatus(Result.UNSTABLE, project);
            HtmlPage page = j.createWebClient().getPage(first, "aws-root-guard/" + JenkinsAws.ACCOUNT + "/");
            String task = page.getElementById("task-PLAN").asNormalizedText();
            assertThat(task, containsString("minimum length 20"));
            assertThat(task, not(containsString("certificate")));
            approve(first);
            j.buildAndAssertStatus(Result.UNSTABLE, project);
            assertEquals(20, aws.account.passwordPolicy().minimumPasswordLength());
            assertEquals(1, aws.account.root().certificates().size());
        } finally {
            RootGuardGlobalConfiguration.get().setPolicy(null);
        }
    }

    @Test
    void requestsApprovalForAKeyAllowListedLater() throws Exception {
        step.apply = true;
        approve(j.buildAndAssertStatus(Result.UNSTABLE, project));
        step.deleteKeys = aws.account.rootKey().accessKeyId();
        step.validationCredentialsId = "admin";
        FreeStyleBuild second = j.buildAndAssertStatus(Result.UNSTABLE, project);
        assertThat(aws.account.root().certificates(), empty());
        assertEquals(1, aws.account.root().accessKeys().size(), "deleted by an approval that did not show it");
        assertThat(waiting(second), hasItem(PendingTask.What.PLAN));
        j.assertLogNotContains("rootConfirm", second);
        approve(second);
        j.buildAndAssertStatus(Result.UNSTABLE, project);
        assertThat(aws.account.root().accessKeys(), empty());
    }

    @Test
    void failedGateKeepsManualTasks() throws Exception {
        step.failOn = "CRITICAL";
        FreeStyleBuild build = j.buildAndAssertStatus(Result.FAILURE, project);
        j.assertLogContains("ERROR: The quality gate failed: ", build);
        j.assertLogNotContains("\tat ", build);
        assertThat(waiting(build), hasItem(PendingTask.What.MFA));
    }

    @Test
    void reportsInvalidInputInOneLine() throws Exception {
        step.accountId = "prod";
        FreeStyleBuild build = j.buildAndAssertStatus(Result.FAILURE, project);
        j.assertLogContains("ERROR: accountId 'prod' is not an AWS account id", build);
        j.assertLogNotContains("\tat ", build);
    }

    @Test
    void jobWithoutGateUsesTheDefaultGate() throws Exception {
        String xml = project.getConfigFile().asString();
        for (String field : new String[] {"failOn", "unstableOn", "unknown"}) {
            xml = xml.replaceAll("<" + field + ">[A-Z]+</" + field + ">", "");
        }
        project.updateByXml((Source) new StreamSource(new StringReader(xml)));
        FreeStyleBuild build = j.buildAndAssertStatus(Result.UNSTABLE, project);
        j.assertLogContains("Quality gate: UNSTABLE, ", build);
        j.assertLogNotContains("NullPointerException", build);
    }

    @Test
    void pipelineRunsTheBuildStepByItsSymbol() throws Exception {
        WorkflowRun run = j.buildAndAssertStatus(
                Result.UNSTABLE, JenkinsAws.job(j, "secureRootAccount(credentialsId: 'admin', unstableOn: 'NEVER')"));
        assertTrue(BuildStore.of(run).accounts().state(JenkinsAws.ACCOUNT).isPresent());
    }

    @Test
    void formKeepsEveryField() throws Exception {
        step.accountId = "123456789012";
        step.region = "eu-central-1";
        step.apply = true;
        step.approved = true;
        step.validationCredentialsId = "admin";
        step.adminUser = "break-glass";
        step.adminGroup = "breakers";
        step.attachToUser = true;
        step.tags = "owner=security, env=prod";
        step.deleteKeys = "AKIA…7XQ2";
        step.failOn = "CRITICAL";
        step.unstableOn = "LOW";
        step.unknown = "IGNORE";
        step.organization = true;
        step.accounts = "111122223333, 444455556666";
        step.organizationalUnits = "ou-a1b2-c3d4e5f6";
        step.exclude = "777788889999";
        step.memberRole = "RootGuardAudit";
        step.setParallelism(50);
        step.removeRootPassword = true;
        step.centralRootManagement = "DISABLE";
        SecureRootAccountBuilder after = j.configRoundtrip(step);
        j.assertEqualDataBoundBeans(step, after);
        j.assertEqualDataBoundBeans(new SecureRootAccountBuilder(), j.configRoundtrip(new SecureRootAccountBuilder()));
    }

    private static void approve(FreeStyleBuild build) throws Exception {
        HtmlPage page = j.createWebClient().getPage(build, "aws-root-guard/" + JenkinsAws.ACCOUNT + "/");
        HtmlForm form = page.getFirstByXPath("//div[@id='task-PLAN']//form");
        Pauses.submit(form);
    }

    private static AccountState state(FreeStyleBuild build) {
        return BuildStore.of(build).accounts().state(JenkinsAws.ACCOUNT).orElseThrow();
    }

    private static List<PendingTask.What> waiting(FreeStyleBuild build) {
        return ManualTasks.open(state(build)).stream().map(PendingTask::what).toList();
    }
}
