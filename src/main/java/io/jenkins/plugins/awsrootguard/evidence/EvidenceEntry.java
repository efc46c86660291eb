package io.jenkins.plugins.awsrootguard.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.awsrootguard.facts.CallRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import java.time.Instant;

/**
 * One line of the {@link EvidenceRecord}. A field that does not apply is left out.
 *
 * @param kind what it tells of
 * @param by who: the build or the person that made the call, approved the change or gave the statement
 * @param what the AWS action in IAM's notation, the change's id without its target, or what was stated
 * @param outcome AWS's error code or {@code OK}; a change's outcome; what AWS said
 * @param requestId AWS's, by which CloudTrail has the call
 * @param sha256 of the file that was stored
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EvidenceEntry(
        Instant at,
        String kind,
        String by,
        String account,
        String what,
        String outcome,
        String requestId,
        String sha256) {

    public static EvidenceEntry call(CallRecord call, String by, String account) {
        return new EvidenceEntry(call.at(), "call", by, account, call.action(), call.outcome(), call.requestId(), null);
    }

    /** @param by the approver where one was needed, else who ran it */
    public static EvidenceEntry change(ChangeRecord change, String by, String account) {
        return new EvidenceEntry(
                change.at(),
                "change",
                change.approvedBy() == null ? by : change.approvedBy(),
                account,
                change.description(),
                change.outcome().name(),
                change.requestId(),
                null);
    }

    /** A file that was stored with the build, for example the credential report as AWS gave it. */
    public static EvidenceEntry file(Instant at, String by, String account, String name, String sha256) {
        return new EvidenceEntry(at, "file", by, account, name, null, null, sha256);
    }

    /** What a person stated, approved or confirmed, and what AWS said of it. */
    public static EvidenceEntry statement(Instant at, String by, String account, String what, String outcome) {
        return new EvidenceEntry(at, "statement", by, account, what, outcome, null, null);
    }
}
