package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.policy.PolicyLoader;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An account that a role of Identity Center administers. */
class RoleAdministratorTest extends EngineFixture {

    private static final String ROLE = "AWSReservedSSO_AdministratorAccess_0123456789abcdef";

    private EmulatedAccount account;

    @BeforeEach
    void createAccount() {
        account = Presets.unsecured(aws, "123456789012");
        account.createRole(ROLE).attachedPolicies().add(account.administratorAccess());
    }

    @Test
    void theAccountIsAdministeredAndNoUserIsPlanned() {
        try (AccountConnection c = connect(account.rootKey())) {
            Gaps gaps = gaps(c, RemediationSettings.DEFAULT);
            assertEquals(
                    Status.PASS, gaps.findings().find("iam-admin").orElseThrow().status());
            assertTrue(gaps.plan().changes().stream().noneMatch(ch -> ch.kind() == ChangeKind.CREATE_ADMIN_USER));
            assertTrue(gaps.plan().pending().stream().noneMatch(t -> t.what() == PendingTask.What.ADMIN_MFA));
        }
    }

    @Test
    void aPolicyWithoutRolesPlansTheUser() {
        Policy policy =
                PolicyLoader.load(new PolicyLoader.Text("root-guard.yml", "administrators: {accept: [IAM_USER]}"));
        try (AccountConnection c = connect(account.rootKey())) {
            Gaps gaps = Gaps.judge(assess(c).facts(), policy, RemediationSettings.DEFAULT);
            assertTrue(gaps.plan().changes().stream().anyMatch(ch -> ch.kind() == ChangeKind.CREATE_ADMIN_USER));
        }
    }

    @Test
    void rootsKeyIsNotDeletedBecauseOfARoleAlone() {
        RemediationSettings settings = naming(account.rootKey().accessKeyId());
        try (AccountConnection c = connect(account.rootKey())) {
            Gaps gaps = gaps(c, settings);
            List<ChangeRecord> records = secure(c, gaps.plan(), settings, approve(gaps.plan()));
            ChangeRecord deletion = records.stream()
                    .filter(r -> r.kind() == ChangeKind.DELETE_ROOT_ACCESS_KEY)
                    .findFirst()
                    .orElseThrow();
            assertEquals(ChangeRecord.Outcome.SKIPPED, deletion.outcome());
            assertTrue(deletion.detail().contains("no IAM user has AdministratorAccess"), deletion.detail());
            assertEquals(1, account.root().accessKeys().size());
        }
    }
}
