package io.jenkins.plugins.awsrootguard.aws;

import java.time.Duration;
import software.amazon.awssdk.core.retry.RetryMode;

/**
 * How long one call to AWS may take, so that no wait is endless, and how it is tried again.
 *
 * @param attempt one HTTP exchange
 * @param call a call with all its retries
 * @param retries {@code STANDARD}: a call that failed waits by itself; {@code ADAPTIVE_V2}: one that was throttled slows down
 *     every call of its service
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html">AWS: retry behavior</a>
 */
public record Timeouts(Duration attempt, Duration call, RetryMode retries) {

    public static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(60));

    /**
     * For many accounts at once. When AWS throttles, the adaptive retries hold calls back, and that counts as part of the call:
     * a call that waits for its turn is not to be given up, and its account told as unknown.
     */
    public static final Timeouts MANY =
            new Timeouts(Duration.ofSeconds(20), Duration.ofMinutes(10), RetryMode.ADAPTIVE_V2);

    /** For one account, whose few calls have no need to slow each other down. */
    public Timeouts(Duration attempt, Duration call) {
        this(attempt, call, RetryMode.STANDARD);
    }
}
