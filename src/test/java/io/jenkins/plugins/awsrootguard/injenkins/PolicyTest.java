package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.freestyle.SecureRootAccountBuilder;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.SingleFileSCM;

/** The policy of the global configuration and of a job. */
@WithSharedJenkins
class PolicyTest extends InJenkins {

    private static final String EXCEPTIONS = """
            exceptions:
              - {control: root-mfa, accounts: ['123456789012'], reason: ordered, owner: ciso, expires: 2999-12-31}
              - {control: root-access-keys, accounts: ['123456789012'], reason: mainframe, owner: ops, expires: 2020-01-01}
            """;

    @AfterEach
    void reset() {
        RootGuardGlobalConfiguration.get().setPolicyIsMinimum(false);
        RootGuardGlobalConfiguration.get().setPolicy(null);
    }

    @Test
    void laterStepsUseThePolicyOfRootReport() throws Exception {
        WorkflowRun run = build(
                Result.SUCCESS,
                "rootReport(credentialsId: 'root', policy: '''" + EXCEPTIONS + "''')",
                "rootGaps(unstableOn: 'NEVER')");
        j.assertLogContains("Policy: job policy (sha256 ", run);
        j.assertLogContains("Accepted until 31 Dec 2999 (owner: ciso)", run);
        j.assertLogContains("The exception of ops expired on 1 Jan 2020.", run);
        AccountState state = state(run);
        assertEquals("job policy", state.findings().policy().name());
        assertFalse(state.findings().find("root-mfa").orElseThrow().isOpen());
        String page = j.createWebClient().goTo(run.getUrl() + "aws-root-guard/").asNormalizedText();
        assertThat(page, containsString("Policy: job policy (sha256 "));
        assertThat(page, containsString("accepted by an exception of the policy"));
    }

    @Test
    void theJobsPolicyIsLaidOverTheGlobalOne() throws Exception {
        RootGuardGlobalConfiguration.get()
                .setPolicy("controls: {root-recent-use: {severity: LOW}, iam-admin: {enabled: false}}");
        WorkflowRun run = build(
                Result.SUCCESS,
                "rootReport(credentialsId: 'root')",
                "rootGaps(unstableOn: 'NEVER', policy: 'controls: {root-recent-use: {severity: CRITICAL}}')");
        AccountState state = state(run);
        assertEquals("global policy + job policy", state.findings().policy().name());
        assertEquals(
                Severity.CRITICAL,
                state.findings().find("root-recent-use").orElseThrow().severity());
        assertFalse(state.findings().find("iam-admin").isPresent());
    }

    @Test
    void exceptionsOfConfigurationAsCodeAndOfTheJobApplyTogether() throws Exception {
        Path yaml = Files.createTempFile("jenkins", ".yaml");
        Files.writeString(yaml, """
                security:
                  awsRootGuard:
                    policy: |
                      exceptions:
                        - {control: root-mfa, accounts: ['123456789012'], reason: ordered, owner: ciso, expires: 2999-12-31}
                        - {control: root-recent-use, accounts: ['123456789012'], reason: migration, owner: dba, expires: 2020-01-01}
                """);
        ConfigurationAsCode.get().configure(yaml.toString());
        WorkflowRun run = build(
                Result.FAILURE,
                "rootReport(credentialsId: 'root', policy: \"\"\"exceptions:\\n"
                        + "  - {control: root-access-keys, accounts: ['123456789012'], reason: mainframe, owner: ops,"
                        + " expires: 2999-12-31}\\n\"\"\")",
                "rootGaps(failOn: 'HIGH')");
        AccountState state = state(run);
        assertEquals("global policy + job policy", state.findings().policy().name());
        assertFalse(state.findings().find("root-mfa").orElseThrow().isOpen());
        assertFalse(state.findings().find("root-access-keys").orElseThrow().isOpen());
        assertTrue(state.findings().find("root-recent-use").orElseThrow().isOpen());
        j.assertLogContains("The exception of dba expired on 1 Jan 2020.", run);
        j.assertLogContains("Accepted until 31 Dec 2999 (owner: ops). Reason: mainframe.", run);
        String page = j.createWebClient().goTo(run.getUrl() + "aws-root-guard/").asNormalizedText();
        assertThat(page, containsString("2 findings are accepted by an exception of the policy"));
        assertThat(page, containsString("The exception expired on 1 Jan 2020 (owner: dba)"));
    }

    @Test
    void aLooserPolicyIsRefusedWithEachField() throws Exception {
        RootGuardGlobalConfiguration.get().setPolicy("preset: mission");
        RootGuardGlobalConfiguration.get().setPolicyIsMinimum(true);
        WorkflowRun run = build(
                Result.FAILURE,
                "rootReport(credentialsId: 'root', policy: 'controls: {root-mfa: {enabled: false}}\\nthresholds:"
                        + " {rotationDays: 365}')");
        j.assertLogContains("is looser than the global policy, which is the minimum", run);
        j.assertLogContains("controls.root-mfa.enabled is false, minimum true", run);
        j.assertLogContains("thresholds.rotationDays is 365, minimum 90", run);
        build(Result.SUCCESS, "rootReport(credentialsId: 'root', policy: 'thresholds: {rotationDays: 30}')");
    }

    @Test
    void aBadPolicyIsNamedWithLineAndAllowedValues() throws Exception {
        WorkflowRun run = build(
                Result.FAILURE,
                "rootReport(credentialsId: 'root', policy: 'controls: {root-mfa: {severity: SEVERE}}')");
        j.assertLogContains(
                "job policy line 1, controls.root-mfa.severity: 'SEVERE' is not allowed. Use CRITICAL, HIGH, MEDIUM, LOW",
                run);
    }

    @Test
    void theBuildStepTakesAPolicyFileOfTheWorkspace() throws Exception {
        FreeStyleProject project = j.createFreeStyleProject();
        project.setScm(new SingleFileSCM("root-guard.yml", EXCEPTIONS));
        SecureRootAccountBuilder step = new SecureRootAccountBuilder();
        step.credentialsId = "root";
        step.unstableOn = "NEVER";
        step.policyFile = "root-guard.yml";
        project.getBuildersList().add(step);
        FreeStyleBuild build = j.buildAndAssertStatus(Result.UNSTABLE, project);
        j.assertLogContains("Accepted until 31 Dec 2999 (owner: ciso)", build);
        step.policyFile = "../root-guard.yml";
        j.assertLogContains(
                "policyFile '../root-guard.yml' does not exist in the workspace.",
                j.buildAndAssertStatus(Result.FAILURE, project));
    }

    private static WorkflowRun build(Result expected, String... lines) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(String.join("\n", lines), true));
        return j.buildAndAssertStatus(expected, job);
    }

    private static AccountState state(WorkflowRun run) {
        return BuildStore.forReading(run).accounts().state(JenkinsAws.ACCOUNT).orElseThrow();
    }
}
