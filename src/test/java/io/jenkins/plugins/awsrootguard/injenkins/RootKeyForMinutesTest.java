package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.cli.CLICommandInvoker;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedRole;
import io.jenkins.plugins.awsrootguard.emulator.TestIssuer;
import java.util.Map;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Root's own key in the folder of one job, as docs/keyless-aws.md describes it. */
@WithSharedJenkins
class RootKeyForMinutesTest extends InJenkins {

    private TestIssuer issuer;
    private EmulatedRole role;
    private Folder team;
    private WorkflowJob job;

    @BeforeEach
    void storeKeyInFolder() throws Exception {
        issuer = TestIssuer.start();
        String provider = aws.account.createOidcProvider(issuer.issuer(), "sts.amazonaws.com");
        role = aws.account.createRole("RootGuardSecure").trustPolicy("""
                {"Statement": {"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                  "Principal": {"Federated": "%s"}}}
                """.formatted(provider));
        role.attachedPolicies().add(aws.account.administratorAccess());
        team = j.createProject(Folder.class, "team");
        JenkinsAws.credential(
                team,
                new StringCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        "aws-token",
                        null,
                        Secret.fromString(issuer.token(Map.of("aud", "sts.amazonaws.com", "sub", "job/x")))));
        Folder folder = team.createProject(Folder.class, "root-key");
        AccessKeyPair key = aws.account.rootKey();
        JenkinsAws.credential(folder, JenkinsAws.pair("root-key", key));
        job = folder.createProject(WorkflowJob.class, "secure");
        JenkinsAws.script(
                job,
                "rootReport credentialsId: 'root-key'",
                "rootGaps unstableOn: 'NEVER', deleteKeys: ['" + key.accessKeyId() + "']",
                "rootSecure dryRun: false, approved: true",
                "rootValidate credentialsId: 'aws-token', roleArn: '" + role.arn()
                        + "', failOn: 'NEVER', unstableOn: 'NEVER'");
    }

    @AfterEach
    void stopIssuer() throws Exception {
        issuer.close();
        team.delete();
    }

    private WorkflowRun run() throws Exception {
        return j.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }

    @Test
    void keyIsDeletedAndTokenValidates() throws Exception {
        WorkflowRun run = run();
        assertThat(aws.account.root().accessKeys(), empty());
        j.assertLogContains(":assumed-role/RootGuardSecure/team-root-key-secure-1", run);
        j.assertLogNotContains("ERROR", run);
    }

    @Test
    void credentialThatRemainsNamesBuildThatDeletedItsKey() throws Exception {
        run();
        WorkflowRun second = run();
        j.assertBuildStatus(Result.FAILURE, second);
        j.assertLogContains("build #1 deleted this root access key on", second);
    }

    @Test
    void commandOfDocsDeletesCredential() throws Exception {
        run();
        assertEquals(
                0,
                new CLICommandInvoker(j, "delete-credentials")
                        .invokeWithArgs("folder::item::/team/root-key", "_", "root-key")
                        .returnCode());
        WorkflowRun second = run();
        j.assertBuildStatus(Result.FAILURE, second);
        j.assertLogContains("ERROR: credentialsId 'root-key' was not found among the credentials", second);
    }

    @Test
    void rootKeyWithRoleFailsAndErrorNamesRoleArn() throws Exception {
        JenkinsAws.script(job, "rootReport credentialsId: 'root-key', roleArn: '" + role.arn() + "'");
        WorkflowRun run = run();
        j.assertBuildStatus(Result.FAILURE, run);
        j.assertLogContains(
                "ERROR: AWS denied sts:AssumeRole on " + role.arn()
                        + ": a root user can't assume a role. Remove roleArn",
                run);
    }
}
