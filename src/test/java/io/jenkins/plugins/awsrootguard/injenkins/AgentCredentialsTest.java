package io.jenkins.plugins.awsrootguard.injenkins;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.net.httpserver.HttpServer;
import hudson.EnvVars;
import hudson.model.FreeStyleProject;
import hudson.model.Node;
import hudson.model.Result;
import hudson.model.labels.LabelAtom;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedRole;
import io.jenkins.plugins.awsrootguard.freestyle.SecureRootAccountBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** The credentials of an agent, which is a process of its own. */
@WithSharedJenkins
class AgentCredentialsTest extends InJenkins {

    private static final String USE = "node('aws') { rootReport(useNode: true) }";

    private HttpServer tasks;
    private Credentials session;
    private Node agent;

    /** Serves a session of a role as ECS does. */
    @BeforeEach
    void startTask() throws Exception {
        EmulatedRole role = aws.account.createRole("Agent").trusting(aws.account);
        role.attachedPolicies().add(aws.account.administratorAccess());
        AccessKeyPair alice = aws.account.userKey("alice");
        try (StsClient sts = StsClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(aws.aws.endpoint())
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(alice.accessKeyId(), alice.secretAccessKey())))
                .build()) {
            session = sts.assumeRole(r -> r.roleArn(role.arn()).roleSessionName("task"))
                    .credentials();
        }
        byte[] answer = """
                {"AccessKeyId": "%s", "SecretAccessKey": "%s", "Token": "%s", "Expiration": "%s"}""".formatted(
                        session.accessKeyId(), session.secretAccessKey(), session.sessionToken(), session.expiration())
                .getBytes(StandardCharsets.UTF_8);
        tasks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tasks.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        tasks.start();
    }

    @AfterEach
    void stopTask() throws Exception {
        tasks.stop(0);
        if (agent != null) {
            j.jenkins.removeNode(agent);
        }
    }

    private void agent(String... variables) throws Exception {
        EnvVars env = new EnvVars(variables);
        env.put("AWS_EC2_METADATA_DISABLED", "true");
        env.put("AWS_CONFIG_FILE", "/dev/null");
        env.put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
        agent = j.createOnlineSlave(new LabelAtom("aws"), env);
    }

    private void agentWithRole() throws Exception {
        agent(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                "http://127.0.0.1:" + tasks.getAddress().getPort() + "/");
    }

    private WorkflowRun run(String... script) throws Exception {
        return j.waitForCompletion(JenkinsAws.job(j, script).scheduleBuild2(0).waitForStart());
    }

    private void assertRefused(String error, String... script) throws Exception {
        WorkflowRun run = run(script);
        j.assertBuildStatus(Result.FAILURE, run);
        j.assertLogContains("ERROR: " + error, run);
        j.assertLogNotContains("\tat ", run);
    }

    @Test
    void stepUsesRoleOfAgent() throws Exception {
        agentWithRole();
        EmulatedRole audit = aws.account.createRole("Audit").trusting(aws.account);
        audit.attachedPolicies().add(aws.account.administratorAccess());
        WorkflowRun run = run(
                "node('aws') {",
                "  rootReport(useNode: true)",
                "  rootGaps(unstableOn: 'NEVER')",
                "  rootValidate(useNode: true, roleArn: '" + audit.arn() + "', failOn: 'NEVER', unstableOn: 'NEVER')",
                "}");
        j.assertBuildStatusSuccess(run);
        j.assertLogContains(":assumed-role/Agent/task", run);
        j.assertLogContains(":assumed-role/Audit/", run);
        assertNoSecret(run.getRootDir().toPath());
    }

    @Test
    void pauseUsesRoleOfAgent() throws Exception {
        agentWithRole();
        WorkflowRun run = JenkinsAws.job(
                        j,
                        "node('aws') {",
                        "  rootReport(useNode: true)",
                        "  rootConfirm(what: 'MFA', useNode: true)",
                        "}")
                .scheduleBuild2(0)
                .waitForStart();
        j.waitForMessage("Not completed: account summary: AccountMFAEnabled = 0", run);
        aws.account.root().enableVirtualMfa("phone");
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
    }

    @Test
    void freestyleUsesRoleOfAgent() throws Exception {
        agentWithRole();
        FreeStyleProject project = j.createFreeStyleProject("agent");
        project.setAssignedNode(agent);
        SecureRootAccountBuilder step = new SecureRootAccountBuilder();
        step.useNode = true;
        project.getBuildersList().add(step);
        j.assertLogContains(
                ":assumed-role/Agent/task", project.scheduleBuild2(0).get());
    }

    @Test
    void agentWithoutCredentialsIsNamed() throws Exception {
        agent();
        assertRefused(
                "Could not get AWS credentials from the agent '" + agent.getDisplayName()
                        + "': No AWS credentials were found.",
                USE);
    }

    @Test
    void longLivedKeyOfAgentIsRefused() throws Exception {
        AccessKeyPair alice = aws.account.userKey("alice");
        agent("AWS_ACCESS_KEY_ID", alice.accessKeyId(), "AWS_SECRET_ACCESS_KEY", alice.secretAccessKey());
        assertRefused(
                "Could not get AWS credentials from the agent '" + agent.getDisplayName()
                        + "': they are long-lived. Give the agent a role, because only sessions are accepted.",
                USE);
    }

    @Test
    void useNodeNeedsAgentAndNoOtherCredentials() throws Exception {
        assertRefused("useNode needs an agent. Put the step into a node block", "rootReport(useNode: true)");
        assertRefused(
                "useNode would use the controller's own credentials", "node('built-in') { rootReport(useNode: true) }");
        assertRefused(
                "useNode cannot be combined with credentialsId.",
                "node { rootReport(useNode: true, credentialsId: 'admin') }");
    }

    private void assertNoSecret(Path build) throws IOException {
        try (Stream<Path> files = Files.walk(build)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(
                        content.contains(session.secretAccessKey()) || content.contains(session.sessionToken()),
                        file + " has a secret");
            }
        }
    }
}
