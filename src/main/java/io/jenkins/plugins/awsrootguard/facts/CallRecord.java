package io.jenkins.plugins.awsrootguard.facts;

import java.time.Instant;

/**
 * A call to AWS, as evidence: its action and its id in CloudTrail ({@code requestID}), without parameters and response.
 *
 * @param action in IAM's notation, for example {@code iam:GetAccountSummary}
 * @param outcome {@code OK}, AWS's error code, or {@code NO_ANSWER}
 * @param requestId AWS's; null without a response
 */
public record CallRecord(Instant at, String action, String outcome, String requestId) {

    public static final String OK = "OK";
    public static final String NO_ANSWER = "NO_ANSWER";
}
