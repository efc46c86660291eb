package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedRole;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.policy.PolicyLoader;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An account that a role administers. */
class RoleAdministratorTest extends EngineFixture {

    private static final String ROLE = "AWSReservedSSO_AdministratorAccess_0123456789abcdef";

    private static final String DENY_IAM = "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Deny\","
            + " \"Action\": \"iam:*\", \"Resource\": \"*\"}]}";

    private EmulatedAccount account;
    private EmulatedRole role;

    @BeforeEach
    void createAccount() {
        account = Presets.unsecured(aws, "123456789012");
        role = account.createRole(ROLE);
        role.attachedPolicies().add(account.administratorAccess());
    }

    private Finding finding() {
        try (AccountConnection c = connect(account.rootKey())) {
            return gaps(c, RemediationSettings.DEFAULT)
                    .findings()
                    .find("iam-admin")
                    .orElseThrow();
        }
    }

    private void assertFinding(Status status, String summary) {
        Finding finding = finding();
        assertEquals(status, finding.status(), finding.summary());
        assertTrue(finding.summary().contains(summary), finding.summary());
    }

    private Confirmation.Check pause() {
        try (AccountConnection c = connect(account.rootKey())) {
            return Confirmation.check(c, PendingTask.What.ADMIN_MFA, RunSettings.DEFAULT);
        }
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
        assertFinding(Status.PASS, "has AdministratorAccess and is unrestricted. Who can sign in with it was not");
    }

    @Test
    void aPolicyWithoutRolesPlansTheUser() {
        Policy policy =
                PolicyLoader.load(new PolicyLoader.Text("root-guard.yml", "administrators: {accept: [IAM_USER]}"));
        try (AccountConnection c = connect(account.rootKey())) {
            Gaps gaps = EngineFixture.judge(assess(c).facts(), policy, RemediationSettings.DEFAULT);
            assertTrue(gaps.plan().changes().stream().anyMatch(ch -> ch.kind() == ChangeKind.CREATE_ADMIN_USER));
        }
    }

    @Test
    void aRoleWithAPermissionsBoundaryIsNoAdministrator() {
        role.permissionsBoundary(account.createPolicy("deny", DENY_IAM));
        assertFinding(Status.FAIL, "role " + ROLE + ", does not count: permissions boundary arn:aws:iam::");
    }

    @Test
    void aRoleWithADenyPolicyIsNoAdministrator() {
        role.inlinePolicies().put("deny", DENY_IAM);
        assertFinding(Status.FAIL, "its policies together do not allow iam:CreateUser");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Service\": \"ec2.amazonaws.com\"",
                "\"AWS\": \"AIDACKCEVSQ6C2EXAMPLE\"",
                "\"AWS\": [\"AROACKCEVSQ6C2EXAMPLE\"], \"Service\": [\"ec2.amazonaws.com\"]",
            })
    void aRoleThatNobodyCanAssumeIsNoAdministrator(String principals) {
        role.trustedBy(principals);
        assertFinding(Status.FAIL, "its trust policy lets no user, account or identity provider assume it");
    }

    @Test
    void aDenyInTheTrustPolicyIsUnknown() {
        role.trustPolicy("""
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}},
              {"Effect": "Deny", "Action": "sts:AssumeRole", "Principal": "*",
                "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}}]}\
            """);
        assertFinding(Status.UNKNOWN, "its trust policy has a deny statement");
    }

    @Test
    void anIdentityCenterNameWithoutItsPathIsNoAdministrator() {
        role.path("/");
        assertFinding(Status.FAIL, "it has the name of an IAM Identity Center role, but not the path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"iam:GetRole", "iam:SimulatePrincipalPolicy"})
    void aRoleThatCannotBeReadIsUnknownAndNoUserIsPlanned(String action) {
        aws.faults().deny(account.root().arn(), action);
        assertFinding(Status.UNKNOWN, "AWS denied " + action);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iam:GetRole", "iam:SimulatePrincipalPolicy"})
    void twoRolesThatCannotBeReadAreUnknown(String action) {
        addSecondRole();
        aws.faults().deny(account.root().arn(), action);
        assertFinding(Status.UNKNOWN, "AWS denied " + action);
    }

    @Test
    void thePauseForMfaContinuesWhereTwoRolesCannotBeRead() {
        account.attachAdministratorAccess("alice");
        addSecondRole();
        aws.faults().deny(account.root().arn(), "iam:GetRole");
        assertThrows(AwsAccessException.class, this::pause);
    }

    private void addSecondRole() {
        account.createRole(ROLE.replace("0123", "4567")).attachedPolicies().add(account.administratorAccess());
    }

    @Test
    void thePauseForMfaEndsWhereAnAcceptedRoleAdministers() {
        account.attachAdministratorAccess("alice");
        assertTrue(pause().passed(), pause().found());
        role.inlinePolicies().put("deny", DENY_IAM);
        assertFalse(pause().passed(), pause().found());
        account.user("alice").enableVirtualMfa("phone");
        assertTrue(pause().passed(), pause().found());
    }

    private ChangeRecord deletion() {
        RemediationSettings settings = naming(account.rootKey().accessKeyId());
        try (AccountConnection c = connect(account.rootKey())) {
            Gaps gaps = gaps(c, settings);
            return secure(c, gaps.plan(), settings, approve(gaps.plan())).stream()
                    .filter(r -> r.kind() == ChangeKind.DELETE_ROOT_ACCESS_KEY)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void assertHeldBack(String why) {
        ChangeRecord deletion = deletion();
        assertEquals(ChangeRecord.Outcome.SKIPPED, deletion.outcome(), deletion.detail());
        assertTrue(deletion.detail().contains(why), deletion.detail());
        assertEquals(1, account.root().accessKeys().size());
    }

    @Test
    void rootsKeyIsDeletedWhereTheRoleWasUsedThisWeek() {
        role.lastUsed(Instant.now().minus(Duration.ofDays(2)));
        assertEquals(ChangeRecord.Outcome.DONE, deletion().outcome());
        assertTrue(account.root().accessKeys().isEmpty());
        assertTrue(log.stream().anyMatch(l -> l.contains("role " + ROLE + " has AdministratorAccess and was used")));
    }

    @Test
    void rootsKeyIsKeptWhereTheRoleIsNotCertainToWork() {
        assertHeldBack("AWS reports no use of it in the last 7 days");
        role.lastUsed(Instant.now().minus(Duration.ofDays(8)));
        assertHeldBack("AWS reports no use of it in the last 7 days");
    }

    @Test
    void rootsKeyIsKeptWhereTheRoleCannotBeRead() {
        role.lastUsed(Instant.now());
        aws.faults().deny(account.root().arn(), "iam:GetRole");
        assertHeldBack("AWS denied iam:GetRole");
    }

    @Test
    void rootsKeyIsKeptWhereThePolicyDoesNotAcceptTheRole() {
        role.lastUsed(Instant.now());
        role.attachedPolicies().clear();
        EmulatedRole other = account.createRole("Other").lastUsed(Instant.now());
        other.attachedPolicies().add(account.administratorAccess());
        RemediationSettings settings = naming(account.rootKey().accessKeyId());
        try (AccountConnection c = connect(account.rootKey())) {
            RemediationPlan plan = gaps(c, settings).plan();
            RemediationPlan deletions =
                    new RemediationPlan(plan.accountId(), plan.plannedAt(), plan.destructive(), List.of(), List.of());
            secure(c, deletions, settings, approve(plan))
                    .forEach(r -> assertTrue(r.detail().contains("no accepted role has"), r.detail()));
        }
        assertEquals(1, account.root().accessKeys().size());
    }
}
