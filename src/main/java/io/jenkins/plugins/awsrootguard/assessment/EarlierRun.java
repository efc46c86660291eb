package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run whose changes are stored.
 *
 * @param name for people, for example {@code build #1 of this job}
 */
public record EarlierRun(String name, AccountStore store) {

    /** More accounts than one key can be the root key of. An organization's run deletes with root sessions. */
    private static final int MOST_ACCOUNTS = 20;

    /**
     * The same error, with the run that deleted the key which AWS refused.
     *
     * @param runs latest first; searched only if AWS refused a key
     */
    public static AwsAccessException named(AwsAccessException refused, Stream<EarlierRun> runs) {
        String key = refused.refusedKey();
        return key == null
                ? refused
                : runs.flatMap(run -> run
                                .deletionOf(key)
                                .map(at -> new Unread(
                                        Unread.Kind.KEY_DELETED,
                                        refused.unread().action(),
                                        refused.unread().principal(),
                                        run.name,
                                        at.truncatedTo(ChronoUnit.SECONDS).toString()))
                                .stream())
                        .findFirst()
                        .map(AwsAccessException::new)
                        .orElse(refused);
    }

    private Optional<Instant> deletionOf(String key) {
        try {
            return store.accounts().stream()
                    .filter(a -> a.made() > 0)
                    .limit(MOST_ACCOUNTS)
                    .flatMap(a -> store.state(a.id()).stream())
                    .flatMap(state -> state.changes().stream())
                    .filter(r -> r.kind() == ChangeKind.DELETE_ROOT_ACCESS_KEY
                            && r.outcome() == ChangeRecord.Outcome.DONE
                            && r.target().equals(key))
                    .map(ChangeRecord::at)
                    .findFirst();
        } catch (UncheckedIOException e) {
            // AWS's error is the one to report, not that of a damaged file.
            return Optional.empty();
        }
    }
}
