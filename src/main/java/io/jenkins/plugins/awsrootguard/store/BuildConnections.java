package io.jenkins.plugins.awsrootguard.store;

import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.EarlierRun;
import io.jenkins.plugins.awsrootguard.assessment.RunContext.ConnectionSource;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.Scope;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.config.AwsConnections;
import io.jenkins.plugins.awsrootguard.config.AwsConnections.Opened;
import io.jenkins.plugins.awsrootguard.config.AwsConnections.Used;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;

/** Opens the connections of one step, and keeps the credential and region for later steps. For one thread. */
final class BuildConnections implements ConnectionSource {

    /** Builds that are loaded to find the one that deleted a key. */
    private static final int MOST_BUILDS = 20;

    private final BuildRun build;
    private final ConnectionSpec spec;
    private String subject;
    private Used used;
    private Instant readBefore;

    BuildConnections(BuildRun build, ConnectionSpec spec) {
        this.build = build;
        this.spec = spec;
    }

    @Override
    public AccountConnection open(Scope scope) {
        boolean many = scope.isOrganization();
        subject = many ? BuildStore.ORGANIZATION : scope.accountId();
        readBefore = readAt();
        Opened opened;
        try {
            opened = AwsConnections.open(
                    build.run,
                    build.env,
                    build.files.agent(),
                    spec.forAccount(scope.accountId()),
                    build.steps.connection(subject),
                    many ? Timeouts.MANY : Timeouts.DEFAULT,
                    build.listener);
        } catch (AwsAccessException e) {
            throw EarlierRun.named(e, builds());
        }
        used = opened.used();
        if (!many) {
            try {
                subject = opened.connection().accountId();
                build.steps.connected(subject, used);
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
            build.steps.connected(subject, used);
        }
    }

    /** This build and the builds before it that stored something. */
    private Stream<EarlierRun> builds() {
        return Stream.<Run<?, ?>>iterate(build.run, Objects::nonNull, r -> r.getPreviousBuild())
                .limit(MOST_BUILDS)
                .map(run -> run.getAction(BuildStore.class))
                .filter(Objects::nonNull)
                .map(store -> new EarlierRun(
                        store.getRun() == build.run
                                ? "this build"
                                : "build #" + store.getRun().getNumber(),
                        store.accounts()));
    }

    /** When the organization was last read; null before that. */
    private Instant readAt() {
        return build.store.organization().map(RunHeader::began).orElse(null);
    }

    /** The account id of the last connection, or {@link BuildStore#ORGANIZATION}. */
    String subject() {
        return subject;
    }
}
