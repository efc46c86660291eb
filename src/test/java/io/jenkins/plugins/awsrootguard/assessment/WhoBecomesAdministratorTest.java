package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.emulator.AccessKey;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.HeldBack;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import io.jenkins.plugins.awsrootguard.remediation.RequestedChanges;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Nobody becomes an administrator whom the plan did not mean, and nobody counts as one who isn't. */
class WhoBecomesAdministratorTest extends EngineFixture {

    private RemediationSettings namingAll(EmulatedAccount account) {
        return naming(account.root().accessKeys().stream().map(AccessKey::id).toArray(String[]::new));
    }

    private List<ChangeRecord> secureAll(AccountConnection c, RemediationSettings settings, boolean approved) {
        RemediationPlan plan = gaps(c, settings).plan();
        return secure(c, plan, settings, approved ? approve(plan) : null);
    }

    private static ChangeRecord of(List<ChangeRecord> records, ChangeKind kind) {
        return records.stream().filter(r -> r.kind() == kind).findFirst().orElseThrow();
    }

    @Test
    void theMembersOfAGroupThatWasThereAreNotPromoted() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.createGroup("/", "root-guard-administrators").members().add("alice");
        try (AccountConnection c = connect(account.rootKey())) {
            List<ChangeRecord> records = secureAll(c, namingAll(account), true);
            ChangeRecord attach = of(records, ChangeKind.ATTACH_ADMIN_POLICY);
            assertEquals(Outcome.SKIPPED, attach.outcome());
            assertTrue(attach.detail().contains("alice"), attach.detail());
            assertEquals(
                    Outcome.SKIPPED,
                    of(records, ChangeKind.DELETE_ROOT_ACCESS_KEY).outcome());
        }
        assertTrue(account.group("root-guard-administrators").attachedPolicies().isEmpty());
        assertEquals(1, account.root().accessKeys().size());
    }

    @Test
    void theMembersOfAGroupAreNotPromotedWhenItCouldNotBeAskedToBeMade() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.createGroup("/", "root-guard-administrators").members().add("alice");
        // IAM says no before it looks whether there is such a group.
        aws.faults().deny("*", "iam:CreateGroup");
        try (AccountConnection c = connect(account.rootKey())) {
            ChangeRecord attach = of(secureAll(c, namingAll(account), true), ChangeKind.ATTACH_ADMIN_POLICY);
            assertEquals(Outcome.SKIPPED, attach.outcome(), attach.detail());
            assertTrue(attach.detail().contains("alice"), attach.detail());
        }
        assertTrue(account.group("root-guard-administrators").attachedPolicies().isEmpty());
    }

    @Test
    void aUserOfTheKnownNameIsNotPromotedWhenItCouldNotBeAskedToBeMade() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.createUser("/", "root-guard-admin");
        account.userKey("root-guard-admin");
        aws.faults().failNext("iam:CreateUser", 9, 500, "ServiceFailure", "try later");
        try (AccountConnection c = connect(account.rootKey())) {
            ChangeRecord add = of(secureAll(c, namingAll(account), true), ChangeKind.ADD_ADMIN_TO_GROUP);
            assertEquals(Outcome.SKIPPED, add.outcome(), add.detail());
        }
        assertTrue(account.group("root-guard-administrators").members().isEmpty());
    }

    @Test
    void aUserOfTheKnownNameThatSomebodyCanActAsIsNeverPromoted() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.createUser("/", "root-guard-admin");
        account.userKey("root-guard-admin");
        try (AccountConnection c = connect(account.rootKey())) {
            ChangeRecord add = of(secureAll(c, namingAll(account), true), ChangeKind.ADD_ADMIN_TO_GROUP);
            assertEquals(Outcome.SKIPPED, add.outcome());
            assertTrue(add.detail().contains("Use another administrator user"), add.detail());
        }
        assertTrue(account.group("root-guard-administrators").members().isEmpty());
        assertEquals(1, account.root().accessKeys().size());
    }

    @Test
    void aUserThatWasNamedAndCanSignInIsPromotedOnlyWithAnApproval() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.createUser("/", "carol");
        account.userKey("carol");
        RemediationSettings carol =
                new RemediationSettings("carol", "admins", Map.of(), Set.of(), false, RequestedChanges.NONE, null);
        try (AccountConnection c = connect(account.rootKey())) {
            RemediationPlan plan = gaps(c, carol).plan();
            Set<String> withoutTheUser = approve(plan).changeIds().stream()
                    .filter(id -> !id.startsWith("CREATE_ADMIN_USER"))
                    .collect(Collectors.toSet());
            Approval partial = new Approval("alice", plan.plannedAt(), withoutTheUser, Set.of());
            ChangeRecord add = of(secure(c, plan, carol, partial), ChangeKind.ADD_ADMIN_TO_GROUP);
            assertEquals(Outcome.SKIPPED, add.outcome());
            assertTrue(add.detail().contains("Approve the plan"), add.detail());
            assertEquals(
                    Outcome.DONE,
                    of(secureAll(c, carol, true), ChangeKind.ADD_ADMIN_TO_GROUP).outcome());
        }
    }

    @Test
    void addsUserToNoGroupThatIsNotApproved() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.createGroup("/", "operators");
        RemediationSettings approved =
                new RemediationSettings("carol", "admins", Map.of(), Set.of(), false, RequestedChanges.NONE, null);
        RemediationSettings changed =
                new RemediationSettings("carol", "operators", Map.of(), Set.of(), false, RequestedChanges.NONE, null);
        try (AccountConnection c = connect(account.rootKey())) {
            Approval given = approve(gaps(c, approved).plan());
            ChangeRecord add = of(secure(c, gaps(c, changed).plan(), changed, given), ChangeKind.ADD_ADMIN_TO_GROUP);
            assertEquals(HeldBack.Reason.NOT_APPROVED, add.heldBack().reason());
            assertEquals(Set.of(), Set.copyOf(account.group("operators").members()));
        }
    }

    @Test
    void theApprovalOfAGroupIsNoneOfAUserOfTheSameName() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.userKey("alice");
        RemediationSettings group = new RemediationSettings(
                "root-guard-admin", "alice", Map.of(), Set.of(), false, RequestedChanges.NONE, null);
        RemediationSettings user =
                new RemediationSettings("alice", null, Map.of(), Set.of(), false, RequestedChanges.NONE, null);
        try (AccountConnection c = connect(account.rootKey())) {
            Approval given = approve(gaps(c, group).plan());
            ChangeRecord attach = of(secure(c, gaps(c, user).plan(), user, given), ChangeKind.ATTACH_ADMIN_POLICY);
            assertEquals(Outcome.SKIPPED, attach.outcome(), attach.detail());
            assertEquals(HeldBack.Reason.NOT_APPROVED, attach.heldBack().reason());
        }
        assertTrue(account.user("alice").attachedPolicies().isEmpty());
    }

    /** The user can't sign in, so only the approval protects it. */
    @Test
    void attachesPolicyToNoUserWithTheNameOfTheApprovedGroup() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.createUser("/", "ops");
        RemediationSettings group =
                new RemediationSettings("ops", "ops", Map.of(), Set.of(), false, RequestedChanges.NONE, null);
        RemediationSettings user =
                new RemediationSettings("ops", null, Map.of(), Set.of(), false, RequestedChanges.NONE, null);
        try (AccountConnection c = connect(account.rootKey())) {
            Approval given = approve(gaps(c, group).plan());
            ChangeRecord attach = of(secure(c, gaps(c, user).plan(), user, given), ChangeKind.ATTACH_ADMIN_POLICY);
            assertEquals(HeldBack.Reason.NOT_APPROVED, attach.heldBack().reason());
            assertEquals("Attach AdministratorAccess to the user ops", attach.description());
        }
        assertTrue(account.user("ops").attachedPolicies().isEmpty());
    }

    @Test
    void thePolicyCanBeAttachedToTheUserItself() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        RemediationSettings settings = new RemediationSettings(
                "carol", null, Map.of("team", "security"), Set.of(), false, RequestedChanges.NONE, null);
        try (AccountConnection c = connect(account.rootKey())) {
            List<ChangeRecord> records = secureAll(c, settings, true);
            assertEquals(
                    Outcome.DONE, of(records, ChangeKind.ATTACH_ADMIN_POLICY).outcome());
        }
        assertTrue(account.user("carol").attachedPolicies().contains(account.administratorAccess()));
        assertEquals(Map.of("team", "security"), account.user("carol").tags());
    }

    @Test
    void whomThePolicyOnlyBoundsIsNoAdministrator() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.createUser("/", "bounded")
                .permissionsBoundary(account.administratorAccess())
                .enableVirtualMfa("b");
        try (AccountConnection c = connect(account.rootKey())) {
            assertTrue(assess(c).facts().administrators().get().isEmpty());
        }
    }

    @Test
    void anAdministratorWhomABoundaryHoldsBackDoesNotCountAsProven() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        String nothing = account.createPolicy(
                "nothing",
                "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:Get*\","
                        + " \"Resource\": \"*\"}]}");
        account.createUser("/", "bounded").permissionsBoundary(nothing);
        account.attachAdministratorAccess("bounded");
        try (AccountConnection c = connect(account.rootKey())) {
            ChangeRecord deletion = of(secureAll(c, namingAll(account), true), ChangeKind.DELETE_ROOT_ACCESS_KEY);
            assertEquals(Outcome.SKIPPED, deletion.outcome());
            assertTrue(deletion.detail().contains("permissions boundary"), deletion.detail());
        }
        assertEquals(1, account.root().accessKeys().size());
    }

    @Test
    void whereRootHasNoConsoleTheAdministratorNeedsAWayInFirst() {
        EmulatedAccount account = aws.createAccount(ID, "aws-us-gov");
        account.root().addAccessKey(true, Instant.parse("2015-01-01T00:00:00Z"), null);
        RemediationSettings settings = namingAll(account);
        try (AccountConnection c = connect(account.rootKey())) {
            ChangeRecord deletion = of(secureAll(c, settings, true), ChangeKind.DELETE_ROOT_ACCESS_KEY);
            assertEquals(Outcome.SKIPPED, deletion.outcome());
            assertTrue(deletion.detail().contains("Create one first"), deletion.detail());
            assertFalse(account.root().accessKeys().isEmpty());

            account.userKey("root-guard-admin");
            assertEquals(
                    Outcome.DONE,
                    of(secureAll(c, settings, true), ChangeKind.DELETE_ROOT_ACCESS_KEY)
                            .outcome());
        }
        assertTrue(account.root().accessKeys().isEmpty());
    }

    @Test
    void withHardExpiryTheAgeIsLeftAloneAndTheRestIsSet() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.passwordPolicy(new io.jenkins.plugins.awsrootguard.emulator.AccountPasswordPolicy(
                8, false, false, false, false, true, null, null, true));
        try (AccountConnection c = connect(account.rootKey())) {
            RemediationPlan plan = gaps(c, RemediationSettings.DEFAULT).plan();
            secure(c, plan, RemediationSettings.DEFAULT, approve(plan));
            assertTrue(gaps(c, RemediationSettings.DEFAULT).plan().changes().stream()
                    .noneMatch(p -> p.kind() == ChangeKind.UPDATE_PASSWORD_POLICY));
        }
        assertEquals(14, account.passwordPolicy().minimumPasswordLength());
        assertEquals(null, account.passwordPolicy().maxPasswordAge());
        assertEquals(Boolean.TRUE, account.passwordPolicy().hardExpiry());
    }
}
