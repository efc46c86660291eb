package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The plans of many accounts, carried out side by side. */
class OrganizationRemediationTest extends OrganizationRemediationFixture {

    private Interruption interruption;

    @Override
    void afterChanges(String accountId, List<ChangeRecord> records) {
        super.afterChanges(accountId, records);
        if (interruption != null) {
            interruption.completed();
        }
    }

    @Test
    void rootKeysOfManyMembersAreDeletedAtOnce() {
        List<EmulatedAccount> members = new ArrayList<>();
        for (long i = 0; i < 30; i++) {
            members.add(memberWithKey(222222222222L + i));
        }
        plans(SETTINGS);

        SecureResult result = apply(SETTINGS, ALL_APPROVED);

        assertTrue(result.isComplete());
        assertEquals(30, result.accounts());
        assertEquals(0, result.openAccounts());
        members.forEach(m -> assertTrue(m.root().accessKeys().isEmpty()));
        assertEquals(
                List.of(
                        "AssumeRoot",
                        "GetCallerIdentity",
                        "ListAccessKeys",
                        "GetAccessKeyLastUsed",
                        "DeleteAccessKey",
                        "ListAccessKeys"),
                calls(members.get(0)));
    }

    @Test
    void eachAccountIsJournalledBeforeAndAfterEachChange() {
        EmulatedAccount member = memberWithKey(222222222222L);
        plans(SETTINGS);
        apply(SETTINGS, ALL_APPROVED);
        assertEquals(List.of("STARTED", "DONE"), changeEvidence(member));
        assertEquals(1, changed.get(member.id()).size());
    }

    @Test
    void aMemberWhoseServiceControlPolicyDeniesItCostsNoOther() {
        EmulatedAccount denied = memberWithKey(222222222222L);
        EmulatedAccount good = memberWithKey(333333333333L);
        plans(SETTINGS);
        aws.faults().deny(denied.root().arn(), "iam:Delete*");

        SecureResult result = apply(SETTINGS, ALL_APPROVED);

        assertEquals(1, result.openAccounts());
        assertEquals(List.of(Outcome.FAILED), outcomes(denied));
        String detail = changed.get(denied.id()).get(0).detail();
        assertTrue(detail.contains("iam:DeleteAccessKey") && detail.contains("service control policy"), detail);
        assertEquals(1, denied.root().accessKeys().size());
        assertEquals(List.of(Outcome.DONE), outcomes(good));
        assertTrue(good.root().accessKeys().isEmpty());
    }

    @Test
    void aMemberThatHasLeftTheOrganizationCostsNoOther() {
        EmulatedAccount gone = memberWithKey(222222222222L);
        EmulatedAccount good = memberWithKey(333333333333L);
        plans(SETTINGS);
        organization.suspend(gone);

        apply(SETTINGS, ALL_APPROVED);

        assertEquals(List.of(Outcome.SKIPPED), outcomes(gone));
        assertTrue(changed.get(gone.id()).get(0).detail().contains("AWS denied sts:AssumeRoot on account"));
        assertEquals(List.of(Outcome.DONE), outcomes(good));
    }

    @Test
    void aHalfFailedDeletionIsFinishedByASecondRun() {
        EmulatedAccount member = memberWithKey(222222222222L);
        member.root().addSigningCertificate();
        aws.faults().failNext("iam:DeleteSigningCertificate", 100, 500, "ServiceFailure", "no");
        plans(SETTINGS);
        apply(SETTINGS, ALL_APPROVED);
        assertEquals(List.of(Outcome.FAILED, Outcome.SKIPPED), outcomes(member));
        outcomes.clear();
        changed.clear();
        aws.faults().clear();

        plans(SETTINGS);
        apply(SETTINGS, ALL_APPROVED);

        assertEquals(List.of(Outcome.DONE, Outcome.DONE), outcomes(member));
        assertTrue(member.root().certificates().isEmpty());
        assertTrue(member.root().accessKeys().isEmpty());
    }

    @Test
    void aDryRunCallsNothing() {
        EmulatedAccount member = memberWithKey(222222222222L);
        plans(SETTINGS);
        secure(SETTINGS, ALL_APPROVED, true);
        // Opening the connection asks who the caller is.
        assertEquals(
                List.of("GetCallerIdentity"),
                aws.calls().stream().map(c -> c.action()).toList());
        assertEquals(List.of(Outcome.WOULD_DO), outcomes(member));
    }

    @Test
    void rootPasswordsOfManyAreRemovedAndTheFeaturesAreReadOnce() {
        RunSettings remove = SETTINGS.withRemediation(EngineFixture.removingPassword());
        for (long i = 0; i < 5; i++) {
            member(222222222222L + i).root().passwordPresent(true).enableVirtualMfa("phone");
        }
        plans(remove);

        SecureResult result = apply(remove, ALL_APPROVED);

        assertEquals(0, result.openAccounts(), changed.toString());
        assertEquals(10, result.count(Outcome.DONE));
        changed.values().forEach(r -> assertEquals(2, r.size(), r.toString()));
        assertEquals(
                1,
                aws.calls().stream()
                        .filter(c -> c.action().equals("ListOrganizationsFeatures"))
                        .count());
    }

    @Test
    void anInterruptionEndsTheChangesThatAreUnderWayAndTellsTheRest() {
        for (long i = 0; i < 40; i++) {
            memberWithKey(222222222222L + i);
        }
        plans(SETTINGS);
        interruption = new Interruption(5);
        SecureResult result = apply(SETTINGS.withParallelism(2), ALL_APPROVED);

        assertFalse(Thread.interrupted(), "it is cleared, so that files can be written");
        assertFalse(result.isComplete());
        assertEquals(40, changed.size());
        long left = 0;
        for (EmulatedAccount member : members()) {
            boolean gone = member.root().accessKeys().isEmpty();
            left += gone ? 0 : 1;
            assertEquals(List.of(gone ? Outcome.DONE : Outcome.SKIPPED), outcomes(member), "told as it is");
        }
        assertTrue(left > 0 && left <= 35, left + " left");
    }

    private List<String> changeEvidence(EmulatedAccount account) {
        return evidence(account.id()).stream()
                .filter(e -> e.get("kind").asText().equals("change"))
                .map(e -> e.get("outcome").asText())
                .toList();
    }

    private List<EmulatedAccount> members() {
        return changed.keySet().stream().map(aws::account).toList();
    }

    @Test
    void whatCanNotBeRecordedEndsTheRunBeforeAnythingElseIsDeleted() {
        for (long i = 0; i < 10; i++) {
            memberWithKey(222222222222L + i);
        }
        List<RemediationPlan> plans = plans(SETTINGS);
        SecurePhase phase = new SecurePhase(contextOf(admin, new FullStore(folders, false)));
        Scope all = Scope.organization(AccountFilter.ALL);
        UncheckedIOException thrown =
                assertThrows(UncheckedIOException.class, () -> phase.run(all, SETTINGS, ALL_APPROVED, false));
        assertNotNull(thrown.getCause());
        plans.forEach(p ->
                assertEquals(1, aws.account(p.accountId()).root().accessKeys().size()));
    }
}
