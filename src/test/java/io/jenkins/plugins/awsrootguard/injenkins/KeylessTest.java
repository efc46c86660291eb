package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedRole;
import io.jenkins.plugins.awsrootguard.emulator.RecordedCall;
import io.jenkins.plugins.awsrootguard.emulator.TestIssuer;
import io.jenkins.plugins.awsrootguard.freestyle.SecureRootAccountBuilder;
import io.jenkins.plugins.oidc_provider.IdTokenStringCredentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Roles and OIDC tokens in place of keys. */
@WithSharedJenkins
class KeylessTest extends InJenkins {

    private static final String TRUST = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
              "Principal": {"Federated": "%1$s"},
              "Condition": {"StringEquals": {"%2$s:aud": "sts.amazonaws.com", "%2$s:sub": "%3$s"}}}]}""";

    private TestIssuer issuer;
    private String token;
    private EmulatedRole audit;

    @BeforeEach
    void createRole() throws Exception {
        issuer = TestIssuer.start();
        audit = role("Audit", issuer.issuer(), "job/x");
        token = issuer.token(Map.of("aud", "sts.amazonaws.com", "sub", "job/x"));
        Secret secret = Secret.fromString(token);
        JenkinsAws.credential(Jenkins.get(), new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", null, secret));
    }

    @AfterEach
    void stopIssuer() {
        issuer.close();
        RootGuardGlobalConfiguration global = RootGuardGlobalConfiguration.get();
        global.setCredentialsId(null);
        global.setRoleArn(null);
        global.setAllowControllerCredentials(false);
    }

    private EmulatedRole role(String name, String issuerUrl, String subject) {
        String provider = aws.account.createOidcProvider(issuerUrl, "sts.amazonaws.com");
        EmulatedRole role = aws.account
                .createRole(name)
                .trustPolicy(TRUST.formatted(provider, issuerUrl.substring("http://".length()), subject));
        role.attachedPolicies().add(aws.account.administratorAccess());
        return role;
    }

    private String roleArn() {
        return "roleArn: '" + audit.arn() + "'";
    }

    private WorkflowRun run(String... script) throws Exception {
        return j.waitForCompletion(JenkinsAws.job(j, script).scheduleBuild2(0).waitForStart());
    }

    private List<RecordedCall> sessions() {
        return aws.aws.calls().stream()
                .filter(c -> c.action().startsWith("AssumeRole"))
                .toList();
    }

    @Test
    void laterStepsUseTokenAndRoleOfFirst() throws Exception {
        WorkflowRun run = run(
                "rootReport(credentialsId: 'token', " + roleArn() + ")",
                "rootGaps(unstableOn: 'NEVER')",
                "rootValidate(unstableOn: 'NEVER', failOn: 'NEVER')");
        j.assertBuildStatusSuccess(run);
        j.assertLogContains(":assumed-role/Audit/" + run.getParent().getName() + "-1", run);
        assertThat(sessions(), hasSize(2));
        assertNoSecret(run.getRootDir().toPath());
    }

    @Test
    void pauseUsesTokenAndRole() throws Exception {
        WorkflowRun run = JenkinsAws.job(
                        j, "rootReport(credentialsId: 'token', " + roleArn() + ")", "rootConfirm 'MFA'")
                .scheduleBuild2(0)
                .waitForStart();
        j.waitForMessage("Not completed: account summary: AccountMFAEnabled = 0", run);
        aws.account.root().enableVirtualMfa("phone");
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        assertNoSecret(run.getRootDir().toPath());
    }

    @Test
    void secretFileHoldsToken() throws Exception {
        JenkinsAws.credential(
                Jenkins.get(),
                new FileCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        "file",
                        null,
                        "token.jwt",
                        SecretBytes.fromBytes((token + "\n").getBytes(StandardCharsets.US_ASCII))));
        j.assertBuildStatusSuccess(run("rootReport(credentialsId: 'file', roleArn: ['" + audit.arn() + "'])"));
    }

    @Test
    void openIdConnectProviderPluginIssuesTokenForJob() throws Exception {
        IdTokenStringCredentials ofJenkins =
                new IdTokenStringCredentials(CredentialsScope.GLOBAL, "oidc", "token of the build");
        ofJenkins.setAudience("sts.amazonaws.com");
        JenkinsAws.credential(Jenkins.get(), ofJenkins);
        String url = Jenkins.get().getRootUrl();
        EmulatedRole role = role("OfJenkins", url + "oidc", url + "job/keyless/");
        WorkflowJob job = j.createProject(WorkflowJob.class, "keyless");
        JenkinsAws.script(job, "rootReport(credentialsId: 'oidc', roleArn: '" + role.arn() + "')");

        WorkflowRun run = j.waitForCompletion(job.scheduleBuild2(0).waitForStart());

        j.assertBuildStatusSuccess(run);
        j.assertLogContains(":assumed-role/OfJenkins/keyless-1", run);
        assertNoSecret(run.getRootDir().toPath());

        WorkflowRun other = run("rootReport(credentialsId: 'oidc', roleArn: '" + role.arn() + "')");
        j.assertBuildStatus(Result.FAILURE, other);
        j.assertLogContains(
                "ERROR: AWS denied sts:AssumeRoleWithWebIdentity on " + role.arn() + " with the token of issuer " + url
                        + "oidc, subject " + other.getParent().getAbsoluteUrl(),
                other);
    }

    @Test
    void credentialInFolderHasIssuerOfItsOwn() throws Exception {
        Folder team = j.createProject(Folder.class, "team");
        IdTokenStringCredentials ofFolder =
                new IdTokenStringCredentials(CredentialsScope.GLOBAL, "of-folder", "token of the build");
        ofFolder.setAudience("sts.amazonaws.com");
        JenkinsAws.credential(team, ofFolder);
        String url = Jenkins.get().getRootUrl();
        EmulatedRole role = role("OfFolder", url + "oidc/job/team", url + "job/team/job/assess/");
        WorkflowJob job = team.createProject(WorkflowJob.class, "assess");
        JenkinsAws.script(job, "rootReport(credentialsId: 'of-folder', roleArn: '" + role.arn() + "')");

        WorkflowRun run = j.waitForCompletion(job.scheduleBuild2(0).waitForStart());

        j.assertBuildStatusSuccess(run);
        j.assertLogContains(":assumed-role/OfFolder/team-assess-1", run);
    }

    @Test
    void freestyleAssumesRole() throws Exception {
        FreeStyleProject project = j.createFreeStyleProject("weekly");
        SecureRootAccountBuilder step = new SecureRootAccountBuilder();
        step.credentialsId = "token";
        step.roleArn = audit.arn();
        step.sessionDuration = 900;
        project.getBuildersList().add(step);
        FreeStyleBuild build = project.scheduleBuild2(0).get();
        j.assertLogContains(":assumed-role/Audit/weekly-1", build);
        assertEquals("900", sessions().get(0).parameters().get("DurationSeconds"));
        j.configRoundtrip(project);
        SecureRootAccountBuilder saved = project.getBuildersList().get(SecureRootAccountBuilder.class);
        assertEquals(audit.arn(), saved.roleArn);
        assertEquals(900, saved.sessionDuration);
    }

    @Test
    void defaultRoleBelongsToDefaultCredentials() throws Exception {
        RootGuardGlobalConfiguration global = RootGuardGlobalConfiguration.get();
        global.setCredentialsId("token");
        global.setRoleArn(audit.arn());
        j.assertLogContains(":assumed-role/Audit/", j.assertBuildStatusSuccess(run("rootReport()")));
        j.assertLogContains(":user/alice", j.assertBuildStatusSuccess(run("rootReport(credentialsId: 'admin')")));
    }

    @Test
    void roleIsNotAssumedWithOtherCredentialsOfLaterStep() throws Exception {
        RootGuardGlobalConfiguration global = RootGuardGlobalConfiguration.get();
        global.setCredentialsId("token");
        global.setRoleArn(audit.arn());
        AccessKeyPair alice = aws.account.userKey("alice");
        WorkflowRun run = run(
                "withEnv(['AWS_ACCESS_KEY_ID=" + alice.accessKeyId() + "', 'AWS_SECRET_ACCESS_KEY=' + '"
                        + alice.secretAccessKey() + "']) {",
                "  rootReport()",
                "}",
                "rootReport()",
                "rootReport(credentialsId: 'admin')",
                "rootValidate(failOn: 'NEVER', unstableOn: 'NEVER')");
        j.assertBuildStatusSuccess(run);
        List<String> who = aws.aws.calls().stream()
                .filter(c -> c.action().equals("GetCallerIdentity"))
                .map(c -> c.principalArn().replaceAll("/" + run.getParent().getName() + "-1$", ""))
                .toList();
        String user = "arn:aws:iam::" + JenkinsAws.ACCOUNT + ":user/alice";
        String role = "arn:aws:sts::" + JenkinsAws.ACCOUNT + ":assumed-role/Audit";
        assertEquals(List.of(user, role, user, user), who);
    }

    @Test
    void secretTextWithoutRoleOrTokenIsRefused() throws Exception {
        WorkflowRun without = run("rootReport(credentialsId: 'token')");
        j.assertBuildStatus(Result.FAILURE, without);
        j.assertLogContains(
                "ERROR: roleArn is missing. A secret text or file holds an OIDC token: set the role to assume with it.",
                without);
        JenkinsAws.credential(
                Jenkins.get(),
                new StringCredentialsImpl(CredentialsScope.GLOBAL, "text", null, Secret.fromString("hunter2")));
        WorkflowRun other = run("rootReport(credentialsId: 'text', " + roleArn() + ")");
        j.assertBuildStatus(Result.FAILURE, other);
        j.assertLogContains("ERROR: credentialsId 'text' does not hold a signed OIDC token with an issuer.", other);
        j.assertLogNotContains("hunter2", other);
        assertThat(sessions(), hasSize(0));
    }

    /** Nothing that the build stored has a token or a session in it. */
    private void assertNoSecret(Path build) throws IOException {
        try (Stream<Path> files = Files.walk(build)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                for (String secret : aws.aws.secrets()) {
                    assertFalse(content.contains(secret), file + " has a secret");
                }
            }
        }
    }
}
