package io.jenkins.plugins.awsrootguard.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * One line of the {@link EvidenceWriter}. A field without a value is left out of the JSON object.
 *
 * @param account the account id, or the organization id for calls about the organization itself
 * @param principal the build or the command line that made the entry, with the user who started it when known
 * @param action the AWS action in IAM notation, the kind of change, or what was approved or stated
 * @param outcome {@code OK} or AWS's error code for a call; the result of a change; what AWS reported about a statement
 * @param requestId the AWS request id; CloudTrail has the same call under {@code requestID}
 * @param by the person who approved the change or plan, or made the statement
 * @param what the change or the scope of the approval, in one line
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EvidenceEntry(
        Instant time,
        Kind kind,
        String account,
        String principal,
        String action,
        String outcome,
        String requestId,
        String by,
        String what) {

    public enum Kind {
        @JsonProperty("call")
        CALL,
        @JsonProperty("change")
        CHANGE,
        @JsonProperty("approval")
        APPROVAL,
        @JsonProperty("statement")
        STATEMENT
    }
}
