package io.jenkins.plugins.awsrootguard.pipeline;

import hudson.EnvVars;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.config.AwsConnections.Used;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.store.BuildConnections;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.io.IOException;
import java.util.function.Function;

/** The connection of a pause: opened for the first check, kept for the next ones, and opened again after a failed check. */
final class PauseConnection implements AutoCloseable {

    private final RootConfirmExecution execution;
    private AccountConnection open;
    private boolean closed;

    PauseConnection(RootConfirmExecution execution) {
        this.execution = execution;
    }

    /**
     * Runs a check with the connection.
     *
     * @throws io.jenkins.plugins.awsrootguard.facts.InvalidInputException when there are no credentials that the job may use
     * @throws io.jenkins.plugins.awsrootguard.aws.AwsAccessException when AWS can't be read
     */
    synchronized <T> T check(Function<AccountConnection, T> check) throws IOException, InterruptedException {
        Run<?, ?> run = execution.run();
        EnvVars env = execution.getContext().get(EnvVars.class);
        if (open == null) {
            ConnectionSpec spec = execution.request().connection();
            Used before = BuildStore.of(run)
                    .branch(PhaseExecution.branches(execution.getContext()))
                    .connection(spec.accountId());
            open = BuildConnections.openQuietly(run, env, spec, before);
        }
        boolean checked = false;
        try {
            T result = check.apply(open);
            checked = true;
            return result;
        } finally {
            // The credentials may have expired or been replaced.
            if (!checked || closed) {
                drop();
            }
        }
    }

    private void drop() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        drop();
    }
}
