package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.assessment.SecureResult;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.report.RunReport;
import java.util.List;

/**
 * The result of phase 3.
 *
 * @param subject the account id, or {@link BuildStore#ORGANIZATION}
 * @param run the accounts of the phase
 * @param changes of the one account; empty for an organization
 */
public record SecurePhaseResult(String subject, RunReport run, SecureResult result, List<ChangeRecord> changes) {

    /** Why the changes of an account were not made, in one line. */
    public String why(SecureResult.Shortfall shortfall) {
        return Narration.why(shortfall);
    }

    /** The changes that were not made, in one line; empty when the plan is complete. */
    public String shortfall() {
        return Narration.shortfall(result, run.isOrganization());
    }
}
