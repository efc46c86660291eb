package io.jenkins.plugins.awsrootguard.facts;

import java.time.Duration;
import java.time.Instant;

/**
 * A statement that the root password was changed. No AWS call reads or sets a root password, so the statement is kept
 * with name and time, and with what AWS reports about it.
 *
 * @param changedAt when the password was changed, which starts the rotation period: the time in CloudTrail, else the time of the
 *     statement
 * @param corroboration what CloudTrail reports, in words; never empty
 */
public record PasswordConfirmation(String accountId, String by, Instant at, Instant changedAt, String corroboration) {

    /** A change of the password at most this long before the statement is the change that was stated. */
    public static final Duration STATED_WITHIN = Duration.ofDays(7);

    /** Whether nothing but the statement says when the password was changed. */
    public boolean isOnlyStated() {
        return changedAt.equals(at);
    }
}
