package io.jenkins.plugins.awsrootguard.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.model.Computer;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.CredentialsChain;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import jenkins.security.MasterToSlaveCallable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * The AWS credentials of an agent, as the SDK's default chain finds them there: the role of its machine, pod or task. Only session
 * credentials are accepted; they are fetched again before they expire. Thread-safe. Whatever runs on the agent can use them, so a
 * job gains nothing.
 */
final class AgentCredentials implements AwsCredentialsProvider {

    private static final Duration MARGIN = Duration.ofMinutes(5);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);

    private static final Pattern KEY_ID = Pattern.compile("[A-Z0-9]{16,128}");
    private static final Pattern SECRET = Pattern.compile("[!-~]{16,256}");
    private static final Pattern TOKEN = Pattern.compile("[!-~]{16,20000}");

    private final FilePath workspace;
    private final String agent;
    private AwsSessionCredentials session;
    private Instant replaceAt;

    /**
     * @param workspace on the agent; null outside of any
     * @throws InvalidInputException without an agent, or on the controller if no job may use its credentials
     */
    AgentCredentials(@CheckForNull FilePath workspace) {
        if (workspace == null) {
            throw new InvalidInputException(
                    "useNode", "needs an agent. Put the step into a node block, or leave useNode out.");
        }
        Computer computer = workspace.toComputer();
        this.workspace = workspace;
        this.agent = computer == null ? "?" : Printable.text(computer.getDisplayName(), 80);
        if (!workspace.isRemote() && !RootGuardGlobalConfiguration.get().isAllowControllerCredentials()) {
            throw new InvalidInputException(
                    "useNode",
                    "would use the controller's own credentials, because the step runs on it. Run it on an agent, or have"
                            + " an administrator allow them under Manage Jenkins, Security.");
        }
    }

    /** The name of the agent. */
    String agent() {
        return agent;
    }

    /** @throws AwsAccessException when the agent has no session credentials, or does not answer */
    @Override
    public synchronized AwsCredentials resolveCredentials() {
        if (session == null || !Instant.now().isBefore(replaceAt)) {
            Answer answer = ask();
            if (answer.error() != null) {
                throw failed(Printable.text(answer.error(), 300));
            }
            session = checked(answer);
            Instant asked = Instant.now();
            replaceAt = answer.expires() == 0
                    ? asked.plus(MARGIN)
                    : Instant.ofEpochMilli(answer.expires()).minus(MARGIN);
        }
        return session;
    }

    private Answer ask() {
        try {
            return workspace.getChannel().callAsync(new Find()).get(LONGEST_ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("the run was stopped");
        } catch (TimeoutException e) {
            throw failed("it did not answer in " + LONGEST_ANSWER.toSeconds() + " seconds");
        } catch (IOException | ExecutionException | RuntimeException e) {
            // For example a closed connection, or a Java version that is too old for the classes of this plugin.
            throw failed(Printable.text(String.valueOf(e.getMessage()), 300));
        }
    }

    /** The agent is not trusted: what it sends must look like session credentials. */
    private AwsSessionCredentials checked(Answer answer) {
        if (answer.token() == null) {
            throw failed("they are long-lived. Give the agent a role, because only sessions are accepted");
        }
        boolean valid = answer.keyId() != null
                && KEY_ID.matcher(answer.keyId()).matches()
                && answer.secret() != null
                && SECRET.matcher(answer.secret()).matches()
                && TOKEN.matcher(answer.token()).matches();
        if (!valid) {
            throw failed("they do not have the form of AWS credentials");
        }
        return AwsSessionCredentials.create(answer.keyId(), answer.secret(), answer.token());
    }

    private AwsAccessException failed(String why) {
        String detail = why.endsWith(".") ? why.substring(0, why.length() - 1) : why;
        return new AwsAccessException(
                new Unread(Unread.Kind.CREDENTIALS_FAILED, null, null, "the agent '" + agent + "'", detail));
    }

    /**
     * What the agent found.
     *
     * @param token null for a long-lived key, which is not sent
     * @param expires in milliseconds since 1970; 0 if it is not known
     * @param error null if there are credentials
     */
    private record Answer(String keyId, String secret, String token, long expires, String error)
            implements Serializable {

        @Override
        public String toString() {
            return "credentials of an agent";
        }
    }

    /** Runs on the agent. */
    private static final class Find extends MasterToSlaveCallable<Answer, IOException> {

        private static final long serialVersionUID = 1L;

        @Override
        public Answer call() {
            try (DefaultCredentialsProvider chain = CredentialsChain.open()) {
                return chain.resolveCredentials() instanceof AwsSessionCredentials found
                        ? new Answer(
                                found.accessKeyId(),
                                found.secretAccessKey(),
                                found.sessionToken(),
                                found.expirationTime()
                                        .map(Instant::toEpochMilli)
                                        .orElse(0L),
                                null)
                        : new Answer(null, null, null, 0, null);
            } catch (RuntimeException | LinkageError e) {
                return new Answer(null, null, null, 0, String.valueOf(e.getMessage()));
            }
        }
    }
}
