package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Plans of the members of an organization, and what came of them. */
abstract class OrganizationRemediationFixture extends OrganizationFixture {

    final Map<String, RemediationOutcome> changed = new ConcurrentHashMap<>();
    final Map<String, List<ChangeRecord>> journals = new ConcurrentHashMap<>();

    /** Only the members: the management account has nothing to do with it. */
    List<RemediationPlan> plans(OrganizationSettings settings) {
        run(AccountFilter.parse(List.of(), List.of(), List.of(management.id())), settings);
        aws.clearCalls();
        return outcomes.values().stream().map(o -> o.state().plan()).toList();
    }

    static OrganizationApproval approveAll(List<RemediationPlan> plans) {
        return OrganizationApproval.of("alice", Instant.now(), plans);
    }

    OrganizationChanges apply(
            List<RemediationPlan> plans, OrganizationSettings settings, OrganizationApproval approval) {
        try (AccountConnection caller = connectMany(admin)) {
            return OrganizationRemediation.apply(caller, settings, approval)
                    .run(plans, this::journal, this::took, log::add);
        }
    }

    void journal(String account, ChangeRecord entry) {
        journals.computeIfAbsent(account, a -> new ArrayList<>()).add(entry);
    }

    void took(RemediationOutcome outcome) {
        assertNull(changed.put(outcome.accountId(), outcome), "an account came twice");
    }

    List<Outcome> outcomes(EmulatedAccount account) {
        return changed.get(account.id()).records().stream()
                .map(ChangeRecord::outcome)
                .toList();
    }
}
