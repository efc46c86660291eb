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

    /**
     * For many accounts at once. When AWS throttles, the SDK's adaptive retries hold calls back, and that counts as part of the
     * call: a call that waits for its turn is not to be given up, and its account told as unknown.
     */
    public static final Timeouts MANY = new Timeouts(Duration.ofSeconds(20), Duration.ofMinutes(10));
}
