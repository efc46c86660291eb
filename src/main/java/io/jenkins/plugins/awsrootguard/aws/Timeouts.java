package io.jenkins.plugins.awsrootguard.aws;

import java.time.Duration;

/**
 * How long one call to AWS may take, so that no wait is endless.
 *
 * @param attempt one HTTP exchange
 * @param call a call with all its retries
 */
public record Timeouts(Duration attempt, Duration call) {

    public static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(60));
}
