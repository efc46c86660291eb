package io.jenkins.plugins.awsrootguard.injenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import hudson.EnvVars;
import hudson.model.Result;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.io.ByteArrayOutputStream;
import java.security.KeyStore;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Where a step's credentials come from, and which a job can't get at. */
@WithSharedJenkins
class CredentialsTest {

    private static final String NONE = "No AWS credentials. Set credentialsId, or use withCredentials.";

    private static JenkinsRule j;

    private JenkinsAws aws;
    private AccessKeyPair key;

    @BeforeAll
    static void startJenkins(JenkinsRule rule) {
        j = rule;
    }

    @BeforeEach
    void start() {
        aws = new JenkinsAws();
        key = aws.administratorKey();
    }

    @AfterEach
    void stop() {
        RootGuardGlobalConfiguration.get().setCredentialsId(null);
        RootGuardGlobalConfiguration.get().setAllowControllerCredentials(false);
        aws.close();
    }

    @Test
    void usesAndTracksUsernameWithPassword() throws Exception {
        JenkinsAws.credential("pair", key);
        WorkflowRun run = success("rootReport(credentialsId: 'pair')");
        StandardUsernamePasswordCredentials credential = CredentialsProvider.findCredentialById(
                "pair", StandardUsernamePasswordCredentials.class, run, List.of());
        assertEquals(
                1,
                CredentialsProvider.getOrCreateFingerprintOf(credential)
                        .getUsages()
                        .size());
    }

    @Test
    void usesAwsCredentials() throws Exception {
        JenkinsAws.credential(
                j.jenkins,
                new AWSCredentialsImpl(
                        CredentialsScope.GLOBAL, "aws", key.accessKeyId(), key.secretAccessKey(), null, null, null));
        success("rootReport(credentialsId: 'aws')");
    }

    @Test
    void reportsUnknownId() throws Exception {
        failure(
                "credentialsId 'nowhere' was not found among the credentials that the job",
                "rootReport(credentialsId: 'nowhere')");
    }

