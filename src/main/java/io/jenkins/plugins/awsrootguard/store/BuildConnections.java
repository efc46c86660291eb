package io.jenkins.plugins.awsrootguard.store;

import hudson.EnvVars;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.config.AwsConnections;
import io.jenkins.plugins.awsrootguard.config.AwsConnections.Opened;
import io.jenkins.plugins.awsrootguard.config.AwsConnections.Used;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import java.util.Optional;

/**
 * Opens connections for a build, which keeps the credential and the region of the last one for its later steps. The caller
 * closes the connections. All methods throw {@link io.jenkins.plugins.awsrootguard.facts.InvalidInputException} when there are
 * no credentials that the job may use, and {@link io.jenkins.plugins.awsrootguard.aws.AwsAccessException} when AWS refuses them
 * or can't be reached.
 */
public final class BuildConnections {

    private BuildConnections() {}

    /** Opens a connection for a step, and stores what it was opened with. */
    static AccountConnection open(Run<?, ?> run, EnvVars env, ConnectionSpec spec, BuildStore store, TaskListener log) {
        Opened opened = AwsConnections.open(run, env, spec, before(spec, store), Timeouts.DEFAULT, log);
        store.remember(
                opened.connection().accountId(),
                opened.used().credentialsId(),
                opened.used().region());
        return opened.connection();
    }

    /** Opens a connection to check one fact: writes no log line, and stores nothing. */
    public static AccountConnection openQuietly(Run<?, ?> run, EnvVars env, ConnectionSpec spec, BuildStore store) {
        return AwsConnections.open(run, env, spec, before(spec, store), Timeouts.DEFAULT, TaskListener.NULL)
                .connection();
    }

    /**
     * Opens a connection to the account of the credentials themselves, for the accounts of its organization. Stores nothing: the
     * organization isn't known yet.
     */
    static Opened openForMany(Run<?, ?> run, EnvVars env, ConnectionSpec spec, BuildStore store, TaskListener log) {
        Used before = store.organization()
                .map(OrganizationEntry::caller)
                .map(BuildConnections::used)
                .orElse(null);
        return AwsConnections.open(run, env, spec.forAccount(null), before, Timeouts.MANY, log);
    }

    private static Used before(ConnectionSpec spec, BuildStore store) {
        Optional<String> account = spec.accountId() == null ? store.lastAccountId() : Optional.of(spec.accountId());
        return account.flatMap(store::entry)
                .or(() -> store.lastAccountId().flatMap(store::entry))
                .or(() -> store.organization().map(OrganizationEntry::caller))
                .map(BuildConnections::used)
                .orElse(null);
    }

    private static Used used(AccountEntry entry) {
        return new Used(entry.credentialsId(), entry.region());
    }
}
