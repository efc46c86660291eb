package io.jenkins.plugins.awsrootguard.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.Util;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.CredentialsChain;
import io.jenkins.plugins.awsrootguard.aws.RoleChain;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.facts.CallerIdentity;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import software.amazon.awssdk.http.apache.ProxyConfiguration;

/** Connects a build to an AWS account, with {@link BuildCredentials} and through the proxy of Jenkins. */
public final class AwsConnections {

    /** Short timeouts, because a user waits for the result of Test connection. */
    private static final Timeouts TEST = new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(20), 1);

    private AwsConnections() {}

    /**
     * The credentials, the region and the roles that a build used. Ids and ARNs only, never a secret.
     *
     * @param credentialsId null when they are not stored in Jenkins
     * @param region null for the default
     * @param whose the credentials that assumed the roles
     */
    public record Used(
            @CheckForNull String credentialsId,
            @CheckForNull String region,
            RoleChain roles,
            String whose) {

        public Used {
            roles = roles == null ? RoleChain.NONE : roles;
        }

        public Used(@CheckForNull String credentialsId, @CheckForNull String region) {
            this(credentialsId, region, null, null);
        }
    }

    /** @param used to be kept for later steps of the build */
    public record Opened(AccountConnection connection, Used used) {}

    /** Opens the access to AWS with some credentials; the caller closes it. */
    @FunctionalInterface
    interface Login {
        AwsAccess open(AwsAccess.Settings settings);
    }

    /**
     * Opens a connection. The caller closes it.
     *
     * @param env the environment of the step, with the variables of a surrounding block
     * @param agent on which the step runs; null outside of any
     * @param before what an earlier step of the build used; null without one
     * @throws InvalidInputException when there are no credentials, or the job may not use them
     * @throws AwsAccessException when AWS refuses them or cannot be reached
     */
    public static Opened open(
            Run<?, ?> run,
            EnvVars env,
            @CheckForNull Computer agent,
            ConnectionSpec spec,
            @CheckForNull Used before,
            Timeouts timeouts,
            TaskListener log) {
        Used known = before == null ? new Used(null, null) : before;
        String region = Stream.of(
                        spec.region(),
                        Util.fixEmptyAndTrim(env.get("AWS_REGION")),
                        Util.fixEmptyAndTrim(env.get("AWS_DEFAULT_REGION")),
                        known.region(),
                        RootGuardGlobalConfiguration.get().getRegion())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        BuildCredentials found = BuildCredentials.find(run, env, agent, spec, known, log);
        RoleChain roles = found.roles(spec, known);
        // A step that used a block's variables must not make the build forget the credentials of an earlier step.
        Used used = found.credentialsId() == null && known.credentialsId() != null
                ? new Used(known.credentialsId(), region, known.roles(), known.whose())
                : new Used(found.credentialsId(), region, roles, found.whose());
        String session = run.getParent().getFullName() + "-" + run.getNumber();
        AwsAccess access = access(found.login(), roles, session, region, timeouts);
        return new Opened(connect(access, spec.accountId(), found.source()), used);
    }

    /** Tests what a form has as the default credentials; blank ones are the controller's own. */
    static FormValidation test(
            String credentialsId,
            String roleArn,
            String externalId,
            String region,
            boolean allowControllerCredentials) {
        String id = Util.fixEmptyAndTrim(credentialsId);
        if (id == null && !allowControllerCredentials) {
            return FormValidation.warning(Messages.RootGuardGlobalConfiguration_noCredentials());
        }
        try {
            RoleChain roles = RootGuardGlobalConfiguration.roles(roleArn, externalId);
            Login login = id == null
                    ? settings -> AwsAccess.open(CredentialsChain.open(), settings)
                    : JobCredentials.ofAllJobs(id);
            AwsAccess access = access(login, roles, "test-connection", Util.fixEmptyAndTrim(region), TEST);
            try (AccountConnection connection = connect(access, null, null)) {
                CallerIdentity caller = connection.caller();
                return FormValidation.ok(
                        Messages.RootGuardGlobalConfiguration_connected(caller.accountId(), caller.arn()));
            }
        } catch (InvalidInputException | AwsAccessException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** @param session names the build in CloudTrail, if a role is assumed */
    private static AwsAccess access(Login login, RoleChain roles, String session, String region, Timeouts timeouts) {
        LibraryLoggers.keepSecrets();
        return login.open(new AwsAccess.Settings(roles, session, region, proxy(), timeouts));
    }

    private static AccountConnection connect(AwsAccess access, String accountId, String source) {
        try {
            return AccountConnection.open(access, accountId, source);
        } catch (RuntimeException e) {
            access.close();
            throw e;
        }
    }

    /** The proxy of the Jenkins configuration; null without one. */
    @CheckForNull
    private static ProxyConfiguration proxy() {
        hudson.ProxyConfiguration proxy = Jenkins.get().getProxy();
        if (proxy == null || Util.fixEmptyAndTrim(proxy.getName()) == null) {
            return null;
        }
        ProxyConfiguration.Builder builder = ProxyConfiguration.builder()
                .endpoint(URI.create("http://" + proxy.getName() + ":" + proxy.getPort()))
                .useSystemPropertyValues(false)
                .useEnvironmentVariableValues(false)
                // Each pattern alone: no host would match the whole list.
                .nonProxyHosts(proxy.getNoProxyHostPatterns().stream()
                        .map(Pattern::pattern)
                        .collect(Collectors.toSet()));
        return Util.fixEmptyAndTrim(proxy.getUserName()) == null
                ? builder.build()
                : builder.username(proxy.getUserName().trim())
                        .password(Util.fixEmpty(Secret.toString(proxy.getSecretPassword())))
                        .build();
    }
}
