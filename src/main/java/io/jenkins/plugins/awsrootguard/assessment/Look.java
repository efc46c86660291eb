package io.jenkins.plugins.awsrootguard.assessment;

import java.time.Instant;

/**
 * One look at AWS while a person is being waited for.
 *
 * @param holds whether what is waited for is so
 * @param saw what AWS said, one line
 */
public record Look(boolean holds, String saw, Instant at) {}
