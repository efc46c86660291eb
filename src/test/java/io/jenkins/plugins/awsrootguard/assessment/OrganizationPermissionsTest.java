package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.ResourcePolicies;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedOrganization;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.LockedResource;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import io.jenkins.plugins.awsrootguard.remediation.RequestedChanges.CentralRoot;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The policies of docs/policies for an organization and its members: enough, and nothing more. */
class OrganizationPermissionsTest extends PoliciesFixture {

    private static final String JENKINS = "arn:aws:iam::111111111111:user/jenkins";

    private EmulatedAccount management;
    private EmulatedAccount member;
    private EmulatedOrganization organization;

    @BeforeEach
    void makeOrganization() {
        management = Presets.secured(aws, "111111111111").reportDelay(0);
        member = Presets.unsecured(aws, "222222222222").reportDelay(0);
        organization = aws.createOrganization(management)
                .addMember(member)
                .enableRootCredentialsManagement(true)
                .enableRootSessions(true);
    }

    private static void assertAllDone(List<ChangeRecord> records) {
        assertFalse(records.isEmpty());
        assertTrue(records.stream().allMatch(r -> r.outcome() == Outcome.DONE), records.toString());
    }

    private List<ChangeRecord> carryOut(AccountConnection c, RemediationPlan plan, RemediationSettings settings) {
        return secure(c, plan, settings, approve(plan));
    }

    @Test
    void theRootSessionPolicyIsEnoughToRemoveAMembersRootPassword() throws IOException {
        member.root().passwordPresent(true).enableVirtualMfa("phone");
        RemediationSettings settings =
                removingPassword(member.root().accessKeys().get(0).id());
        try (AccountConnection c = connect(user(management, "privileged-root-session.json"), member.id())) {
            assertAllDone(carryOut(c, gaps(c, settings).plan(), settings));
        }
        assertEquals(List.of(), denied());
        assertFalse(member.root().hasPassword());
        assertEquals(actions("privileged-root-session.json"), called(JENKINS));
    }

    @Test
    void theAuditPolicyIsEnoughToReadAMemberAndDeletesNothing() throws IOException {
        String key = member.root().accessKeys().get(0).id();
        RemediationSettings settings = removingPassword(key);
        try (AccountConnection c = connect(user(management, "root-session-audit.json"), member.id())) {
            RemediationPlan plan = gaps(c, settings).plan();
            assertEquals(List.of(), denied());
            assertEquals(actions("root-session-audit.json"), called(JENKINS));
            List<ChangeRecord> records = carryOut(c, plan, settings);
            assertTrue(records.stream().noneMatch(r -> r.outcome() == Outcome.DONE), records.toString());
        }
        assertEquals(key, member.root().accessKeys().get(0).id());
        assertTrue(member.root().hasPassword());
    }

    @Test
    void passwordRecoveryTakesItsOwnPolicy() throws IOException {
        member.root().passwordPresent(false);
        try (AccountConnection c = connect(user(management, "privileged-root-session.json"), member.id())) {
            ChangeRecord refused =
                    carryOut(c, planRecovery(c), RemediationSettings.DEFAULT).get(0);
            assertEquals(Outcome.FAILED, refused.outcome());
            assertTrue(refused.detail().contains("sts:AssumeRoot"), refused.detail());
        }
        management.allow("jenkins", joined("privileged-root-session.json", "allow-password-recovery.json"));
        aws.clearCalls();
        try (AccountConnection c = connect(management.userKey("jenkins"), member.id())) {
            assertAllDone(carryOut(c, planRecovery(c), RemediationSettings.DEFAULT));
        }
        assertEquals(List.of(), denied());
        assertEquals(actions("privileged-root-session.json", "allow-password-recovery.json"), called(JENKINS));
    }

    @Test
    void unlockingTakesItsOwnPolicy() throws IOException {
        member.buckets().put("logs", Presets.DENY_ROOT);
        LockedResource bucket = LockedResource.parse("222222222222:logs");
        try (AccountConnection c = connect(user(management, "privileged-root-session.json"), member.id())) {
            assertTrue(new ResourcePolicies(c).read(bucket).unread().isDenied());
        }
        management.allow("jenkins", joined("privileged-root-session.json", "unlock-policies.json"));
        try (AccountConnection c = connect(management.userKey("jenkins"), member.id())) {
            assertEquals(Presets.DENY_ROOT, new ResourcePolicies(c).read(bucket).get());
            assertTrue(new ResourcePolicies(c).delete(bucket).done());
            assertEquals("", new ResourcePolicies(c).read(bucket).get());
        }
    }

    @Test
    void centralRootManagementTakesExactlyItsPolicy() throws IOException {
        organization.trustedAccess(false).enableRootCredentialsManagement(false).enableRootSessions(false);
        try (AccountConnection c = connect(user(management, "read.json", "central-root-management.json"))) {
            for (CentralRoot requested : CentralRoot.values()) {
                assertAllDone(carryOut(c, planCentralRoot(c, requested), RemediationSettings.DEFAULT));
            }
        }
        assertEquals(List.of(), denied());
        assertTrue(
                called(JENKINS).containsAll(actions("central-root-management.json")),
                called(JENKINS).toString());
    }

    @Test
    void theMemberRoleNeedsExactlyItsPolicy() throws IOException {
        member.createRole("RootGuardAudit")
                .trusting(management)
                .inlinePolicies()
                .put("audit", policy("member-role.json"));
        // So that the group, its user and the role are read, as wherever they have AdministratorAccess.
        member.createGroup("/", "administrators").attachedPolicies().add(member.administratorAccess());
        member.createUser("/", "carol");
        member.group("administrators").members().add("carol");
        member.user("carol").enableVirtualMfa("phone").permissionsBoundary("arn:aws:iam::222222222222:policy/boundary");
        member.createRole("AWSReservedSSO_AdministratorAccess_0123456789abcdef")
                .attachedPolicies()
                .add(member.administratorAccess());
        String[] policies = {"read.json", "privileged-root-session.json", "organization.json", "assume-member-role.json"
        };
        run(
                user(management, policies),
                AccountFilter.ALL,
                RunSettings.DEFAULT.withAccount(QUICK).withMemberRole("RootGuardAudit"));
        assertEquals(List.of(), denied());
        assertEquals(
                actions("member-role.json"),
                called("arn:aws:sts::222222222222:assumed-role/RootGuardAudit/aws-root-guard"));
        assertTrue(called(JENKINS).containsAll(Set.of("sts:AssumeRole", "sts:AssumeRoot")));
    }
}
