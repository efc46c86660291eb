package io.jenkins.plugins.awsrootguard.config;

import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.CredentialsChain;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.io.Serial;
import java.io.Serializable;
import java.time.Instant;
import jenkins.security.MasterToSlaveCallable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What an agent answers: a session, or why it has none.
 *
 * @param expires in milliseconds since 1970; 0 if it is not known
 * @param problem null for a session
 * @param cause of {@link Problem#FAILED}; null when the SDK failed in another way, and for the rest
 */
record AgentSession(String keyId, String secret, String token, long expires, Problem problem, Unread cause)
        implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Why there is no session. A long-lived access key does not leave the agent. */
    enum Problem {
        NONE,
        LONG_LIVED,
        FAILED
    }

    private static AgentSession without(Problem problem, Unread cause) {
        return new AgentSession(null, null, null, 0, problem, cause);
    }

    @Override
    public String toString() {
        return "session of an agent";
    }

    /** Runs on the agent, and takes nothing from the job. */
    static final class Find extends MasterToSlaveCallable<AgentSession, RuntimeException> {

        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public AgentSession call() {
            LibraryLoggers.keepSecrets();
            try (DefaultCredentialsProvider chain = CredentialsChain.open()) {
                AwsCredentials found = chain.resolveCredentials();
                return found instanceof AwsSessionCredentials session
                        ? new AgentSession(
                                session.accessKeyId(),
                                session.secretAccessKey(),
                                session.sessionToken(),
                                session.expirationTime()
                                        .map(Instant::toEpochMilli)
                                        .orElse(0L),
                                null,
                                null)
                        : without(Problem.LONG_LIVED, null);
            } catch (AwsAccessException e) {
                return e.unread().kind() == Unread.Kind.NO_CREDENTIALS
                        ? without(Problem.NONE, null)
                        : without(Problem.FAILED, e.unread());
            } catch (SdkException e) {
                return without(Problem.FAILED, null);
            }
        }
    }
}
