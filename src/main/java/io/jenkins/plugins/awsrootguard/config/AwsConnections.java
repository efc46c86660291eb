package io.jenkins.plugins.awsrootguard.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.ui.AccountEntry;
import io.jenkins.plugins.awsrootguard.ui.OrganizationEntry;
import io.jenkins.plugins.awsrootguard.ui.RootGuardAction;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * Connects a build to an AWS account. Credentials are looked for in this order: those that the step names; AWS's variables in
 * the surrounding block; those that an earlier step of the build named; those of the global configuration; and, only if an
 * administrator has allowed it, the controller's own.
 */
public final class AwsConnections {

    private AwsConnections() {}

    /**
     * Opens a connection, and keeps with the build how that was done (ids, never a secret) for its later steps.
     *
     * @param env the environment of the step, which a surrounding block may have added to
     * @throws InvalidInputException when there are no credentials, or none that the job may use
     * @throws io.jenkins.plugins.awsrootguard.aws.AwsAccessException when AWS refuses them or can't be reached
     */
    @NonNull
    public static AccountConnection open(
            @NonNull Run<?, ?> run,
            @NonNull EnvVars env,
            @NonNull ConnectionSpec spec,
            @NonNull RootGuardAction action,
            @NonNull TaskListener log) {
        Optional<AccountEntry> before = before(spec, action);
        String region = region(spec, env, before);
        Chosen chosen = choose(run, env, spec, before, log);
        AccountConnection connection = connect(chosen, region, spec);
        remember(action, connection.accountId(), chosen.credentialsId(), region);
        return connection;
    }

    /**
     * Opens a connection for one of many looks at an account: says nothing, and leaves what the build keeps as it is.
     *
     * @throws InvalidInputException when there are no credentials, or none that the job may use
     * @throws io.jenkins.plugins.awsrootguard.aws.AwsAccessException when AWS refuses them or can't be reached
     */
    @NonNull
    public static AccountConnection openQuietly(
            @NonNull Run<?, ?> run,
            @NonNull EnvVars env,
            @NonNull ConnectionSpec spec,
            @NonNull RootGuardAction action) {
        Optional<AccountEntry> before = before(spec, action);
        return connect(choose(run, env, spec, before, TaskListener.NULL), region(spec, env, before), spec);
    }

    /**
     * A connection for many accounts, and how it was made.
     *
     * @param credentialsId null when it was another way than by a credential of Jenkins
     * @param region null when none was given
     */
    public record ForMany(AccountConnection connection, String credentialsId, String region) {}

    /**
     * Opens a connection to the account of the credentials themselves, for the many accounts of its organization. Keeps nothing
     * with the build: the organization isn't known yet.
     *
     * @throws InvalidInputException when there are no credentials, or none that the job may use
     * @throws io.jenkins.plugins.awsrootguard.aws.AwsAccessException when AWS refuses them or can't be reached
     */
    @NonNull
    public static ForMany openForMany(
            @NonNull Run<?, ?> run,
            @NonNull EnvVars env,
            @NonNull ConnectionSpec spec,
            @NonNull RootGuardAction action,
            @NonNull TaskListener log) {
        Optional<AccountEntry> before = action.organization().map(OrganizationEntry::caller);
        String region = region(spec, env, before);
        Chosen chosen = choose(run, env, spec, before, log);
        AccountConnection connection = connect(chosen, region, spec.forAccount(null), Timeouts.MANY);
        String remembered = before.map(AccountEntry::credentialsId).orElse(null);
        return new ForMany(connection, chosen.credentialsId() == null ? remembered : chosen.credentialsId(), region);
    }

    private static AccountConnection connect(Chosen chosen, String region, ConnectionSpec spec) {
        return connect(chosen, region, spec, Timeouts.DEFAULT);
    }

    private static AccountConnection connect(Chosen chosen, String region, ConnectionSpec spec, Timeouts timeouts) {
        LibraryLogs.quieten();
        AwsAccess access = AwsAccess.open(chosen.credentials(), region, JenkinsProxy.settings(), timeouts);
        try {
            return AccountConnection.open(access, spec.accountId());
        } catch (RuntimeException e) {
            access.close();
            throw e;
        }
    }

    /** @param credentialsId null when it was another way than by a credential of Jenkins */
    private record Chosen(AwsCredentialsProvider credentials, String credentialsId) {}

    private static Chosen choose(
            Run<?, ?> run, EnvVars env, ConnectionSpec spec, Optional<AccountEntry> before, TaskListener log) {
        if (spec.credentialsId() != null) {
            return named(run, spec.credentialsField(), spec.credentialsId());
        }
        Optional<AwsCredentialsProvider> ofBlock = EnvironmentCredentials.find(env);
        if (ofBlock.isPresent()) {
            return new Chosen(ofBlock.get(), null);
        }
        Optional<String> remembered = before.map(AccountEntry::credentialsId);
        if (remembered.isPresent()) {
            return named(run, ConnectionSpec.CREDENTIALS_ID, remembered.get());
        }
        RootGuardGlobalConfiguration global = RootGuardGlobalConfiguration.get();
        if (global.getCredentialsId() != null) {
            return named(run, "the global setting credentialsId", global.getCredentialsId());
        }
        if (global.isAllowControllerCredentials()) {
            log.getLogger()
                    .println("Using the Jenkins controller's own AWS credentials, as an administrator has allowed");
            return new Chosen(DefaultCredentialsProvider.builder().build(), null);
        }
        throw new InvalidInputException("no AWS credentials: give credentialsId, or put the step in withCredentials"
                + " (the controller's own are used only if an administrator allows that)");
    }

    private static Chosen named(Run<?, ?> run, String field, String credentialsId) {
        return new Chosen(JobCredentials.find(run, field, credentialsId), credentialsId);
    }

    private static Optional<AccountEntry> before(ConnectionSpec spec, RootGuardAction action) {
        Optional<String> account = spec.accountId() == null ? action.lastAccountId() : Optional.of(spec.accountId());
        return account.flatMap(action::entry)
                .or(() -> action.lastAccountId().flatMap(action::entry))
                .or(() -> action.organization().map(OrganizationEntry::caller));
    }

    @CheckForNull
    private static String region(ConnectionSpec spec, EnvVars env, Optional<AccountEntry> before) {
        if (spec.region() != null) {
            return spec.region();
        }
        String ofBlock = EnvironmentCredentials.region(env);
        if (ofBlock != null) {
            return ofBlock;
        }
        return before.map(AccountEntry::region)
                .orElseGet(() -> RootGuardGlobalConfiguration.get().getRegion());
    }

    private static void remember(RootGuardAction action, String accountId, String credentialsId, String region) {
        Optional<AccountEntry> known = action.entry(accountId);
        // A step that used a block's variables must not make the build forget the credential that another one named.
        String id = credentialsId != null
                ? credentialsId
                : known.map(AccountEntry::credentialsId).orElse(null);
        action.remember(accountId, id, region);
    }
}
