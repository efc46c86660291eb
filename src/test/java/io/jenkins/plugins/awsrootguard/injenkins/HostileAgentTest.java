package io.jenkins.plugins.awsrootguard.injenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.slaves.DumbSlave;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.SimpleCommandLauncher;

/** What a user sees when the agent runs other code than it was sent, or has the name of the controller. */
class HostileAgentTest extends OnAgent {

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
