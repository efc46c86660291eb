package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Plans of the members of an organization, and what came of them. */
abstract class OrganizationRemediationFixture extends OrganizationFixture {

    static final ApprovalSource ALL_APPROVED = ApprovalSource.given("alice");

    final Map<String, List<ChangeRecord>> changed = new ConcurrentHashMap<>();

    /** Only the members: the management account has nothing to do with it. */
    List<RemediationPlan> plans(RunSettings settings) {
        run(AccountFilter.parse(List.of(), List.of(), List.of(management.id())), settings);
        aws.clearCalls();
        return outcomes.values().stream().map(AccountState::plan).toList();
    }

    /** Carries out the stored plans. */
    SecureResult apply(RunSettings settings, ApprovalSource approvals) {
        return secure(settings, approvals, false);
    }

    SecureResult secure(RunSettings settings, ApprovalSource approvals, boolean dryRun) {
        return new SecurePhase(contextOf(admin))
                .run(Scope.organization(AccountFilter.ALL), settings, approvals, dryRun);
    }

    @Override
    void afterChanges(String accountId, List<ChangeRecord> records) {
        assertNull(changed.put(accountId, records), "an account came twice");
    }

    List<Outcome> outcomes(EmulatedAccount account) {
        return changed.get(account.id()).stream().map(ChangeRecord::outcome).toList();
    }
}
