package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.model.Result;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedOrganization;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.htmlunit.html.HtmlCheckBoxInput;
import org.htmlunit.html.HtmlForm;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;

/** The files of {@code docs/examples}, as they stand there: each does what it says, on an emulated AWS. */
@WithSharedJenkins
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ExamplesTest {

    private static final Path EXAMPLES = Path.of("docs", "examples");
    private static final String MEMBER = "222222222222";

    private static JenkinsRule j;

    private JenkinsAws aws;

    @BeforeAll
    static void startJenkins(JenkinsRule rule) {
        j = rule;
    }

    @BeforeEach
    void start() {
        aws = new JenkinsAws();
        PasswordDeadlines.get().forget(JenkinsAws.ACCOUNT);
    }

    @AfterEach
    void stop() {
        Pauses.killAll(j);
        aws.close();
    }

    @Test
    void declarativeExampleSecuresAnAccount() throws Exception {
        JenkinsAws.credential("root-key", aws.account.rootKey());
        JenkinsAws.credential("aws-auditor", Presets.auditor(aws.account));
        WorkflowRun run = start("declarative.Jenkinsfile");
        j.waitForMessage("Paused: Approve the changes", run);
        approveWithTheRecentlyUsedKey(run, Pauses.PLAN);
        j.waitForMessage("Paused: Enable MFA", run);
        aws.account.root().enableVirtualMfa("phone");
        j.waitForMessage("Paused: Change the root password", run);
        aws.account.root().changePassword();
        HtmlForm stated = Pauses.answer(Pauses.page(j.createWebClient(), run), Pauses.PASSWORD);
        stated.<HtmlCheckBoxInput>getInputByName("agreed").setChecked(true);
        Pauses.submit(stated);
        j.waitForMessage("Paused: Assign an MFA device to the administrator", run);
        aws.account.user("root-guard-admin").enableVirtualMfa("admin-phone");
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        assertThat(aws.account.root().accessKeys(), empty());
        assertThat(aws.account.root().certificates(), empty());
        Pauses.assertOver(run, 4);
    }

    @Test
    void memberExampleDeletesTheRootKeyOfAMember() throws Exception {
        EmulatedAccount management = Presets.secured(aws.aws, "111111111111");
        management.createUser("/", "security");
        management.allow("security", Files.readString(Path.of("docs", "policies", "privileged-root-session.json")));
        EmulatedAccount member = aws.aws.createAccount(MEMBER);
        member.root()
                .addAccessKey(
                        true,
                        Instant.parse("2019-03-01T10:00:00Z"),
                        Instant.now().minus(Duration.ofDays(23)));
        EmulatedOrganization organization = aws.aws
                .createOrganization(management)
                .enableRootCredentialsManagement(true)
                .enableRootSessions(true);
        organization.addMember(member);
        JenkinsAws.credential("aws-management", management.userKey("security"));
        WorkflowRun run = start("member-account.Jenkinsfile");
        j.waitForMessage("Paused: Approve the changes", run);
        approveWithTheRecentlyUsedKey(run, "PLAN-" + MEMBER);
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        assertThat(member.root().accessKeys(), empty());
    }

    @Test
    void scriptedExampleReportsOpenAccountsAndSecuresNothing() throws Exception {
        JenkinsAws.credential("aws-dev", Presets.auditor(aws.account));
        EmulatedAccount secured = Presets.secured(aws.aws, "333333333333").reportDelay(0);
        // A passkey is one that only root itself could count.
        secured.root().enableVirtualMfa("second-phone");
        JenkinsAws.credential("aws-prod", Presets.auditor(secured));
        WorkflowRun run = j.waitForCompletion(start("scripted.Jenkinsfile"));
        j.assertBuildStatus(Result.UNSTABLE, run);
        j.assertLogContains("123456789012: 2 critical, 0 unknown", run);
        j.assertLogNotContains("333333333333: 0 critical", run);
        assertThat(aws.account.root().accessKeys(), hasSize(1));
    }

    @Test
    void nightlyExampleIsUnstableWhenTheRootUserWasUsed() throws Exception {
        EmulatedAccount secured = Presets.secured(aws.aws, "333333333333").reportDelay(0);
        JenkinsAws.credential("aws-auditor", Presets.auditor(secured));
        WorkflowRun first = j.waitForCompletion(start("nightly.Jenkinsfile"));
        j.assertBuildStatusSuccess(first);
        secured.root().consoleLogin();

        WorkflowRun second =
                j.waitForCompletion(first.getParent().scheduleBuild2(0).waitForStart());

        j.assertBuildStatus(Result.UNSTABLE, second);
        j.assertLogContains("1 new, 0 fixed: " + j.getURL() + second.getUrl() + "aws-root-guard/", second);
        assertThat(
                j.createWebClient().goTo("manage/").asNormalizedText(),
                containsString(first.getParent().getFullDisplayName() + ": the root user was used since build #1."));
    }

    @Test
    void configurationAsCodeExampleIsApplied() {
        ConfigurationAsCode.get().configure(EXAMPLES.resolve("jcasc.yaml").toString());
        RootGuardGlobalConfiguration config = RootGuardGlobalConfiguration.get();
        assertEquals("eu-central-1", config.getRegion());
        assertFalse(config.isAllowControllerCredentials());
        assertEquals(14, config.getReminderDays());
    }

    private WorkflowRun start(String example) throws Exception {
        return JenkinsAws.job(j, Files.readString(EXAMPLES.resolve(example)))
                .scheduleBuild2(0)
                .waitForStart();
    }

    private void approveWithTheRecentlyUsedKey(WorkflowRun run, String pause) throws Exception {
        HtmlForm form = Pauses.answer(Pauses.page(j.createWebClient(), run), pause);
        form.<HtmlCheckBoxInput>getInputByName("key").setChecked(true);
        Pauses.submit(form);
    }
}
