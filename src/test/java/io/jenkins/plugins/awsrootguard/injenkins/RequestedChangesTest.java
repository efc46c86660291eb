package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.awsrootguard.freestyle.SecureRootAccountBuilder;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Changes that a step requests without a finding: central root management, password recovery, unlocking a bucket. */
@WithSharedJenkins
class RequestedChangesTest extends InOrganization {

    private static final String POLICY =
            "{\"Statement\": {\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\","
                    + " \"Condition\": {\"DateLessThan\": {\"aws:CurrentTime\": \"2030-01-01T00:00:00Z\"}}}}";

    @Test
    void unlocksBucketAfterThePauseShowedItsPolicy() throws Exception {
        aws.withKey.buckets().put("logs", POLICY);
        WorkflowRun run = JenkinsAws.job(
                        j,
                        READ,
                        "rootGaps(unlockPolicies: ['200000000001:logs'], unstableOn: 'NEVER', unknown: 'IGNORE')",
                        "rootConfirm 'PLAN'",
                        "rootSecure(dryRun: false)")
                .scheduleBuild2(0)
                .waitForStart();
        j.waitForMessage("Show instructions", run);
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("builder"));
        JenkinsRule.WebClient reader = j.createWebClient().login("reader");
        for (HtmlPage readable : List.of(
                Pauses.page(reader, run), reader.getPage(run, "aws-root-guard/" + OrganizationAws.WITH_KEY + "/"))) {
            assertThat(readable.asNormalizedText(), containsString("Delete the policy of S3 bucket logs"));
            assertThat("it can have secrets", readable.asNormalizedText(), not(containsString("Statement")));
        }
        HtmlPage page = Pauses.page(j.createWebClient().login("builder"), run);
        assertThat("as it is, with its times", page.asNormalizedText(), containsString(": " + POLICY));
        assertEquals(POLICY, aws.withKey.buckets().get("logs"));

        Pauses.submit(Pauses.answer(page, "PLAN-organization"));

        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        assertEquals("", aws.withKey.buckets().get("logs"));
        assertThat("only what was requested", aws.withKey.root().accessKeys(), hasSize(1));
        assertThat("the policy is in no log", run.getLog(), not(containsString("Statement")));
        assertThat(
                BuildStore.of(run)
                        .accounts()
                        .state(OrganizationAws.WITH_KEY)
                        .orElseThrow()
                        .changes()
                        .get(0)
                        .description(),
                startsWith("Delete the policy of S3 bucket logs (SHA-256 "));
    }

    @Test
    void enablesCentralRootManagementWhenApproved() throws Exception {
        aws.organization
                .trustedAccess(false)
                .enableRootCredentialsManagement(false)
                .enableRootSessions(false);
        WorkflowRun run = j.buildAndAssertStatus(
                Result.SUCCESS,
                JenkinsAws.job(
                        j,
                        READ,
                        "def g = rootGaps(centralRootManagement: 'ENABLE', failOn: 'NEVER', unstableOn: 'NEVER',"
                                + " unknown: 'IGNORE', unreadAccounts: 'IGNORE')",
                        "echo \"planned=${g.planned}\"",
                        "rootSecure(dryRun: false, approved: true)"));
        j.assertLogContains("planned=3", run);
        assertTrue(aws.organization.isTrustedAccessEnabled());
        assertTrue(aws.organization.isRootCredentialsManagementEnabled());
        assertTrue(aws.organization.isRootSessionsEnabled());
    }

    @Test
    void freestyleProjectAllowsPasswordRecovery() throws Exception {
        SecureRootAccountBuilder step = new SecureRootAccountBuilder();
        step.credentialsId = "org";
        step.accountId = OrganizationAws.CLEAN;
        step.allowPasswordRecovery = OrganizationAws.CLEAN;
        step.apply = true;
        step.approved = true;
        FreeStyleProject project = j.createFreeStyleProject();
        project.getBuildersList().add(step);
        project.scheduleBuild2(0).get();
        assertTrue(aws.clean.root().hasPassword());
    }
}
