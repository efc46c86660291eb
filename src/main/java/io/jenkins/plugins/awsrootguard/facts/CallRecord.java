package io.jenkins.plugins.awsrootguard.facts;

import java.time.Instant;

/**
 * A call that was made to AWS: evidence of what was asked, and the number under which AWS itself has it (CloudTrail's
 * {@code requestID}). It holds neither parameters nor answers.
 *
 * @param action in IAM's notation, for example {@code iam:GetAccountSummary}
 * @param outcome {@code OK}, AWS's error code, or {@code NO_ANSWER}
 * @param requestId AWS's; null when there was no answer
 */
public record CallRecord(Instant at, String action, String outcome, String requestId) {

    public static final String OK = "OK";
    public static final String NO_ANSWER = "NO_ANSWER";
}
