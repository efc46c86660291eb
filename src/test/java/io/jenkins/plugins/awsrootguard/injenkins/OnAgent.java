package io.jenkins.plugins.awsrootguard.injenkins;

import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.EnvVars;
import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Slave;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** An agent that is a process of its own, with the label {@code aws}, and the sessions of a role. */
@WithSharedJenkins
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the agent runs shell scripts")
abstract class OnAgent extends InJenkins {

    static final String USE = "node('aws') { rootReport(useNode: true) }";

    private static final String PROPERTIES = "io.jenkins.plugins.awsrootguard.config.AgentCredentials.";

    static final AtomicInteger AGENTS = new AtomicInteger();

    @TempDir
    Path files;

    EmulatedRole role;
    Slave agent;

    @BeforeEach
    void createRole() {
        role = role("Agent");
    }

    EmulatedRole role(String name) {
        EmulatedRole created = aws.account.createRole(name).trusting(aws.account);
        created.attachedPolicies().add(aws.account.administratorAccess());
        return created;
    }

    @AfterEach
    void removeAgent() throws Exception {
        Pauses.killAll(j);
        if (agent != null) {
            j.jenkins.removeNode(agent);
        }
        for (String property : Set.of("waitSeconds", "pauseSeconds")) {
            System.clearProperty(PROPERTIES + property);
        }
        RootGuardGlobalConfiguration.get().setAllowControllerCredentials(false);
    }

    static void waitSeconds(int seconds) {
        System.setProperty(PROPERTIES + "waitSeconds", String.valueOf(seconds));
    }

    /** A session whose rest is always short is replaced at each call. */
    static void noPause() {
        System.setProperty(PROPERTIES + "pauseSeconds", "0");
    }

    Credentials session(EmulatedRole of) {
        return session(aws.account, of);
    }

    Credentials session(EmulatedAccount owner, EmulatedRole of) {
        owner.attachAdministratorAccess("alice");
        AccessKeyPair alice = owner.userKey("alice");
        try (StsClient sts = StsClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(aws.aws.endpoint())
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(alice.accessKeyId(), alice.secretAccessKey())))
                .build()) {
            return sts.assumeRole(r -> r.roleArn(of.arn()).roleSessionName("task"))
                    .credentials();
        }
    }

    /** An agent with these environment variables, and no other credentials. */
    void agent(String... variables) throws Exception {
        // A Pipeline stops 15 seconds after its agent was deleted, also if there is another one of the same name by
        // then.
        agent = j.createSlave("agent-" + AGENTS.incrementAndGet(), "aws", variables(variables));
        j.waitOnline(agent);
    }

    EnvVars variables(String... more) {
        EnvVars env = new EnvVars(Map.of(
                "AWS_EC2_METADATA_DISABLED", "true",
                "AWS_CONFIG_FILE", "/dev/null",
                "AWS_SHARED_CREDENTIALS_FILE", "/dev/null",
                // An agent runs for seconds.
                "JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"));
        env.putAll(new EnvVars(more));
        return env;
    }

    /** An agent whose AWS profile gets its credentials from this shell script. */
    void agentWithScript(String... lines) throws Exception {
        Path script = Files.writeString(files.resolve("credentials.sh"), String.join("\n", lines));
        Path config = Files.writeString(
                files.resolve("config"), "[default]\nregion = us-east-1\ncredential_process = sh " + script + "\n");
        agent("AWS_CONFIG_FILE", config.toString());
    }

    /** A file of this name with the session for {@link #agentWithScript}. */
    Path json(String name, Credentials session, Duration life) throws IOException {
        return json(
                name,
                session.accessKeyId(),
                session.secretAccessKey(),
                session.sessionToken(),
                Instant.now().plus(life));
    }

    Path json(String name, String keyId, String secret, String token, Instant expires) throws IOException {
        return Files.writeString(files.resolve(name), """
                {"Version": 1, "AccessKeyId": "%s", "SecretAccessKey": "%s", "SessionToken": "%s", "Expiration": "%s"}""".formatted(keyId, secret, token, expires));
    }

    Computer computer() {
        return agent.toComputer();
    }

    WorkflowRun start(String... script) throws Exception {
        return JenkinsAws.job(j, script).scheduleBuild2(0).waitForStart();
    }

    WorkflowRun run(String... script) throws Exception {
        return j.waitForCompletion(start(script));
    }

    void assertRefused(String error, String... script) throws Exception {
        assertRefused(error, run(script));
    }

    void assertRefused(String error, WorkflowRun run) throws Exception {
        j.assertBuildStatus(Result.FAILURE, run);
        j.assertLogContains("ERROR: " + error, run);
        j.assertLogNotContains("\tat ", run);
        assertNoSecret(run.getRootDir().toPath());
    }

    /** The error of a step without credentials. */
    String noCredentials(String why) {
        return "Could not get AWS credentials from the agent '" + agent.getDisplayName() + "': " + why;
    }

    /** Nothing that the build stored has a secret or a token of a session in it. */
    void assertNoSecret(Path build) throws IOException {
        try (Stream<Path> all = Files.walk(build)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                for (String secret : aws.aws.secrets()) {
                    assertFalse(content.contains(secret), file + " has a secret");
                }
            }
        }
    }
}
