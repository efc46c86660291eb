package io.jenkins.plugins.awsrootguard.injenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import hudson.remoting.Channel;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedRole;
import io.jenkins.plugins.awsrootguard.emulator.Hold;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.tools.ToolProvider;
import jenkins.security.MasterToSlaveCallable;
import org.htmlunit.html.HtmlCheckBoxInput;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.SimpleCommandLauncher;
import software.amazon.awssdk.services.sts.model.Credentials;

/** What a user sees when the agent has no session, does not answer or is hostile. */
class AgentFailuresTest extends OnAgent {

    private static final String FORM = "the answer is not an AWS session. Give its instance, pod or task a role.";

    @Test
    void agentWithoutCredentialsIsNamed() throws Exception {
        agent();
        assertRefused(noCredentials("it has none. Give its instance, pod or task a role."), USE);
    }

    @Test
    void longLivedKeyOfAgentIsRefused() throws Exception {
        AccessKeyPair alice = aws.account.userKey("alice");
        agent("AWS_ACCESS_KEY_ID", alice.accessKeyId(), "AWS_SECRET_ACCESS_KEY", alice.secretAccessKey());
        String why =
                "it has only a long-lived access key, which is not accepted. Give its instance, pod or task a role.";
        assertRefused(noCredentials(why), USE);
    }

    @Test
    void causeOnAgentIsReported() throws Exception {
        agent("AWS_PROFILE", "missing");
        assertRefused(noCredentials("The AWS profile 'missing' has no credentials."), USE);
    }

    @Test
    void malformedSessionIsRefused() throws Exception {
        Credentials session = session(role);
        String key = session.accessKeyId();
        String secret = session.secretAccessKey();
        String token = session.sessionToken();
        Instant later = Instant.now().plus(Duration.ofHours(1));
        agentWithScript("cat " + files.resolve("session"));

        json("session", "AKIA" + key.substring(4), secret, token, later);
        assertRefused(noCredentials(FORM), USE);
        json("session", key, secret + "\\n", token, later);
        assertRefused(noCredentials(FORM), USE);
        json("session", key, secret, "t".repeat(16_385), later);
        assertRefused(noCredentials(FORM), USE);
        Instant tooLate = Instant.now().plus(Duration.ofHours(37));
        json("session", key, secret, token, tooLate);
        assertRefused(noCredentials("they expire at " + tooLate.toString().substring(0, 19)), USE);
        json("session", key, secret, token, later);
        j.assertBuildStatusSuccess(run(USE));
    }

    @Test
    void sessionThatAwsRefusesIsReported() throws Exception {
        Credentials session = session(role);
        json(
                "session",
                session.accessKeyId(),
                "x".repeat(40),
                session.sessionToken(),
                Instant.now().plusSeconds(3600));
        agentWithScript("cat " + files.resolve("session"));
        assertRefused(
                "AWS refused the credentials of the agent '" + agent.getDisplayName()
                        + "' in sts:GetCallerIdentity: the secret access key does not belong to the access key id.",
                USE);
    }

    /** The sessions before and after the fourth request. */
    private void agentThatChangesTo(Credentials second) throws Exception {
        Path before = json("before", session(role), Duration.ofMinutes(4));
        Path after = json("after", second, Duration.ofMinutes(4));
        Path requests = files.resolve("requests");
        agentWithScript(
                "echo >> " + requests,
                "if [ $(wc -l < " + requests + ") -lt 4 ]; then cat " + before + "; else cat " + after + "; fi");
        noPause();
    }

    @Test
    void accountThatChangesDuringRunFailsIt() throws Exception {
        EmulatedAccount other = Presets.unsecured(aws.aws, "210987654321");
        agentThatChangesTo(session(other, other.createRole("Agent")));
        assertChanged("210987654321:assumed-role/Agent");
    }

    @Test
    void roleThatChangesDuringRunFailsIt() throws Exception {
        EmulatedRole other = role("Other");
        agentThatChangesTo(session(other));
        assertChanged(JenkinsAws.ACCOUNT + ":assumed-role/Other");
    }

    private void assertChanged(String now) throws Exception {
        WorkflowRun run = run(USE);
        assertRefused(
                "The credentials of the agent '" + agent.getDisplayName()
                        + "' changed during the run: they now belong to arn:aws:sts::" + now
                        + " instead of arn:aws:sts::"
                        + JenkinsAws.ACCOUNT + ":assumed-role/Agent. Nothing more is read or changed with them.",
                run);
        // The call that verified the new session is the only one with it.
        List<String> calls = aws.aws.calls().stream()
                .filter(c -> String.valueOf(c.principalArn()).contains(now))
                .map(c -> c.action())
                .toList();
        assertEquals(List.of("GetCallerIdentity"), calls);
    }

