package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A member account's root user loses its password, and then its MFA. */
class RemoveRootPasswordTest extends OrganizationFixture {

    private static final RemediationSettings REMOVE = EngineFixture.removingPassword();

    private EmulatedAccount member;

    @BeforeEach
    void makeMember() {
        member = member(222222222222L);
        member.root().passwordPresent(true).enableVirtualMfa("phone").enablePasskey();
        aws.clearCalls();
    }

    private RemediationPlan plan(AccountConnection c) {
        return gaps(c, REMOVE).plan();
    }

    private List<ChangeRecord> secureAll() {
        try (AccountConnection c = connect(admin, member.id())) {
            RemediationPlan plan = plan(c);
            return secure(c, plan, REMOVE, approve(plan));
        }
    }

    private static List<Outcome> outcomes(List<ChangeRecord> records) {
        return records.stream().map(ChangeRecord::outcome).toList();
    }

    private List<String> changesMade() {
        return aws.calls().stream()
                .map(c -> c.action())
                .filter(a -> a.startsWith("Delete") || a.startsWith("Deactivate"))
                .toList();
    }

    @Test
    void thePasswordGoesFirstAndTheMfaAfterItAndNothingIsLeft() {
        List<ChangeRecord> records = secureAll();

        assertEquals(List.of(Outcome.DONE, Outcome.DONE, Outcome.DONE), outcomes(records), records.toString());
        assertFalse(member.root().hasPassword());
        assertTrue(member.root().mfaDevices().isEmpty());
        assertEquals(
                List.of("DeleteLoginProfile", "DeactivateMFADevice", "DeleteVirtualMFADevice", "DeactivateMFADevice"),
                changesMade());
        assertTrue(records.get(1).detail().contains("the virtual device is deleted"), records.toString());
        try (AccountConnection c = connect(admin, member.id())) {
            Gaps after = gaps(c, REMOVE);
            assertEquals(List.of(), after.plan().changes());
            assertEquals(
                    Status.NOT_APPLICABLE,
                    after.findings().find("root-mfa").orElseThrow().status());
        }
    }

    @Test
    void nothingIsDoneThatNobodyApproved() {
        try (AccountConnection c = connect(admin, member.id())) {
            RemediationPlan plan = plan(c);
            List<ChangeRecord> records = secure(c, plan, REMOVE, null);
            assertEquals(Set.of(Outcome.SKIPPED), Set.copyOf(outcomes(records)));
        }
        assertTrue(member.root().hasPassword());
        assertEquals(List.of(), changesMade());
    }

    @Test
    void mfaAloneIsNotTakenFromARootThatHasAPassword() {
        try (AccountConnection c = connect(admin, member.id())) {
            RemediationPlan plan = plan(c);
            Approval all = approve(plan);
            Set<String> withoutPassword = new java.util.HashSet<>(all.changeIds());
            withoutPassword.remove("DELETE_ROOT_PASSWORD:" + member.id());
            List<ChangeRecord> records =
                    secure(c, plan, REMOVE, new Approval("alice", all.at(), withoutPassword, Set.of()));
            assertEquals(Set.of(Outcome.SKIPPED), Set.copyOf(outcomes(records)));
            assertTrue(records.get(1).detail().contains("still has a password"), records.toString());
        }
        assertEquals(2, member.root().mfaDevices().size());
    }

    @Test
    void mfaStaysAsLongAsRootHasAKeyThatIsHeldBack() {
        member.root().addAccessKey(true, java.time.Instant.now(), java.time.Instant.now());

        List<ChangeRecord> records = secureAll();

        assertEquals(
                List.of(Outcome.SKIPPED, Outcome.DONE, Outcome.SKIPPED, Outcome.SKIPPED),
                outcomes(records),
                records.toString());
        assertTrue(records.get(2).detail().contains("still has an access key"), records.toString());
        assertEquals("alice", records.get(2).approvedBy(), "approved, and not made");
        assertNull(records.get(0).approvedBy(), "what is held back is not approved");
        assertEquals(2, member.root().mfaDevices().size());
    }

