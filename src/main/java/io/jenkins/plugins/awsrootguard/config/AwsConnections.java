package io.jenkins.plugins.awsrootguard.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.ProxyConfiguration;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.Secret;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.CredentialsChain;
import io.jenkins.plugins.awsrootguard.aws.ProxySettings;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Connects a build to an AWS account. Credentials are searched for in this order: those that the step names; AWS's variables in
 * the surrounding block; those that an earlier step of the build used; those of the global configuration; and, only if an
 * administrator has allowed it, the controller's own.
 */
public final class AwsConnections {

    // Strong references: a collected logger loses its level.
    private static final List<Logger> LIBRARIES = Stream.of("org.apache.http", "software.amazon.awssdk")
            .map(Logger::getLogger)
            .toList();

    private AwsConnections() {}

    /**
     * The credential and the region that a build used. Ids only, never a secret.
     *
     * @param credentialsId null when the build used no credential of Jenkins
     * @param region null when none was given
     */
    public record Used(
            @CheckForNull String credentialsId,
            @CheckForNull String region) {}

    /**
     * A new connection, and what it was opened with.
     *
     * @param used to be kept for later steps of the build
     */
    public record Opened(AccountConnection connection, Used used) {}

    /**
     * Opens a connection. The caller closes it.
     *
     * @param env the environment of the step, with the variables of a surrounding block
     * @param before what an earlier step of the build used; null without one
     * @throws InvalidInputException when there are no credentials, or none that the job may use
     * @throws io.jenkins.plugins.awsrootguard.aws.AwsAccessException when AWS refuses them or can't be reached
     */
    @NonNull
    public static Opened open(
            @NonNull Run<?, ?> run,
            @NonNull EnvVars env,
            @NonNull ConnectionSpec spec,
            @CheckForNull Used before,
            @NonNull Timeouts timeouts,
            @NonNull TaskListener log) {
        keepSecretsFromLogs();
        Used known = before == null ? new Used(null, null) : before;
        String region = region(spec, env, known);
        Chosen chosen = choose(run, env, spec, known, log);
        // A step that used a block's variables must not make the build forget the credential that another one named.
        String id = chosen.credentialsId() == null ? known.credentialsId() : chosen.credentialsId();
        AwsAccess access = AwsAccess.open(chosen.credentials(), region, proxy(), timeouts);
        try {
            return new Opened(AccountConnection.open(access, spec.accountId()), new Used(id, region));
        } catch (RuntimeException e) {
            access.close();
            throw e;
        }
    }

    /**
     * At FINE, Apache's HTTP client logs session tokens and the credentials of {@code AssumeRoot}, and the SDK logs signed headers.
     * Called each time, because deleting a log recorder resets the level. A recorder for these loggers still gets all.
     */
    private static void keepSecretsFromLogs() {
        for (Logger logger : LIBRARIES) {
            if (logger.getLevel() == null) {
                logger.setLevel(Level.INFO);
            }
        }
    }

    /** @param credentialsId null when the credentials are no credential of Jenkins */
    private record Chosen(AwsCredentialsProvider credentials, String credentialsId) {}

    private static Chosen choose(Run<?, ?> run, EnvVars env, ConnectionSpec spec, Used before, TaskListener log) {
        RootGuardGlobalConfiguration global = RootGuardGlobalConfiguration.get();
        String field = spec.credentialsField();
        String id = spec.credentialsId();
        if (id == null) {
            Optional<AwsCredentialsProvider> ofBlock = EnvironmentCredentials.find(env);
            if (ofBlock.isPresent()) {
                return new Chosen(ofBlock.get(), null);
            }
            field = before.credentialsId() == null
                    ? "the global setting credentialsId"
                    : ConnectionSpec.CREDENTIALS_ID;
            id = before.credentialsId() == null ? global.getCredentialsId() : before.credentialsId();
        }
        if (id != null) {
            return new Chosen(JobCredentials.find(run, field, id), id);
        }
        if (global.isAllowControllerCredentials()) {
            log.getLogger()
                    .println("Using the Jenkins controller's own AWS credentials, as an administrator has allowed");
            return new Chosen(CredentialsChain.open(), null);
        }
        throw new InvalidInputException("No AWS credentials. Set credentialsId, or use withCredentials."
                + " The controller's own credentials are used only if an administrator allows it.");
    }

    @CheckForNull
    private static String region(ConnectionSpec spec, EnvVars env, Used before) {
        if (spec.region() != null) {
            return spec.region();
        }
        String ofBlock = EnvironmentCredentials.region(env);
        if (ofBlock != null) {
            return ofBlock;
        }
        return before.region() == null ? RootGuardGlobalConfiguration.get().getRegion() : before.region();
    }

    /** The proxy that Jenkins is configured to use; null without one. */
    @CheckForNull
    private static ProxySettings proxy() {
        ProxyConfiguration proxy = Jenkins.get().getProxy();
        if (proxy == null || Util.fixEmptyAndTrim(proxy.getName()) == null) {
            return null;
        }
        return new ProxySettings(
                proxy.getName(),
                proxy.getPort(),
                Util.fixEmptyAndTrim(proxy.getUserName()),
                Util.fixEmpty(Secret.toString(proxy.getSecretPassword())),
                // Each pattern alone: no host would match the whole list.
                proxy.getNoProxyHostPatterns().stream().map(Pattern::pattern).toList());
    }
}