    @Test
    void agentThatIsCutOffIsNamed() throws Exception {
        Path process = files.resolve("process");
        agentWithScript("kill -9 $(cat " + process + ")");
        Files.writeString(process, computer().getChannel().call(new ProcessId()).toString());
        assertRefused(noCredentials("it was disconnected. See the node's log."), USE);
    }

    @Test
    void requestThatTakesTooLongIsCancelledOnAgent() throws Exception {
        Path pipe = files.resolve("pipe");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        agentWithScript("cat " + pipe);
        waitSeconds(5);
        WorkflowRun run = run(USE);
        while (!computer().getChannel().call(new IsCancelled())) {
            Thread.onSpinWait();
        }
        Files.writeString(pipe, "{}");
        assertRefused(noCredentials("it did not answer within 5 seconds. Check its load and its connection."), run);
    }

    /** Whether the request is on a thread of the agent that was interrupted. */
    private static final class IsCancelled extends MasterToSlaveCallable<Boolean, RuntimeException> {

        private static final long serialVersionUID = 1L;

        @Override
        public Boolean call() {
            return Thread.getAllStackTraces().entrySet().stream()
                    .filter(e -> Arrays.stream(e.getValue())
                            .anyMatch(f -> f.getClassName().endsWith("AgentSession$Find")))
                    .anyMatch(e -> e.getKey().isInterrupted());
        }
    }

    private static final class ProcessId extends MasterToSlaveCallable<Long, RuntimeException> {

        private static final long serialVersionUID = 1L;

        @Override
        public Long call() {
            return ProcessHandle.current().pid();
        }
    }

    @Test
    void frozenAgentStopsNoRunWhoseSessionIsValid() throws Exception {
        json("session", session(role), Duration.ofMinutes(4));
        agentWithScript("cat " + files.resolve("session"));
        noPause();
        long process = computer().getChannel().call(new ProcessId());
        Hold hold = aws.aws.faults().holdBefore("GetAccountSummary");
        WorkflowRun run = start("node('aws') {", "  rootReport(useNode: true)", "  echo 'was read'", "}");
        hold.awaitReached();
        signal("STOP", process);
        try {
            waitSeconds(1);
            hold.drop();
            j.waitForMessage("was read", run);
        } finally {
            signal("CONT", process);
        }
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
    }

