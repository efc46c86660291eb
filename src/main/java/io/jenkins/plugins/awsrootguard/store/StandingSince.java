package io.jenkins.plugins.awsrootguard.store;

import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.Standing;
import java.time.Instant;
import java.util.Optional;

/**
 * Since when an account, or the worst account of an organization, has its standing. Carried on from build to build, so that the
 * job's page loads no older builds.
 *
 * @param build the number of the build that found it first
 * @param at when that was
 */
public record StandingSince(Standing standing, int build, Instant at) {

    /** How many earlier builds are searched for the last one that judged the subject. */
    private static final int LOOK_BACK = 20;

    static StandingSince find(BuildStore store, String subject, Standing standing) {
        Run<?, ?> run = store.getRun();
        return before(run, subject)
                .filter(previous -> previous.standing() == standing)
                .orElseGet(() -> new StandingSince(standing, run.getNumber(), Instant.now()));
    }

    private static Optional<StandingSince> before(Run<?, ?> run, String subject) {
        Run<?, ?> build = run.getPreviousBuild();
        for (int i = 0; i < LOOK_BACK && build != null; i++, build = build.getPreviousBuild()) {
            BuildStore earlier = build.getAction(BuildStore.class);
            Optional<StandingSince> since = earlier == null ? Optional.empty() : earlier.since(subject);
            if (since.isPresent()) {
                return since;
            }
        }
        return Optional.empty();
    }
}
