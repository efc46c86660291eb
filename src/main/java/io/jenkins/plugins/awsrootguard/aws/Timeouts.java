package io.jenkins.plugins.awsrootguard.aws;

import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.retries.StandardRetryStrategy;

/**
 * How long a call to AWS can take, and how often it is tried. The SDK waits longer before each retry, up to 20 seconds, and
 * longer when AWS throttled the call.
 *
 * @param attempt limit of one HTTP exchange
 * @param call limit of a call with all its retries
 * @param attempts how often a call is tried
 */
public record Timeouts(Duration attempt, Duration call, int attempts) {

    public static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(60), 3);

    /** For many accounts at the same time: AWS is more likely to throttle, so a call is tried more often. */
    public static final Timeouts MANY = new Timeouts(Duration.ofSeconds(20), Duration.ofMinutes(2), 5);

    /**
     * Each call waits on its own. AWS limits the calls of each account, so the SDK's adaptive strategy, which slows down all
     * calls of a client, and the retry quota of a client would make all accounts wait or fail for one that is throttled.
     *
     * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html">AWS: retry behavior</a>
     */
    StandardRetryStrategy retries() {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(attempts)
                .circuitBreakerEnabled(false)
                .build();
    }
}
