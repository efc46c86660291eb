package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.awsrootguard.assessment.FolderStore;
import io.jenkins.plugins.awsrootguard.assessment.StopCause;
import io.jenkins.plugins.awsrootguard.freestyle.SecureRootAccountBuilder;
import io.jenkins.plugins.awsrootguard.report.ManualTasks;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The build step of a freestyle project, for a whole organization. */
@WithSharedJenkins
class FreestyleOrganizationTest extends InOrganization {

    private FreeStyleProject project;
    private SecureRootAccountBuilder step;

    @BeforeEach
    void createProject() throws Exception {
        step = new SecureRootAccountBuilder();
        step.credentialsId = "org";
        step.organization = true;
        step.unstableOn = "NEVER";
        step.unknown = "IGNORE";
        project = j.createFreeStyleProject();
        project.getBuildersList().add(step);
    }

    @Test
    void plansEachAccountAndChangesNothingByDefault() throws Exception {
        FreeStyleBuild build = j.buildAndAssertSuccess(project);
        j.assertLogContains("Dry run: 1 would be done", build);
        assertThat(aws.withKey.root().accessKeys(), hasSize(1));
        assertEquals(3, store(build).accounts().size());
    }

    @Test
    void carriesOutAndValidatesApprovedPlans() throws Exception {
        step.apply = true;
        step.approved = true;
        FreeStyleBuild build = j.buildAndAssertSuccess(project);
        assertThat(aws.withKey.root().accessKeys(), empty());
        assertNotNull(store(build).state(OrganizationAws.WITH_KEY).orElseThrow().validation());
    }

    @Test
    void deletesNothingWithoutApproval() throws Exception {
        step.apply = true;
        FreeStyleBuild build = j.buildAndAssertStatus(Result.UNSTABLE, project);
        j.assertLogContains("Not complete: 1 change not made in 1 account, first 200000000001 (shop): ", build);
        assertThat(aws.withKey.root().accessKeys(), hasSize(1));
    }

    @Test
    void openManualTasksOfAMemberMakeTheBuildUnstable() throws Exception {
        aws.clean.root().passwordPresent(true);
        FreeStyleBuild build = j.buildAndAssertStatus(Result.UNSTABLE, project);
        j.assertLogContains("1 account has manual tasks, to be confirmed on the page of the account", build);
        assertFalse(ManualTasks.open(store(build).state(OrganizationAws.CLEAN).orElseThrow())
                .isEmpty());
    }

    @Test
    void worksOnSelectedAccountsOnly() throws Exception {
        step.exclude = "100000000000, 200000000001";
        assertEquals(1, store(j.buildAndAssertSuccess(project)).accounts().size());
    }

    @Test
    void reportsFailedGateAndInvalidInputInOneLine() throws Exception {
        step.failOn = "CRITICAL";
        FreeStyleBuild build = j.buildAndAssertStatus(Result.FAILURE, project);
        j.assertLogContains(
                "ERROR: The quality gate failed: 2 findings of severity CRITICAL, in 1 of 3 accounts", build);
        step.accountId = "200000000001";
        FreeStyleBuild bad = j.buildAndAssertStatus(Result.FAILURE, project);
        j.assertLogContains("ERROR: accountId cannot be combined with organization: true", bad);
        j.assertLogNotContains("\tat ", bad);
    }

    @Test
    void abortedBuildKeepsAccountsReadSoFar() throws Exception {
        aws.aws.faults().delay("sts:AssumeRoot", Duration.ofMillis(500));
        for (int i = 3; i < 20; i++) {
            aws.member(200_000_000_000L + i);
        }
        step.setParallelism(2);
        FreeStyleBuild build = project.scheduleBuild2(0).waitForStart();
        while (BuildStore.of(build).organization().isEmpty()
                || store(build).accounts().isEmpty()) {
            Thread.onSpinWait();
        }
        build.doStop();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(build));
        assertFalse(store(build).accounts().isEmpty());
        assertEquals(
                StopCause.Kind.INTERRUPTED,
                store(build).header().orElseThrow().stopped().kind());
    }

    private static FolderStore store(FreeStyleBuild build) {
        return BuildStore.of(build).accounts();
    }
}
