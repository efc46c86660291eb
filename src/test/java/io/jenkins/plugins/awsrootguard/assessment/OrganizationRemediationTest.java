package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The plans of many accounts, carried out side by side. */
class OrganizationRemediationTest extends OrganizationRemediationFixture {

    @Test
    void rootKeysOfManyMembersAreDeletedAtOnce() {
        List<EmulatedAccount> members = new ArrayList<>();
        for (long i = 0; i < 30; i++) {
            members.add(memberWithKey(222222222222L + i));
        }
        List<RemediationPlan> plans = plans(SETTINGS);

        OrganizationChanges result = apply(plans, SETTINGS, approveAll(plans));

        assertTrue(result.isComplete());
        assertEquals(30, result.accounts());
        assertEquals(0, result.failed());
        members.forEach(m -> assertTrue(m.root().accessKeys().isEmpty()));
        // The one call more is the caller asking who it is.
        assertEquals(aws.calls().size() - 1, result.calls());
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
        List<RemediationPlan> plans = plans(SETTINGS);
        apply(plans, SETTINGS, approveAll(plans));
        assertEquals(
                List.of(Outcome.STARTED, Outcome.DONE),
                journals.get(member.id()).stream().map(ChangeRecord::outcome).toList());
        assertEquals(1, changed.get(member.id()).records().size());
    }

    @Test
    void aMemberWhoseServiceControlPolicyDeniesItCostsNoOther() {
        EmulatedAccount denied = memberWithKey(222222222222L);
        EmulatedAccount good = memberWithKey(333333333333L);
        List<RemediationPlan> plans = plans(SETTINGS);
        aws.faults().deny(denied.root().arn(), "iam:Delete*");

        OrganizationChanges result = apply(plans, SETTINGS, approveAll(plans));

        assertEquals(1, result.failed());
        assertEquals(List.of(Outcome.FAILED), outcomes(denied));
        String detail = changed.get(denied.id()).records().get(0).detail();
        assertTrue(detail.contains("iam:DeleteAccessKey") && detail.contains("service control policy"), detail);
        assertEquals(1, denied.root().accessKeys().size());
        assertEquals(List.of(Outcome.DONE), outcomes(good));
        assertTrue(good.root().accessKeys().isEmpty());
    }

    @Test
    void aMemberThatHasLeftTheOrganizationCostsNoOther() {
        EmulatedAccount gone = memberWithKey(222222222222L);
        EmulatedAccount good = memberWithKey(333333333333L);
        List<RemediationPlan> plans = plans(SETTINGS);
        organization.suspend(gone);

        apply(plans, SETTINGS, approveAll(plans));

        assertEquals(List.of(Outcome.SKIPPED), outcomes(gone));
        assertTrue(changed.get(gone.id()).records().get(0).detail().contains("AWS denied sts:AssumeRoot on account"));
        assertEquals(List.of(Outcome.DONE), outcomes(good));
    }

    @Test
    void aHalfFailedDeletionIsFinishedByASecondRun() {
        EmulatedAccount member = memberWithKey(222222222222L);
        member.root().addSigningCertificate();
        aws.faults().failNext("iam:DeleteSigningCertificate", 4, 500, "ServiceFailure", "no");
        List<RemediationPlan> plans = plans(SETTINGS);
        apply(plans, SETTINGS, approveAll(plans));
        assertEquals(List.of(Outcome.FAILED, Outcome.SKIPPED), outcomes(member));
        outcomes.clear();
        changed.clear();

        List<RemediationPlan> again = plans(SETTINGS);
        apply(again, SETTINGS, approveAll(again));

        assertEquals(List.of(Outcome.DONE, Outcome.DONE), outcomes(member));
        assertTrue(member.root().certificates().isEmpty());
        assertTrue(member.root().accessKeys().isEmpty());
    }

    @Test
    void aDryRunCallsNothing() {
        EmulatedAccount member = memberWithKey(222222222222L);
        List<RemediationPlan> plans = plans(SETTINGS);
        try (AccountConnection caller = connectMany(admin)) {
            aws.clearCalls();
            OrganizationRemediation.dryRun(caller, SETTINGS).run(plans, this::journal, this::took, log::add);
        }
        assertEquals(List.of(), aws.calls());
        assertEquals(List.of(Outcome.WOULD_DO), outcomes(member));
    }

    @Test
    void rootPasswordsOfManyAreRemovedAndTheFeaturesAreReadOnce() {
        OrganizationSettings remove =
                SETTINGS.withRemediation(RemediationSettings.DEFAULT.withRemoveRootPassword(true));
        for (long i = 0; i < 5; i++) {
            member(222222222222L + i).root().passwordPresent(true).enableVirtualMfa("phone");
        }
        List<RemediationPlan> plans = plans(remove);

        OrganizationChanges result = apply(plans, remove, approveAll(plans));

        assertEquals(0, result.failed(), changed.toString());
        changed.values().forEach(o -> assertEquals(2, o.count(Outcome.DONE), o.toString()));
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
        List<RemediationPlan> plans = plans(SETTINGS);
        Thread here = Thread.currentThread();
        OrganizationChanges result;
        try (AccountConnection caller = connectMany(admin)) {
            result = OrganizationRemediation.apply(caller, SETTINGS.withParallelism(2), approveAll(plans))
                    .run(
                            plans,
                            this::journal,
                            outcome -> {
                                took(outcome);
                                if (changed.size() == 5) {
                                    here.interrupt();
                                }
                            },
                            log::add);
        }
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

    private List<EmulatedAccount> members() {
        return changed.keySet().stream().map(aws::account).toList();
    }

    @Test
    void whatCanNotBeRecordedEndsTheRunBeforeAnythingElseIsDeleted() {
        for (long i = 0; i < 10; i++) {
            memberWithKey(222222222222L + i);
        }
        List<RemediationPlan> plans = plans(SETTINGS);
        try (AccountConnection caller = connectMany(admin)) {
            UncheckedIOException thrown = assertThrows(
                    UncheckedIOException.class,
                    () -> OrganizationRemediation.apply(caller, SETTINGS, approveAll(plans))
                            .run(
                                    plans,
                                    (account, entry) -> {
                                        throw new UncheckedIOException(new IOException("No space left on device"));
                                    },
                                    this::took,
                                    log::add));
            assertNotNull(thrown.getCause());
        }
        plans.forEach(p ->
                assertEquals(1, aws.account(p.accountId()).root().accessKeys().size()));
    }
}
