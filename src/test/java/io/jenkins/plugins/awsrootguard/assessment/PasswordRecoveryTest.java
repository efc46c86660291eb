package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The recovery of a member's root password is allowed for the one account that somebody named and approved. */
class PasswordRecoveryTest extends OrganizationFixture {

    private EmulatedAccount member;

    @BeforeEach
    void makeMember() {
        member = member(222222222222L);
    }

    private ChangeRecord allow(boolean approved) {
        try (AccountConnection c = connect(admin, member.id())) {
            RemediationPlan plan = planRecovery(c);
            assertEquals(1, plan.changes().size());
            return secure(c, plan, RemediationSettings.DEFAULT, approved ? approve(plan) : null)
                    .get(0);
        }
    }

    @Test
    void recoveryIsAllowedAndNoPasswordIsSent() {
        ChangeRecord record = allow(true);

        assertEquals(Outcome.DONE, record.outcome(), record.toString());
        assertEquals("alice", record.approvedBy());
        assertTrue(member.root().hasPassword());
        assertTrue(aws.calls().stream()
                .filter(c -> c.action().equals("CreateLoginProfile"))
                .noneMatch(c -> c.parameters().containsKey("Password")));
        assertTrue(aws.calls().stream()
                .anyMatch(c -> String.valueOf(c.parameters().get("TaskPolicyArn.arn"))
                        .endsWith("root-task/IAMCreateRootUserPassword")));
    }

    @Test
    void nothingIsAllowedThatNobodyApproved() {
        assertEquals(Outcome.SKIPPED, allow(false).outcome());
        assertFalse(member.root().hasPassword());
    }

    @Test
    void whoHasAPasswordNeedsNothing() {
        member.root().passwordPresent(true);
        try (AccountConnection c = connect(admin, member.id())) {
            assertEquals(List.of(), planRecovery(c).changes());
        }
    }

    @Test
    void whatCanNotBeSeenIsNotDone() {
        aws.faults().deny(member.root().arn(), "iam:GetAccountSummary");
        ChangeRecord record = allow(true);
        assertEquals(Outcome.SKIPPED, record.outcome());
        assertTrue(record.detail().contains("could not be read"), record.detail());
        assertFalse(member.root().hasPassword());
    }

    @Test
    void aRemovedPasswordCanBeAllowedAgainSoNobodyIsLockedOut() {
        member.root().passwordPresent(true).enableVirtualMfa("phone");
        RemediationSettings remove = EngineFixture.removingPassword();
        try (AccountConnection c = connect(admin, member.id())) {
            RemediationPlan plan = gaps(c, remove).plan();
            assertEquals(
                    Set.of(Outcome.DONE),
                    Set.copyOf(secure(c, plan, remove, approve(plan)).stream()
                            .map(ChangeRecord::outcome)
                            .toList()));
        }
        assertFalse(member.root().hasPassword());
        assertEquals(Outcome.DONE, allow(true).outcome());
        assertTrue(member.root().hasPassword());
    }

    @Test
    void aDeniedCallSaysWhichOne() {
        aws.faults().deny(member.root().arn(), "iam:CreateLoginProfile");
        ChangeRecord record = allow(true);
        assertEquals(Outcome.FAILED, record.outcome());
        assertTrue(record.detail().contains("iam:CreateLoginProfile"), record.detail());
    }

    @Test
    void heldBackForTheCallersOwnAccount() {
        management.root().passwordPresent(false);
        try (AccountConnection c = connect(admin)) {
            String reason = planRecovery(c).changes().get(0).reason();
            assertTrue(reason.contains("Only a root session in a member account"), reason);
        }
    }
}
