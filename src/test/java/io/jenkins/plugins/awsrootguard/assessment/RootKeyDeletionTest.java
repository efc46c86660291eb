package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.emulator.AccessKey;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.HeldBack;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of root's keys phase 3 deletes, which it holds back, and what it says of either. */
class RootKeyDeletionTest extends EngineFixture {

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
    void withoutApprovalNothingIsChanged() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        RemediationSettings settings = naming(rootKeys(account));
        try (AccountConnection c = connect(account.rootKey())) {
            RemediationPlan plan = gaps(c, settings).plan();
            List<ChangeRecord> records = secure(c, plan, settings, null);
            assertEquals(plan.changes().size(), records.size());
            assertTrue(
                    records.stream()
                            .allMatch(r -> r.outcome() == Outcome.SKIPPED
                                    && r.heldBack().reason() == HeldBack.Reason.NOT_APPROVED),
                    records.toString());
        }
        assertEquals(1, account.root().accessKeys().size());
        assertNull(account.user("root-guard-admin"));
        assertNull(account.passwordPolicy());
    }

    @Test
    void theKeyThatSignsGoesLastAlsoWhenAnotherOneSignedWhenThePlanWasMade() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        AccessKeyPair other = account.root().addAccessKey();
        RemediationSettings settings = naming(rootKeys(account));
        RemediationPlan plan;
        try (AccountConnection c = connect(account.rootKey())) {
            plan = gaps(c, settings).plan();
        }
        try (AccountConnection c = connect(other)) {
            List<ChangeRecord> records = secure(c, plan, settings, approve(plan));
            assertEquals(List.of(Outcome.DONE, Outcome.DONE), outcomes(records, ChangeKind.DELETE_ROOT_ACCESS_KEY));
            assertTrue(records.get(records.size() - 1).id().endsWith(other.accessKeyId()));
        }
        assertTrue(account.root().accessKeys().isEmpty());
    }

    @Test
    void anApprovalOfAnEarlierPlanDoesNotCoverANewKey() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        try (AccountConnection c = connect(account.rootKey())) {
            Approval approval = approve(gaps(c, naming(rootKeys(account))).plan());
            AccessKeyPair later = account.root().addAccessKey();
            RemediationSettings settings = naming(rootKeys(account));
            RemediationPlan plan = gaps(c, settings).plan();
            List<ChangeRecord> records = secure(c, plan, settings, approval);
            ChangeRecord unapproved = records.stream()
                    .filter(r -> r.id().endsWith(later.accessKeyId()))
                    .findFirst()
                    .orElseThrow();
            assertEquals(Outcome.SKIPPED, unapproved.outcome());
            assertTrue(unapproved.detail().contains("not approved"), unapproved.detail());
        }
    }

    @Test
    void aRecentlyUsedKeyIsHeldBackUntilItIsNamed() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        try (AccountConnection c = connect(account.rootKey())) {
            RemediationPlan plan = gaps(c, RemediationSettings.DEFAULT).plan();
            List<ChangeRecord> records = secure(c, plan, RemediationSettings.DEFAULT, approve(plan));
            ChangeRecord held = records.get(records.size() - 1);
            assertEquals(Outcome.SKIPPED, held.outcome());
            assertTrue(held.detail().contains("within the last 90 days"), held.detail());
            assertTrue(held.heldBack().isAllowable(), held.detail());

            RemediationSettings named = naming(Printable.keyId(rootKeys(account)[0]));
            RemediationPlan again = gaps(c, named).plan();
            assertEquals(
                    List.of(Outcome.DONE),
                    outcomes(secure(c, again, named, approve(again)), ChangeKind.DELETE_ROOT_ACCESS_KEY));
        }
        assertTrue(account.root().accessKeys().isEmpty());
    }

    @Test
    void aKeyNamedInTheApprovalMayGoToo() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        try (AccountConnection c = connect(account.rootKey())) {
            RemediationPlan plan = gaps(c, RemediationSettings.DEFAULT).plan();
            Approval all = approve(plan);
            Approval named = new Approval(all.by(), all.at(), all.changeIds(), java.util.Set.of(rootKeys(account)[0]));
            secure(c, plan, RemediationSettings.DEFAULT, named);
        }
        assertTrue(account.root().accessKeys().isEmpty());
    }

    @Test
    void aDeletionThatFailsHalfWayIsRecordedAndTheNextRunCarriesOn() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        AccessKeyPair signing = account.rootKey();
        RemediationSettings settings = naming(rootKeys(account));
        try (AccountConnection c = connect(signing)) {
            aws.faults()
                    .failNext(
                            "DeleteSigningCertificate",
                            10,
                            403,
                            "AccessDenied",
                            "not authorized to perform: iam:DeleteSigningCertificate");
            RemediationPlan plan = gaps(c, settings).plan();
            List<ChangeRecord> first = secure(c, plan, settings, approve(plan));
            assertEquals(List.of(Outcome.FAILED), outcomes(first, ChangeKind.DELETE_SIGNING_CERTIFICATE));
            assertEquals(List.of(Outcome.SKIPPED), outcomes(first, ChangeKind.DELETE_ROOT_ACCESS_KEY));
            assertEquals(1, account.root().accessKeys().size());

            aws.faults().clear();
            RemediationPlan rest = gaps(c, settings).plan();
            assertEquals(2, rest.changes().size(), rest.changes().toString());
            assertTrue(secure(c, rest, settings, approve(rest)).stream().allMatch(r -> r.outcome() == Outcome.DONE));
        }
        assertTrue(account.root().accessKeys().isEmpty());
    }

    @Test
    void aLostAnswerIsNotAFalseDeletionAndNotALostOne() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        AccessKeyPair other = account.root().addAccessKey(true, Instant.parse("2018-01-01T00:00:00Z"), null);
        account.createUser("/", "auditor");
        account.attachAdministratorAccess("auditor");
        AccessKeyPair signing = new AccessKeyPair(
                account.rootKey().accessKeyId(), account.rootKey().secretAccessKey());
        aws.faults().dropConnection("DeleteAccessKey", 1);
        RemediationSettings settings = naming(other.accessKeyId());
        try (AccountConnection c = connect(signing)) {
            RemediationPlan plan = gaps(c, settings).plan();
            List<ChangeRecord> records = secure(c, plan, settings, approve(plan));
            ChangeRecord deletion = records.stream()
                    .filter(r -> r.id().endsWith(other.accessKeyId()))
                    .findFirst()
                    .orElseThrow();
            assertEquals(Outcome.DONE, deletion.outcome(), deletion.detail());
        }
        assertTrue(account.root().accessKeys().stream().noneMatch(k -> k.id().equals(other.accessKeyId())));
    }

    @Test
    void anOldUnusedKeyNeedsNoNaming() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.root()
                .addAccessKey(
                        true,
                        Instant.parse("2015-01-01T00:00:00Z"),
                        Instant.now().minus(Duration.ofDays(91)));
        try (AccountConnection c = connect(account.rootKey())) {
            long free = gaps(c, RemediationSettings.DEFAULT).plan().changes().stream()
                    .filter(p -> p.kind() == ChangeKind.DELETE_ROOT_ACCESS_KEY && !p.isBlocked())
                    .count();
            assertEquals(1, free);
        }
    }

    @Test
    void aKeyThatWasUsedAfterThePlanIsHeldBack() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        AccessKeyPair idle = account.root().addAccessKey(true, Instant.parse("2015-01-01T00:00:00Z"), null);
        try (AccountConnection c = connect(account.rootKey())) {
            RemediationPlan plan = gaps(c, RemediationSettings.DEFAULT).plan();
            connect(idle).close();
            List<ChangeRecord> records = secure(c, plan, RemediationSettings.DEFAULT, approve(plan));
            ChangeRecord deletion = records.stream()
                    .filter(r -> r.id().endsWith(idle.accessKeyId()))
                    .findFirst()
                    .orElseThrow();
            assertEquals(Outcome.SKIPPED, deletion.outcome());
            assertTrue(deletion.detail().contains("within the last 90 days"), deletion.detail());
        }
        assertEquals(2, account.root().accessKeys().size());
    }

    @Test
    void anIdleKeyGoesWhileTheOtherOneThatIsInUseStays() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        AccessKeyPair inUse = account.rootKey();
        AccessKeyPair idle = account.root().addAccessKey(true, Instant.parse("2015-01-01T00:00:00Z"), null);
        try (AccountConnection c = connect(inUse)) {
            RemediationPlan plan = gaps(c, RemediationSettings.DEFAULT).plan();
            List<ChangeRecord> records = secure(c, plan, RemediationSettings.DEFAULT, approve(plan));
            assertEquals(List.of(Outcome.DONE, Outcome.SKIPPED), outcomes(records, ChangeKind.DELETE_ROOT_ACCESS_KEY));
        }
        assertEquals(
                List.of(inUse.accessKeyId()),
                account.root().accessKeys().stream().map(k -> k.id()).toList());
    }

    @Test
    void theUnknownKeyOfAnotherPrincipalIsNeverDeletedByNamingIt() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.createUser("/", "carol");
        account.attachAdministratorAccess("carol");
        try (AccountConnection c = connect(account.userKey("carol"))) {
            RemediationSettings settings = naming("not known", rootKeys(account)[0]);
            RemediationPlan plan = gaps(c, settings).plan();
            ChangeRecord deletion = secure(c, plan, settings, approve(plan)).stream()
                    .filter(r -> r.kind() == ChangeKind.DELETE_ROOT_ACCESS_KEY)
                    .findFirst()
                    .orElseThrow();
            assertEquals(Outcome.SKIPPED, deletion.outcome());
            assertTrue(deletion.detail().contains("Only root's own access key"), deletion.detail());
        }
        assertEquals(1, account.root().accessKeys().size());
    }

    @Test
    void anAdministratorWhomAPolicyDeniesEverythingIsNoWayIn() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.root().passwordPresent(false);
        account.createUser("/", "quarantined");
        account.attachAdministratorAccess("quarantined");
        account.userKey("quarantined");
        account.allow("quarantined", """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "iam:*", "Resource": "*"}]}\
            """);
        RemediationSettings settings = naming(rootKeys(account));
        try (AccountConnection c = connect(account.rootKey())) {
            RemediationPlan plan = gaps(c, settings).plan();
            List<ChangeRecord> records = secure(c, plan, settings, approve(plan));
            assertEquals(List.of(Outcome.SKIPPED), outcomes(records, ChangeKind.DELETE_ROOT_ACCESS_KEY));
            assertTrue(records.get(records.size() - 1).detail().contains("do not allow iam:CreateUser"));
        }
        assertEquals(1, account.root().accessKeys().size());
    }
}