    @Test
    void reportsCredentialsOfAnotherKind() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        keys.store(file, "canary-password".toCharArray());
        JenkinsAws.credential(
                j.jenkins,
                new CertificateCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        "certificate",
                        null,
                        "canary-password",
                        new CertificateCredentialsImpl.UploadedKeyStoreSource(
                                SecretBytes.fromBytes(file.toByteArray()))));
        failure("credentialsId 'certificate' is of the kind 'Certificate'", "rootReport(credentialsId: 'certificate')");
    }

    @Test
    void refusesCredentialsOfAnotherFolder() throws Exception {
        Folder folder = j.createProject(Folder.class);
        JenkinsAws.credential(folder, JenkinsAws.pair("of-folder", key));
        WorkflowJob inside = folder.createProject(WorkflowJob.class, "inside");
        JenkinsAws.script(inside, "rootReport(credentialsId: 'of-folder')");
        j.buildAndAssertSuccess(inside);
        failure("credentialsId 'of-folder' was not found", "rootReport(credentialsId: 'of-folder')");
    }

    @Test
    void usesVariablesOfTheBlock() throws Exception {
        JenkinsAws.credential("pair", key);
        success(
                "withCredentials([usernamePassword(credentialsId: 'pair', usernameVariable: 'AWS_ACCESS_KEY_ID',"
                        + " passwordVariable: 'AWS_SECRET_ACCESS_KEY')]) {",
                "  rootReport()",
                "}");
    }

    /** As in {@code withAWS(role: ...)} around {@code withCredentials}. */
    @Test
    void ignoresSessionTokenOfOuterBlock() throws Exception {
        JenkinsAws.credential("pair", key);
        success(
                "withEnv(['AWS_SESSION_TOKEN=of-another-key']) {",
                "  withCredentials([usernamePassword(credentialsId: 'pair', usernameVariable: 'AWS_ACCESS_KEY_ID',"
                        + " passwordVariable: 'AWS_SECRET_ACCESS_KEY')]) { rootReport() }",
                "}");
    }

    @Test
    void reportsRoleOfCredentialsThatCannotBeAssumed() throws Exception {
        String role = "arn:aws:iam::" + JenkinsAws.ACCOUNT + ":role/Missing";
        JenkinsAws.credential(
                j.jenkins,
                new AWSCredentialsImpl(
                        CredentialsScope.GLOBAL, "role", key.accessKeyId(), key.secretAccessKey(), null, role, null));
        failure(
                "AWS denied sts:AssumeRole on " + role + " for arn:aws:iam::" + JenkinsAws.ACCOUNT
                        + ":user/alice. The role must exist, trust this principal, and the principal must be allowed"
                        + " the action.",
                "rootReport(credentialsId: 'role')");
    }

    @Test
    void reportsIncompleteVariables() throws Exception {
        failure(
                "The variable AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY",
                "withEnv(['AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE']) { rootReport() }");
    }

    @Test
    void usesCredentialsOfAnEarlierStep() throws Exception {
        JenkinsAws.credential("pair", key);
        success(
                "rootReport(credentialsId: 'pair')",
                "rootGaps(unstableOn: 'NEVER')",
                "rootValidate(unstableOn: 'NEVER')");
    }

    @Test
    void forgetsVariablesAfterTheBlock() throws Exception {
        JenkinsAws.credential("pair", key);
        failure(
                "No AWS credentials. Those of an earlier step (" + Printable.keyId(key.accessKeyId())
                        + ") were only available in its block. Put the step into the block",
                "withCredentials([usernamePassword(credentialsId: 'pair', usernameVariable: 'AWS_ACCESS_KEY_ID',"
                        + " passwordVariable: 'AWS_SECRET_ACCESS_KEY')]) {",
                "  rootReport()",
                "}",
                "rootValidate(unstableOn: 'NEVER')");
    }

    @Test
    void usesCredentialsOfTheGlobalConfiguration() throws Exception {
        JenkinsAws.credential("pair", key);
        RootGuardGlobalConfiguration.get().setCredentialsId("pair");
        success("rootReport()");
    }

    @Test
    void refusesControllerCredentialsUnlessAllowed() throws Exception {
        System.setProperty("aws.accessKeyId", key.accessKeyId());
        System.setProperty("aws.secretAccessKey", key.secretAccessKey());
        try {
            failure(NONE, "rootReport()");
            RootGuardGlobalConfiguration.get().setAllowControllerCredentials(true);
            WorkflowRun run = success("rootReport()");
            j.assertLogContains(
                    "Using the Jenkins controller's own AWS credentials, as an administrator has allowed", run);
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
    }

    @Test
    void refusesCredentialsWithBlankKey() throws Exception {
        aws.account.createRole("powerful");
        System.setProperty("aws.accessKeyId", key.accessKeyId());
        System.setProperty("aws.secretAccessKey", key.secretAccessKey());
        System.setProperty("aws.region", "us-east-1");
        try {
            for (String blank : List.of("", " ", "\u2003")) {
                JenkinsAws.credential(
                        j.jenkins,
                        new AWSCredentialsImpl(
                                CredentialsScope.GLOBAL,
                                "blank",
                                blank,
                                blank,
                                null,
                                aws.account.role("powerful").arn(),
                                null));
                failure("The credential 'blank' has no access key", "rootReport(credentialsId: 'blank')");
            }
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
            System.clearProperty("aws.region");
        }
    }

    @Test
    void ignoresVariablesOfTheController() throws Exception {
        EnvVars.masterEnvVars.put("AWS_SECRET_ACCESS_KEY", key.secretAccessKey());
        try {
            failure(
                    NONE,
                    "withEnv(['AWS_ACCESS_KEY_ID=" + key.accessKeyId() + "', 'AWS_SECRET_ACCESS_KEY="
                            + key.secretAccessKey() + "']) { rootReport() }");
        } finally {
            EnvVars.masterEnvVars.remove("AWS_SECRET_ACCESS_KEY");
        }
    }

    private WorkflowRun success(String... script) throws Exception {
        return j.buildAndAssertSuccess(JenkinsAws.job(j, script));
    }

    private void failure(String expected, String... script) throws Exception {
        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, JenkinsAws.job(j, script));
        j.assertLogContains("ERROR: " + expected, run);
        j.assertLogNotContains("\tat ", run);
    }
}