    @Test
    void afterAFailureBehindThePasswordASecondRunFinishes() {
        aws.faults().failNext("iam:DeactivateMFADevice", 4, 500, "ServiceFailure", "no");
        List<ChangeRecord> first = secureAll();
        assertEquals(List.of(Outcome.DONE, Outcome.FAILED, Outcome.SKIPPED), outcomes(first), first.toString());
        assertFalse(member.root().hasPassword());
        assertEquals(2, member.root().mfaDevices().size());

        List<ChangeRecord> second = secureAll();

        assertEquals(List.of(Outcome.DONE, Outcome.DONE), outcomes(second), second.toString());
        assertTrue(member.root().mfaDevices().isEmpty());
    }

    @Test
    void aDeniedPasswordDeletionLeavesTheMfaAsItIs() {
        aws.faults().deny(member.root().arn(), "iam:DeleteLoginProfile");

        List<ChangeRecord> records = secureAll();

        assertEquals(List.of(Outcome.FAILED, Outcome.SKIPPED, Outcome.SKIPPED), outcomes(records));
        assertTrue(records.get(0).detail().contains("explicit deny"), records.toString());
        assertEquals(2, member.root().mfaDevices().size());
    }

    @Test
    void anAnswerThatIsLostIsLookedUpAndNotBelieved() {
        aws.faults().failNext("iam:DeleteLoginProfile", 9, 500, "ServiceFailure", "no");

        List<ChangeRecord> records = secureAll();

        assertEquals(Outcome.FAILED, records.get(0).outcome());
        assertTrue(records.get(0).detail().contains("was not made"), records.toString());
        assertTrue(member.root().hasPassword());
    }

    @Test
    void theSamePlanCarriedOutTwiceFindsNothingToDo() {
        try (AccountConnection c = connect(admin, member.id())) {
            RemediationPlan plan = plan(c);
            secure(c, plan, REMOVE, approve(plan));
            List<ChangeRecord> again = secure(c, plan, REMOVE, approve(plan));
            assertEquals(Set.of(Outcome.DONE), Set.copyOf(outcomes(again)), again.toString());
            assertTrue(again.stream().allMatch(r -> r.detail().contains("already deleted")), again.toString());
        }
    }

    @Test
    void removalIsRefusedWhenCentralManagementIsOffOrCanNotBeSeen() {
        organization.enableRootCredentialsManagement(false);
        try (AccountConnection c = connect(admin, member.id())) {
            List<ChangeRecord> records = secure(c, plan(c), REMOVE, approve(plan(c)));
            assertEquals(Set.of(Outcome.SKIPPED), Set.copyOf(outcomes(records)));
            assertTrue(records.get(0).detail().contains("Enable root credentials management"), records.toString());
        }
        organization.enableRootCredentialsManagement(true);
        aws.faults().deny("*", "iam:ListOrganizationsFeatures");
        try (AccountConnection c = connect(admin, member.id())) {
            List<ChangeRecord> records = secure(c, plan(c), REMOVE, approve(plan(c)));
            assertEquals(Set.of(Outcome.SKIPPED), Set.copyOf(outcomes(records)));
            assertTrue(records.get(0).detail().contains("could not be read"), records.toString());
        }
        assertTrue(member.root().hasPassword());
    }

    @Test
    void removalIsRefusedWhenCentralManagementWasTurnedOffAfterThePlan() {
        try (AccountConnection c = connect(admin, member.id())) {
            RemediationPlan plan = plan(c);
            assertFalse(plan.changes().get(0).isBlocked());
            organization.enableRootCredentialsManagement(false);
            List<ChangeRecord> records = secure(c, plan, REMOVE, approve(plan));
            assertEquals(Set.of(Outcome.SKIPPED), Set.copyOf(outcomes(records)));
        }
        assertTrue(member.root().hasPassword());
    }

    @Test
    void aPlanOfAMemberIsNotCarriedOutWithTheMembersOwnCredentials() {
        RemediationPlan plan;
        try (AccountConnection c = connect(admin, member.id())) {
            plan = plan(c);
        }
        member.createUser("/", "carol");
        member.attachAdministratorAccess("carol");
        try (AccountConnection own = connect(member.userKey("carol"))) {
            List<ChangeRecord> records = secure(own, plan, REMOVE, approve(plan));
            assertEquals(Set.of(Outcome.SKIPPED), Set.copyOf(outcomes(records)));
            assertTrue(records.get(0).detail().contains("root session"), records.toString());
        }
        assertTrue(member.root().hasPassword());
    }
}
