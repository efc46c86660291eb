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
import java.time.Instant;
import java.util.Objects;

/** Opens the connections of one step, and keeps the credential and region for later steps. For one thread. */
final class BuildConnections implements ConnectionSource {

    private final Run<?, ?> run;
    private final EnvVars env;
    private final TaskListener listener;
    private final EarlierSteps steps;
    private final ConnectionSpec spec;
    private String subject;
    private Used used;
    private Instant readBefore;

    BuildConnections(Run<?, ?> run, EnvVars env, TaskListener listener, EarlierSteps steps, ConnectionSpec spec) {
        this.run = run;
        this.env = env;
        this.listener = listener;
        this.steps = steps;
        this.spec = spec;
    }

    @Override
    public AccountConnection open(Scope scope) {
        boolean many = scope.isOrganization();
        subject = many ? BuildStore.ORGANIZATION : scope.accountId();
        readBefore = readAt();
        Opened opened = AwsConnections.open(
                run,
                env,
                spec.forAccount(scope.accountId()),
                steps.connection(subject),
                many ? Timeouts.MANY : Timeouts.DEFAULT,
                listener);
        used = opened.used();
        if (!many) {
            try {
                subject = opened.connection().accountId();
                steps.connected(subject, used);
            } catch (RuntimeException e) {
                opened.connection().close();
                throw e;
            }
        }
        return opened.connection();
    }

    @Override
    public void release(AccountConnection connection) {
        connection.close();
        // Only after the organization was read: the credential may be of another one.
        if (subject.equals(BuildStore.ORGANIZATION) && !Objects.equals(readBefore, readAt())) {
            steps.connected(subject, used);
        }
    }

    /** When the organization was last read; null before that. */
    private Instant readAt() {
        return BuildStore.of(run).organization().map(RunHeader::began).orElse(null);
    }

    /** The account id of the last connection, or {@link BuildStore#ORGANIZATION}. */
    String subject() {
        return subject;
    }
}
