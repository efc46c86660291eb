package io.jenkins.plugins.awsrootguard.store;

import hudson.EnvVars;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awsrootguard.assessment.ConnectionSource;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.Scope;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.config.AwsConnections;
import io.jenkins.plugins.awsrootguard.config.AwsConnections.Opened;
import io.jenkins.plugins.awsrootguard.config.AwsConnections.Used;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import java.util.function.Function;

/** Opens the connections of a build, which keeps the credential and the region of the last one for its later steps. */
final class BuildConnections implements ConnectionSource {

    private final Run<?, ?> run;
    private final EnvVars env;
    private final TaskListener listener;
    private final BuildStore store;
    private final BranchMemory memory;
    private ConnectionSpec spec;
    private String subject;
    private Used used;

    BuildConnections(Run<?, ?> run, EnvVars env, TaskListener listener, BuildStore store, BranchMemory memory) {
        this.run = run;
        this.env = env;
        this.listener = listener;
        this.store = store;
        this.memory = memory;
    }

    /** Runs a phase with the connections of a step. */
    <T> T phase(ConnectionSpec given, Scope scope, Function<BuildConnections, T> phase) {
        spec = given;
        Object before = store.organization().map(RunHeader::began).orElse(null);
        try {
            return phase.apply(this);
        } finally {
            Object after = store.organization().map(RunHeader::began).orElse(null);
            // Not before the organization was read: what was used may be of another one.
            if (scope.isOrganization() && used != null && after != null && !after.equals(before)) {
                remember(BuildStore.ORGANIZATION);
            }
        }
    }

    @Override
    public AccountConnection open(Scope scope) {
        String known = scope.isOrganization() ? BuildStore.ORGANIZATION : scope.accountId();
        Opened opened = AwsConnections.open(
                run,
                env,
                spec.forAccount(scope.accountId()),
                memory.connection(known),
                scope.isOrganization() ? Timeouts.MANY : Timeouts.DEFAULT,
                listener);
        used = opened.used();
        if (scope.isOrganization()) {
            subject = BuildStore.ORGANIZATION;
            return opened.connection();
        }
        try {
            remember(opened.connection().accountId());
        } catch (RuntimeException e) {
            opened.connection().close();
            throw e;
        }
        return opened.connection();
    }

    private void remember(String about) {
        subject = about;
        memory.connected(about, used);
    }

    /** What the last connection was opened for. */
    String subject() {
        return subject;
    }
}
