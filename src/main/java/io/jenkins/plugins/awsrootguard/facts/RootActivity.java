package io.jenkins.plugins.awsrootguard.facts;

import java.time.Instant;

/**
 * What CloudTrail's event history (90 days) says of the root user.
 *
 * @param lastConsoleLogin the last successful {@code ConsoleLogin} by root; null when there is none
 * @param lastPasswordUpdate the last {@code PasswordUpdated} by root; null when there is none
 */
public record RootActivity(Instant lastConsoleLogin, Instant lastPasswordUpdate) {}
