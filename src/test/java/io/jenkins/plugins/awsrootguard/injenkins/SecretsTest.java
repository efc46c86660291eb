package io.jenkins.plugins.awsrootguard.injenkins;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.freestyle.SecureRootAccountBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The secrets that a build works with are found nowhere in what it leaves: not in a file, not on a page. */
@WithSharedJenkins
class SecretsTest {

    private JenkinsRule j;
    private JenkinsAws aws;
    private AccessKeyPair root;
    private AccessKeyPair admin;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        j = rule;
        aws = new JenkinsAws();
        root = aws.account.rootKey();
        admin = aws.administratorKey();
        JenkinsAws.credential("root", root);
        JenkinsAws.credential("admin", admin);
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void pausedPipelineStoresNoSecret() throws Exception {
        WorkflowRun run = Pauses.paused(
                j,
                "rootReport(credentialsId: 'root')",
                "rootGaps(unstableOn: 'NEVER')",
                "rootSecure()",
                "withCredentials([usernamePassword(credentialsId: 'admin', usernameVariable: 'AWS_ACCESS_KEY_ID',"
                        + " passwordVariable: 'AWS_SECRET_ACCESS_KEY')]) { rootConfirm 'MFA' }",
                "rootValidate(credentialsId: 'admin', unstableOn: 'NEVER')");
        j.waitForMessage("AccountMFAEnabled = 0", run);
        assertClean(run, "root-guard-confirm/");
        aws.account.root().enableVirtualMfa("phone");
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        assertClean(run, "", "console", "consoleText", "aws-root-guard/", "aws-root-guard/" + JenkinsAws.ACCOUNT + "/");
    }

    @Test
    void freestyleBuildStoresNoSecret() throws Exception {
        SecureRootAccountBuilder step = new SecureRootAccountBuilder();
        step.credentialsId = "root";
        step.validationCredentialsId = "admin";
        step.apply = true;
        step.approved = true;
        step.deleteKeys = root.accessKeyId();
        FreeStyleProject project = j.createFreeStyleProject();
        project.getBuildersList().add(step);
        FreeStyleBuild build = j.waitForCompletion(project.scheduleBuild2(0).waitForStart());
        assertClean(build, "", "console", "consoleText", "aws-root-guard/" + JenkinsAws.ACCOUNT + "/");
    }

    private void assertClean(Run<?, ?> run, String... pages) throws Exception {
        try (Stream<Path> files = Files.walk(run.getRootDir().toPath())) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertTrue(all.stream().anyMatch(f -> f.endsWith("report.html")), all.toString());
            for (Path file : all) {
                assertFalse(holdsSecret(read(file)), file + " holds a secret");
            }
        }
        JenkinsRule.WebClient web = j.createWebClient();
        for (String page : pages) {
            String text = web.goTo(run.getUrl() + page, null).getWebResponse().getContentAsString();
            assertFalse(holdsSecret(text), "the page " + page + " holds a secret");
        }
    }

    private boolean holdsSecret(String text) {
        return text.contains(root.secretAccessKey()) || text.contains(admin.secretAccessKey());
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }
}
