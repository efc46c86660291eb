package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.facts.CallRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import java.util.List;

/**
 * What came of one account's plan.
 *
 * @param records one a change, in the order of the plan; the last one is STARTED when it isn't known how it ended
 * @param reason why the plan could not be carried out as a whole; null when each change has its own record
 * @param calls to AWS that it took
 * @param callRecords the calls themselves, for the account's evidence
 */
public record RemediationOutcome(
        String accountId, List<ChangeRecord> records, String reason, long calls, List<CallRecord> callRecords)
        implements FanOut.Outcome {

    public RemediationOutcome {
        records = List.copyOf(records);
        callRecords = List.copyOf(callRecords);
    }

    public long count(Outcome outcome) {
        return records.stream().filter(r -> r.outcome() == outcome).count();
    }

    /** Whether something failed, or isn't known. What nobody approved, and what is held back, is not missing. */
    @Override
    public boolean isMissing() {
        return reason != null || count(Outcome.FAILED) + count(Outcome.STARTED) > 0;
    }
}
