package io.jenkins.plugins.awsrootguard.injenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import hudson.remoting.Channel;
import io.jenkins.plugins.awsrootguard.emulator.Hold;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import jenkins.security.MasterToSlaveCallable;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** What a user sees when the agent does not answer. */
class FrozenAgentTest extends OnAgent {

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

    private static void signal(String name, long process) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + name, String.valueOf(process))
                        .start()
                        .waitFor());
    }
}
