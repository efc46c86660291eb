package io.jenkins.plugins.awsrootguard.facts;

import java.time.Instant;

/**
 * A person's statement that the root password was changed by the rules. No AWS call can read or judge a root password, so
 * this is kept with a name and a time, and with what AWS could add to it.
 *
 * @param by who said so
 * @param at when it was said
 * @param changedAt when the password was changed, which starts the rotation clock: CloudTrail's time where there is one, else
 *     the time of the statement
 * @param corroboration what CloudTrail says to it, in words; never empty
 */
public record PasswordConfirmation(String accountId, String by, Instant at, Instant changedAt, String corroboration) {}
