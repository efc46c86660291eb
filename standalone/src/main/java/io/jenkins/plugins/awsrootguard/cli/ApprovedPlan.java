package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.Remediation;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** A plan by itself, outside an account's own: it is shown, and with {@code --apply} approved and carried out. */
final class ApprovedPlan {

    private ApprovedPlan() {}

    /**
     * @param apply false for a dry run, which records nothing
     * @return the records, one a change
     */
    static List<ChangeRecord> carryOut(
            Console console, AccountConnection connection, AccountFolder folder, RemediationPlan plan, boolean apply)
            throws IOException {
        new Print(console).plan(plan);
        console.heading(apply ? "Changes" : "Dry run: nothing is changed without --apply");
        Set<String> ids = plan.changes().stream().map(PlannedChange::id).collect(Collectors.toSet());
        Approval approval = apply ? new Approval(LocalUser.approver(), Instant.now(), ids, Set.of()) : null;
        if (apply && !ids.isEmpty()) {
            folder.evidence().approval(approval);
        }
        AccountState saved = folder.saved();
        AtomicReference<AccountState> state =
                new AtomicReference<>(saved == null ? AccountState.unread(connection.accountId()) : saved);
        return Remediation.apply(
                connection,
                plan,
                RemediationSettings.DEFAULT,
                PhaseCommand.THRESHOLDS,
                approval,
                !apply,
                entry -> {
                    if (apply) {
                        folder.journal(state.updateAndGet(s -> s.withChange(entry)), entry);
                    }
                },
                console);
    }
}
