package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the approval of an account's plan. Thread-safe. */
@FunctionalInterface
public interface ApprovalSource {

    /** The approval of the current plan; null without one. */
    Approval of(AccountState state, RemediationSettings settings);

    /** What was approved before and stored with the account, as far as it still holds. */
    static ApprovalSource stored() {
        return (state, settings) -> state.standingApproval();
    }

    /** Approves every planned change. */
    static ApprovalSource given(String by) {
        Instant now = Instant.now();
        return (state, settings) -> {
            Set<String> ids = state.unmade().stream().map(PlannedChange::id).collect(Collectors.toSet());
            return ids.isEmpty() ? null : new Approval(by, now, ids, settings.deleteKeys());
        };
    }
}
