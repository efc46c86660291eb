package io.jenkins.plugins.awsrootguard.store;

import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.Standing;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds out since when an account stands as it does. That is carried on from build to build when a state is stored, so that the
 * job's page need not load older builds to tell.
 */
final class StandingSince {

    /** Builds looked back through for the last one that judged the account; a job rarely has more that did not. */
    private static final int LOOK_BACK = 20;

    private StandingSince() {}

    static AccountEntry of(AccountEntry entry, Standing standing, Run<?, ?> run, Instant now) {
        if (standing == entry.standing()) {
            return entry;
        }
        return before(entry.accountId(), run)
                .filter(previous -> previous.standing() == standing)
                .map(previous -> entry.withStanding(standing, previous.sinceBuild(), previous.since()))
                .orElseGet(() -> entry.withStanding(standing, run.getNumber(), now));
    }

    private static Optional<AccountEntry> before(String accountId, Run<?, ?> run) {
        Run<?, ?> build = run.getPreviousBuild();
        for (int i = 0; i < LOOK_BACK && build != null; i++, build = build.getPreviousBuild()) {
            BuildStore action = build.getAction(BuildStore.class);
            Optional<AccountEntry> entry = action == null ? Optional.empty() : action.entry(accountId);
            if (entry.isPresent() && entry.get().standing() != Standing.NOT_JUDGED) {
                return entry;
            }
        }
        return Optional.empty();
    }
}
