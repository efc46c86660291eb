package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedRole;
import io.jenkins.plugins.awsrootguard.emulator.TestIssuer;
import io.jenkins.plugins.awsrootguard.facts.Json;
import io.jenkins.plugins.awsrootguard.freestyle.SecureRootAccountBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import jenkins.security.MasterToSlaveCallable;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sts.model.Credentials;

/** The steps use the role of an agent. */
class AgentCredentialsTest extends OnAgent {

    private static final String ROLE = ":assumed-role/Agent/task";

    private HttpServer metadata;

    /** Serves a session as the endpoints of ECS, of EKS Pod Identity and of an EC2 instance do. */
    @BeforeEach
    void startMetadata() throws Exception {
        Credentials session = session(role);
        String json = """
                {"Code": "Success", "AccessKeyId": "%s", "SecretAccessKey": "%s", "Token": "%s", "Expiration": "%s"}""".formatted(
                        session.accessKeyId(), session.secretAccessKey(), session.sessionToken(), session.expiration());
        metadata = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        metadata.createContext("/task", exchange -> answer(exchange, json));
        metadata.createContext("/latest/api/token", exchange -> answer(exchange, "token"));
        String path = "/latest/meta-data/iam/security-credentials/";
        metadata.createContext(
                path,
                exchange -> answer(exchange, exchange.getRequestURI().getPath().equals(path) ? "Agent" : json));
        metadata.start();
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @AfterEach
    void stopMetadata() {
        metadata.stop(0);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + metadata.getAddress().getPort() + path;
    }

    private void agentInTask() throws Exception {
        agent("AWS_CONTAINER_CREDENTIALS_FULL_URI", url("/task"));
    }

    @Test
    void stepsUseRoleOfTaskAndAssumeOtherRole() throws Exception {
        agentInTask();
        EmulatedRole audit = role("Audit");
        WorkflowRun run = run(
                "node('aws') {",
                "  rootReport(useNode: true)",
                "  rootGaps(unstableOn: 'NEVER')",
                "  rootValidate(useNode: true, roleArn: '" + audit.arn() + "', failOn: 'NEVER', unstableOn: 'NEVER')",
                "}");
        j.assertBuildStatusSuccess(run);
        j.assertLogContains(ROLE, run);
        j.assertLogContains(":assumed-role/Audit/", run);
        assertNoSecret(run.getRootDir().toPath());
    }

    @Test
    void stepUsesRoleOfInstance() throws Exception {
        agent("AWS_EC2_METADATA_DISABLED", "false", "AWS_EC2_METADATA_SERVICE_ENDPOINT", url(""));
        j.assertLogContains(ROLE, j.assertBuildStatusSuccess(run(USE)));
    }

    @Test
    void stepUsesRoleOfServiceAccount() throws Exception {
        try (TestIssuer issuer = TestIssuer.start()) {
            String provider = aws.account.createOidcProvider(issuer.issuer(), "sts.amazonaws.com");
            String host = issuer.issuer().substring("http://".length());
            EmulatedRole pod = role("Pod").trustPolicy("""
                    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                      "Principal": {"Federated": "%s"}, "Condition": {"StringEquals": {"%s:aud": "sts.amazonaws.com"}}}]}\
                    """.formatted(provider, host));
            Path token = Files.writeString(
                    files.resolve("token"), issuer.token(Map.of("aud", "sts.amazonaws.com", "sub", "pod")));
            agent(
                    "AWS_ROLE_ARN",
                    pod.arn(),
                    "AWS_WEB_IDENTITY_TOKEN_FILE",
                    token.toString(),
                    "AWS_REGION",
                    "us-east-1",
                    "AWS_ENDPOINT_URL",
                    aws.aws.endpoint().toString());
            // The session of a pod has another name each time.
            pod.sessionSeconds(60);
            noPause();
            WorkflowRun run = j.assertBuildStatusSuccess(run(USE));
            j.assertLogContains(":assumed-role/Pod/aws-sdk-java-", run);
            long sessions = aws.aws.calls().stream()
                    .filter(c -> c.action().equals("AssumeRoleWithWebIdentity"))
                    .count();
            assertTrue(sessions > 2, sessions + " sessions");
        }
    }

    @Test
    void pauseUsesRoleOfAgent() throws Exception {
        agentInTask();
        WorkflowRun run =
                start("node('aws') {", "  rootReport(useNode: true)", "  rootConfirm(what: 'MFA', useNode: true)", "}");
        j.waitForMessage("Not completed: account summary: AccountMFAEnabled = 0", run);
        aws.account.root().enableVirtualMfa("phone");
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
    }

    @Test
    void organizationIsSecuredWithRoleOfAgent() throws Exception {
        EmulatedAccount shop = aws.aws.createAccount("200000000001").name("shop");
        shop.root().passwordPresent(false);
        shop.root().addAccessKey(true, Instant.parse("2019-03-01T10:00:00Z"), null);
        aws.aws
                .createOrganization(aws.account)
                .enableRootCredentialsManagement(true)
                .enableRootSessions(true)
                .addMember(shop);
        agentInTask();
        WorkflowRun run = start(
                "node('aws') {",
                "  rootReport(organization: true, useNode: true)",
                "  rootGaps(unstableOn: 'NEVER')",
                "  rootConfirm(what: 'PLAN', useNode: true)",
                "  rootSecure(useNode: true, dryRun: false)",
                "  rootValidate(useNode: true, failOn: 'NEVER', unstableOn: 'NEVER')",
                "}");
        j.waitForMessage("Show instructions", run);
        Pauses.submit(Pauses.answer(Pauses.page(j.createWebClient(), run), "PLAN-organization"));
        j.waitForCompletion(run);
        assertEquals(List.of(), shop.root().accessKeys());
        assertTrue(aws.aws.calls().stream()
                .filter(c -> c.action().equals("AssumeRoot"))
                .allMatch(c -> c.principalArn().endsWith(ROLE)));
        assertNoSecret(run.getRootDir().toPath());
    }

    /** It runs on the controller, without an agent. */
    @Test
    void confirmationOnPageOfBuildDoesNotUseAgent() throws Exception {
        agentInTask();
        WorkflowRun run = j.assertBuildStatusSuccess(
                run("node('aws') {", "  rootReport(useNode: true)", "  rootGaps(unstableOn: 'NEVER')", "}"));
        aws.account.root().enableVirtualMfa("phone");
        HtmlPage page = j.createWebClient().getPage(run, "aws-root-guard/");
        HtmlForm form = page.getFirstByXPath("//div[@id='task-MFA']//form");
        Pauses.submit(form);
        HtmlPage after = j.createWebClient().getPage(run, "aws-root-guard/");
        assertThat(
                after.getElementById("task-MFA").asNormalizedText(),
                containsString("AWS could not be reached: No AWS credentials."));
    }

    @Test
    void freestyleUsesRoleOfAgent() throws Exception {
        agentInTask();
        FreeStyleProject project = j.createFreeStyleProject("agent");
        project.setAssignedNode(agent);
        SecureRootAccountBuilder step = new SecureRootAccountBuilder();
        step.useNode = true;
        project.getBuildersList().add(step);
        FreeStyleBuild build = project.scheduleBuild2(0).get();
        j.assertLogContains(ROLE, build);
        assertNoSecret(build.getRootDir().toPath());
        j.configRoundtrip(project);
        assertTrue(project.getBuildersList().get(SecureRootAccountBuilder.class).useNode);
    }

    @Test
    void newSessionIsRequestedFromAgentThatConnectedAgain() throws Exception {
        json("session", session(role), Duration.ofMinutes(4));
        agentWithScript("cat " + files.resolve("session"));
        noPause();
        WorkflowRun run =
                start("node('aws') {", "  rootReport(useNode: true)", "  rootConfirm(what: 'MFA', useNode: true)", "}");
        j.waitForMessage("Not completed", run);
        computer().disconnect(null).get();
        computer().connect(true).get();
        json("session", session(role), Duration.ofMinutes(4));
        aws.account.root().enableVirtualMfa("phone");
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
    }

    /** With every logger of the agent at its finest. */
    @Test
    void logOfAgentHasNoSecret() throws Exception {
        agentInTask();
        Path log = files.resolve("agent.log");
        computer().getChannel().call(new LogAll(log.toString()));
        j.assertBuildStatusSuccess(run(USE));
        String lines = Files.readString(log);
        assertTrue(lines.contains("hudson.remoting"), "the log was written");
        for (String secret : aws.aws.secrets()) {
            assertFalse(lines.contains(secret), "the log has a secret");
        }
    }

    private static final class LogAll extends MasterToSlaveCallable<Void, IOException> {

        private static final long serialVersionUID = 1L;

        // A strong reference: a collected logger loses its handler.
        private static final Logger ALL = Logger.getLogger("");

        private final String file;

        LogAll(String file) {
            this.file = file;
        }

        @Override
        public Void call() throws IOException {
            FileHandler handler = new FileHandler(file);
            handler.setFormatter(new SimpleFormatter());
            handler.setLevel(Level.ALL);
            ALL.addHandler(handler);
            ALL.setLevel(Level.ALL);
            return null;
        }
    }

    @Test
    void controllerIsNoAgent() throws Exception {
        agent();
        RootGuardGlobalConfiguration.get().setAllowControllerCredentials(true);
        assertRefused(
                "useNode needs an agent, but the step runs on the controller.",
                "node('built-in') { rootReport(useNode: true) }");
    }

    @Test
    void useNodeOutsideOfNodeOrWithCredentialsIsRefused() throws Exception {
        assertRefused("useNode needs an agent. Put the step into a node block", "rootReport(useNode: true)");
        assertRefused(
                "useNode cannot be combined with credentialsId.",
                "node { rootReport(useNode: true, credentialsId: 'admin') }");
    }

    @Test
    void pauseSavedBeforeOptionExistedDoesNotUseAgent() throws Exception {
        String saved =
                "{\"credentialsId\": \"admin\", \"accountId\": \"" + JenkinsAws.ACCOUNT + "\", \"region\": null}";
        assertEquals(
                new ConnectionSpec("admin", null, JenkinsAws.ACCOUNT, null, false, null),
                Json.MAPPER.readValue(saved, ConnectionSpec.class));
    }
}