    /** The buffer of a connection holds some requests; then sending blocks, and cannot be interrupted. */
    @Test
    void agentThatReadsNothingHoldsOneThread() throws Exception {
        json("session", session(role), Duration.ofMinutes(4));
        agentWithScript("cat " + files.resolve("session"));
        noPause();
        Channel channel = (Channel) computer().getChannel();
        long process = channel.call(new ProcessId());
        Hold hold = aws.aws.faults().holdBefore("GetAccountSummary");
        WorkflowRun run = start(
                "node('aws') {",
                "  rootReport(useNode: true)",
                "  echo 'was read'",
                "  rootReport(useNode: true)",
                "}");
        hold.awaitReached();
        signal("STOP", process);
        try {
            new Thread(() -> send(channel), "fills the buffer").start();
            // Another request of Jenkins may be the one that fills it.
            while (waiting("writeBytes") == 0) {
                Thread.onSpinWait();
            }
            waitSeconds(1);
            hold.drop();
            j.waitForMessage("was read", run);
            // The next step is refused without another one.
            j.waitForMessage("it has not received the last request", run);
            assertEquals(1, waiting("AgentCredentials.lambda"));
        } finally {
            signal("CONT", process);
        }
        j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(run));
    }

    /** How many threads are in a method whose name begins like this. */
    private static long waiting(String method) {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> Arrays.stream(stack)
                        .map(f -> f.getClassName().replaceFirst(".*\\.", "") + "." + f.getMethodName())
                        .anyMatch(name -> name.contains(method)))
                .count();
    }

    private static void send(Channel channel) {
        try {
            channel.callAsync(new Large());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** More than a pipe holds. */
    private static final class Large extends MasterToSlaveCallable<Void, RuntimeException> {

        private static final long serialVersionUID = 1L;

        private final byte[] bytes = new byte[10_000_000];

        @Override
        public Void call() {
            return null;
        }
    }

    /** Jenkins finds the controller by this name. */
    @Test
    void agentWithNameOfControllerDoesNotGiveCredentialsOfController() throws Exception {
        RootGuardGlobalConfiguration.get().setAllowControllerCredentials(true);
        agent = new DumbSlave(
                "(built-in)",
                files.resolve("root").toString(),
                new SimpleCommandLauncher(System.getProperty("java.home") + "/bin/java -jar " + agentJar()));
        agent.setLabelString("aws");
        j.jenkins.addNode(agent);
        j.waitOnline(agent);
        assertRefused(noCredentials("it is offline."), USE);
        assertEquals(List.of(), aws.aws.calls());
    }

    private static void signal(String name, long process) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + name, String.valueOf(process))
                        .start()
                        .waitFor());
    }

    @Test
    void pauseGoesOnWhileAgentIsOffline() throws Exception {
        json("session", session(role), Duration.ofHours(1));
        agentWithScript("cat " + files.resolve("session"));
        WorkflowRun run =
                start("node('aws') { rootReport(useNode: true)", "rootConfirm(what: 'PASSWORD', useNode: true) }");
        j.waitForMessage("Show instructions", run);
        computer().disconnect(null).get();

        confirm(Pauses.page(j.createWebClient(), run));
        j.waitForMessage("it is offline. Bring the node online.", run);
        assertEquals(
                List.of(),
                run.getLog(200).stream()
                        .filter(line -> line.contains(computer().getDisplayName()))
                        .filter(line -> !line.contains("The pause continues") && !line.startsWith("Running on"))
                        .toList(),
                "lines of other plugins about the agent");
        computer().connect(true).get();
        HtmlPage page = Pauses.page(j.createWebClient(), run);
        while (page.getForms().stream().noneMatch(f -> f.getNameAttribute().equals("proceed-" + Pauses.PASSWORD))) {
            page = Pauses.page(j.createWebClient(), run);
        }
        confirm(page);
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
    }

    private static void confirm(HtmlPage page) throws Exception {
        HtmlForm form = Pauses.answer(page, Pauses.PASSWORD);
        form.<HtmlCheckBoxInput>getInputByName("agreed").setChecked(true);
        Pauses.submit(form);
    }

    @Test
    void stepWithoutUseNodeNeedsNoAgentThatIsOnline() throws Exception {
        agent();
        Hold hold = aws.aws.faults().holdBefore("GetAccountSummary");
        WorkflowRun run = start(
                "node('aws') {",
                "  rootReport(credentialsId: 'admin')",
                "  rootGaps(unstableOn: 'NEVER')",
                "  rootReport(useNode: true)",
                "}");
        hold.awaitReached();
        computer().disconnect(null).get();
        hold.drop();
        j.waitForCompletion(run);
        j.assertLogContains("useNode needs an agent that is online.", run);
    }

    /** An agent that runs other code than it was sent. */
    @ParameterizedTest
    @CsvSource({
        "null, its answer is empty. Check what runs on the node.",
        "'\"text\"', 'it could not run the request. Use the same Java version as the controller, and see the node''s log.'",
        "new Thread(), 'it could not run the request. Use the same Java version as the controller, and see the node''s log.'"
    })
    void answerOfHostileAgentIsRefused(String answer, String error) throws Exception {
        String classPath = hostile("return " + answer + ";");
        launch(System.getProperty("java.home"), classPath);
        assertRefused(noCredentials(error), USE);
    }

    /** As when the agent's Java cannot load the classes that it was sent. */
    @Test
    void agentThatCannotLoadClassesIsNamed() throws Exception {
        launch(System.getProperty("java.home"), hostile("throw new UnsupportedClassVersionError(\"canary\");"));
        String why =
                "it could not run the request. Use the same Java version as the controller, and see the node's log.";
        assertRefused(noCredentials(why), USE);
    }

    /** Compiles what the agent runs instead; returns its folder. */
    private String hostile(String body) throws Exception {
        Path source = Files.writeString(files.resolve("AgentSession.java"), """
                package io.jenkins.plugins.awsrootguard.config;
                record AgentSession() {
                    static final class Find implements hudson.remoting.Callable<Object, RuntimeException> {
                        private static final long serialVersionUID = 1L;
                        public Object call() { %s }
                        public void checkRoles(org.jenkinsci.remoting.RoleChecker checker) {}
                    }
                }
                """.formatted(body));
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", agentJar(), "-d", files.toString(), source.toString());
        assertEquals(0, result);
        return files.toString();
    }

    private static String agentJar() throws Exception {
        return new File(j.jenkins.getJnlpJars("agent.jar").getURL().toURI()).getAbsolutePath();
    }

    private void launch(String javaHome, String classPath) throws Exception {
        String command = "%s/bin/java -cp %s%s%s hudson.remoting.Launcher"
                .formatted(javaHome, agentJar(), File.pathSeparator, classPath);
        DumbSlave slave = new DumbSlave(
                "other-" + AGENTS.incrementAndGet(),
                files.resolve("root").toString(),
                new SimpleCommandLauncher(command));
        slave.setLabelString("aws");
        j.jenkins.addNode(slave);
        agent = slave;
        j.waitOnline(slave);
    }
}
