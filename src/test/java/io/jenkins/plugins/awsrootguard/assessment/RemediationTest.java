package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.emulator.AccessKey;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.AccountPasswordPolicy;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.HeldBack;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.Remediation;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Phase 3 against an embedded account. */
class RemediationTest extends EngineFixture {

    private static String[] rootKeys(EmulatedAccount account) {
        return account.root().accessKeys().stream().map(AccessKey::id).toArray(String[]::new);
    }

    private static List<Outcome> outcomes(List<ChangeRecord> records, ChangeKind kind) {
        return records.stream()
                .filter(r -> r.kind() == kind)
                .map(ChangeRecord::outcome)
                .toList();
    }

    @Test
    void theAdministratorComesFirstAndTheSigningKeyLast() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        AccessKeyPair key = account.rootKey();
        account.root().addAccessKey(false, Instant.parse("2018-01-01T00:00:00Z"), null);
        RemediationSettings settings = naming(rootKeys(account));
        try (AccountConnection c = connect(key)) {
            RemediationPlan plan = gaps(c, settings).plan();
            List<ChangeRecord> records = secure(c, plan, settings, approve(plan));
            assertTrue(records.stream().allMatch(r -> r.outcome() == Outcome.DONE), records.toString());
            assertEquals(
                    List.of(
                            ChangeKind.CREATE_ADMIN_GROUP,
                            ChangeKind.CREATE_ADMIN_USER,
                            ChangeKind.ATTACH_ADMIN_POLICY,
                            ChangeKind.ADD_ADMIN_TO_GROUP,
                            ChangeKind.UPDATE_PASSWORD_POLICY,
                            ChangeKind.DELETE_SIGNING_CERTIFICATE),
                    records.stream().map(ChangeRecord::kind).limit(6).toList());
            assertEquals(
                    "DELETE_ROOT_ACCESS_KEY:" + key.accessKeyId(),
                    records.get(records.size() - 1).id());
        }
        assertTrue(account.root().accessKeys().isEmpty());
        assertTrue(account.root().certificates().isEmpty());
        assertNotNull(account.user("root-guard-admin"));
        assertTrue(account.group("root-guard-administrators").members().contains("root-guard-admin"));
        assertTrue(account.user("root-guard-admin").accessKeys().isEmpty());
        assertEquals(AccountPasswordPolicy.strong(), account.passwordPolicy());
    }

    @Test
    void everyChangeIsJournalledBeforeAndAfterItIsMade() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        RemediationSettings settings = naming(rootKeys(account));
        try (AccountConnection c = connect(account.rootKey())) {
            RemediationPlan plan = gaps(c, settings).plan();
            int n = secure(c, plan, settings, approve(plan)).size();
            assertEquals(2 * n, journal.size());
            for (int i = 0; i < n; i++) {
                assertEquals(Outcome.STARTED, journal.get(2 * i).outcome());
                assertEquals(journal.get(2 * i).id(), journal.get(2 * i + 1).id());
                assertNotNull(journal.get(2 * i + 1).requestId());
            }
        }
    }

    @Test
    void setsNoPasswordPolicyThatIsNotApproved() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        try (AccountConnection c = connect(account.rootKey())) {
            Approval given = approve(gaps(c, RemediationSettings.DEFAULT).plan());
            AccountPasswordPolicy stricter = new AccountPasswordPolicy(20, true, true, true, true, true, 0, 24, false);
            account.passwordPolicy(stricter);
            RemediationPlan plan = gaps(c, RemediationSettings.DEFAULT).plan();
            ChangeRecord update = secure(c, plan, RemediationSettings.DEFAULT, given).stream()
                    .filter(r -> r.kind() == ChangeKind.UPDATE_PASSWORD_POLICY)
                    .findFirst()
                    .orElseThrow();
            assertEquals(HeldBack.Reason.NOT_APPROVED, update.heldBack().reason());
            assertEquals(stricter, account.passwordPolicy());
        }
    }

    @Test
    void holdsBackPasswordPolicyThatChangedSinceTheApproval() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        try (AccountConnection c = connect(account.rootKey())) {
            RemediationPlan plan = gaps(c, RemediationSettings.DEFAULT).plan();
            AccountPasswordPolicy stricter = new AccountPasswordPolicy(20, true, true, true, true, true, 0, 24, false);
            account.passwordPolicy(stricter);
            List<ChangeRecord> records = secure(c, plan, RemediationSettings.DEFAULT, approve(plan));
            assertEquals(List.of(Outcome.SKIPPED), outcomes(records, ChangeKind.UPDATE_PASSWORD_POLICY));
            String line = log.stream()
                    .filter(l -> l.contains("password policy changed"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(line.contains("The change is not approved"), line);
            assertTrue(line.contains("would now set minimum length 20"), line);
            assertEquals(stricter, account.passwordPolicy());
        }
    }

    @Test
    void aDryRunChangesNothing() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        RemediationSettings settings = naming(rootKeys(account));
        try (AccountConnection c = connect(account.rootKey())) {
            RemediationPlan plan = gaps(c, settings).plan();
            aws.clearCalls();
            List<ChangeRecord> records = Remediation.apply(
                    c, plan, settings, Policy.DEFAULT, approve(plan), run(c, true, journal::add, log::add));
            assertFalse(plan.changes().isEmpty());
            assertEquals(plan.changes().size(), records.size(), "each planned change is told");
            assertTrue(records.stream().allMatch(r -> r.outcome() == Outcome.WOULD_DO));
            assertTrue(aws.calls().isEmpty());
        }
    }

    @Test
    void aSecondRunFindsNothingToDo() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.createUser("/", "auditor");
        account.attachAdministratorAccess("auditor");
        AccessKeyPair admin = account.userKey("auditor");
        RemediationSettings settings = naming(rootKeys(account));
        try (AccountConnection c = connect(account.rootKey())) {
            RemediationPlan plan = gaps(c, settings).plan();
            secure(c, plan, settings, approve(plan));
        }
        try (AccountConnection c = connect(admin)) {
            RemediationPlan second = gaps(c, RemediationSettings.DEFAULT).plan();
            assertTrue(second.changes().isEmpty(), second.changes().toString());
            aws.clearCalls();
            assertTrue(secure(c, second, RemediationSettings.DEFAULT, approve(second))
                    .isEmpty());
            assertTrue(aws.calls().isEmpty());
        }
    }

    @Test
    void anExistingUserAndGroupAreUsedAndNotOverwritten() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.createUser("/people/", "root-guard-admin");
        account.createGroup("/teams/", "root-guard-administrators");
        try (AccountConnection c = connect(account.rootKey())) {
            RemediationPlan plan = gaps(c, RemediationSettings.DEFAULT).plan();
            List<ChangeRecord> records = secure(c, plan, RemediationSettings.DEFAULT, approve(plan));
            ChangeRecord user = records.stream()
                    .filter(r -> r.kind() == ChangeKind.CREATE_ADMIN_USER)
                    .findFirst()
                    .orElseThrow();
            assertEquals(Outcome.DONE, user.outcome());
            assertTrue(user.detail().contains("already exists; unchanged"), user.detail());
        }
        assertTrue(account.user("root-guard-admin").arn().contains("/people/"));
    }

    @Test
    void rootIsNotTouchedWhenTheAdministratorCouldNotBeMade() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        aws.faults()
                .failNext(
                        "AttachGroupPolicy",
                        1,
                        403,
                        "AccessDenied",
                        "User is not authorized to perform: iam:AttachGroupPolicy");
        RemediationSettings settings = naming(rootKeys(account));
        try (AccountConnection c = connect(account.rootKey())) {
            RemediationPlan plan = gaps(c, settings).plan();
            List<ChangeRecord> records = secure(c, plan, settings, approve(plan));
            assertEquals(List.of(Outcome.FAILED), outcomes(records, ChangeKind.ATTACH_ADMIN_POLICY));
            assertEquals(List.of(Outcome.SKIPPED), outcomes(records, ChangeKind.DELETE_ROOT_ACCESS_KEY));
            assertEquals(List.of(Outcome.SKIPPED), outcomes(records, ChangeKind.DELETE_SIGNING_CERTIFICATE));
        }
        assertEquals(1, account.root().accessKeys().size());
    }

    @Test
    void rootIsNotTouchedWhenNobodyElseIsProvenToAdminister() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        RemediationSettings settings = naming(rootKeys(account));
        try (AccountConnection c = connect(account.rootKey())) {
            RemediationPlan plan = gaps(c, settings).plan();
            RemediationPlan onlyRoot =
                    new RemediationPlan(plan.accountId(), plan.plannedAt(), plan.destructive(), List.of(), List.of());
            List<ChangeRecord> records = secure(c, onlyRoot, settings, approve(plan));
            assertTrue(records.stream().allMatch(r -> r.outcome() == Outcome.SKIPPED));
            assertTrue(
                    records.get(0).detail().contains("no IAM user and no accepted role has"),
                    records.get(0).detail());
        }
        assertEquals(1, account.root().accessKeys().size());
    }

    @Test
    void aStricterPolicyIsNeverWeakened() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.passwordPolicy(new AccountPasswordPolicy(20, true, true, false, true, true, 30, 5, true));
        try (AccountConnection c = connect(account.rootKey())) {
            RemediationPlan plan = gaps(c, RemediationSettings.DEFAULT).plan();
            secure(c, plan, RemediationSettings.DEFAULT, approve(plan));
        }
        assertEquals(
                new AccountPasswordPolicy(20, true, true, true, true, true, 30, 24, true), account.passwordPolicy());
    }

    @Test
    void noRecordAndNoLogLineHoldsAWholeKeyIdOrASecret() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        AccessKeyPair key = account.rootKey();
        RemediationSettings settings = naming(rootKeys(account));
        try (AccountConnection c = connect(key)) {
            RemediationPlan plan = gaps(c, settings).plan();
            secure(c, plan, settings, approve(plan));
        }
        for (String line : log) {
            assertFalse(line.contains(key.accessKeyId()), line);
            assertFalse(line.contains(key.secretAccessKey()), "a secret was logged");
        }
        for (ChangeRecord r : journal) {
            assertFalse((r.description() + r.detail()).contains(key.accessKeyId()), r.description());
        }
    }

    @Test
    void anAdministratorOfAnyNameIsEnough() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.createUser("/", "carol");
        account.attachAdministratorAccess("carol");
        try (AccountConnection c = connect(account.rootKey())) {
            RemediationPlan plan = gaps(c, RemediationSettings.DEFAULT).plan();
            assertTrue(plan.changes().stream().noneMatch(p -> p.kind() == ChangeKind.CREATE_ADMIN_USER));
            assertTrue(plan.pending().stream()
                    .anyMatch(t ->
                            t.what() == PendingTask.What.ADMIN_MFA && t.title().contains("carol")));
        }
        assertNull(account.user("root-guard-admin"));
    }
}
