package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.controls.Facts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is kept of an account between the steps, and what a newer step makes of it. */
class AccountStateTest {

    private static final AccountFacts FACTS = Facts.ofSample("unsecured.csv").build();
    private static final AccountFacts FRESH = Facts.ofSample("secured.csv").build();
    private static final Instant LATER = Facts.NOW.plusSeconds(60);
    private static final Approval APPROVAL = new Approval("alice", LATER, Set.of(), Set.of());

    @Test
    void anUnreadAccountHasNothingButItsId() {
        AccountState state = AccountState.unread(Facts.ACCOUNT);
        assertEquals(Facts.ACCOUNT, state.accountId());
        assertNull(state.facts());
        assertEquals(List.of(), state.changes());
    }

    @Test
    void newerFactsOrJudgementsEndAnOlderProof() {
        AccountState proven = proven();
        assertEquals(5, proven.validation().points().size());
        assertEquals(FRESH.readAt(), proven.validatedAt());
        assertSame(FRESH, proven.facts());
        assertEquals(proven.validation().findings(), proven.findings());

        AccountState readAgain = proven.withFacts(FACTS);
        assertSame(FACTS, readAgain.facts());
        assertNull(readAgain.validation());
        assertNull(readAgain.validatedAt());
        assertEquals(proven.plan(), readAgain.plan());

        Gaps gaps = EngineFixture.judge(FACTS, Policy.DEFAULT, RemediationSettings.DEFAULT);
        assertNull(proven.withGaps(gaps.findings(), gaps.plan()).validation());
    }

    @Test
    void fewerTasksLeaveTheProofStanding() {
        AccountState fewer = proven().withPending(List.of());
        assertEquals(List.of(), fewer.plan().pending());
        assertEquals(proven().plan().changes(), fewer.plan().changes());
        assertTrue(fewer.validation() != null);
    }

    @Test
    void theEndOfAChangeReplacesItsBeginningAndNothingElse() {
        AccountState begun = judged(FACTS).withChange(record("a", Outcome.STARTED));
        assertEquals(List.of(Outcome.DONE), outcomes(begun.withChange(record("a", Outcome.DONE))));
        assertEquals(List.of(Outcome.FAILED), outcomes(begun.withChange(record("a", Outcome.FAILED))));
        // A call that was begun, with no known end, stays on record.
        assertEquals(List.of(Outcome.STARTED, Outcome.DONE), outcomes(begun.withChange(record("b", Outcome.DONE))));
        assertEquals(
                List.of(Outcome.STARTED, Outcome.SKIPPED), outcomes(begun.withChange(record("a", Outcome.SKIPPED))));
        assertEquals(
                List.of(Outcome.STARTED, Outcome.WOULD_DO), outcomes(begun.withChange(record("a", Outcome.WOULD_DO))));
        AccountState done = begun.withChange(record("a", Outcome.DONE));
        assertEquals(List.of(Outcome.DONE, Outcome.DONE), outcomes(done.withChange(record("a", Outcome.DONE))));
        assertEquals(
                List.of(Outcome.DONE, Outcome.FAILED),
                outcomes(done.withChange(record("b", Outcome.STARTED)).withChange(record("b", Outcome.FAILED))));
    }

    @Test
    void aChangeThatIsPlannedAgainAfterItWasMadeIsUnmade() {
        PlannedChange change = judged(FACTS).plan().changes().get(0);
        AccountState approved = judged(FACTS)
                .withApproval(new Approval("alice", FACTS.readAt().plusSeconds(1), Set.of(change.id()), Set.of()));
        assertTrue(approved.unmade().contains(change));
        assertEquals(Set.of(change.id()), approved.standingApproval().changeIds());

        Instant madeAt = FACTS.readAt().plusSeconds(60);
        AccountState made = approved.withChange(new ChangeRecord(
                change.id(), change.kind(), change.description(), Outcome.DONE, "alice", madeAt, null, "done", null));
        assertFalse(made.unmade().contains(change));
        // The same plan may be carried on after a crash: its approval stands.
        assertEquals(Set.of(change.id()), made.standingApproval().changeIds());

        RemediationPlan later = new RemediationPlan(
                Facts.ACCOUNT, madeAt.plusSeconds(1), made.plan().changes(), List.of(), List.of());
        AccountState plannedAgain = made.withGaps(made.findings(), later);
        assertTrue(plannedAgain.unmade().contains(change), "somebody has undone it since");
        assertEquals(Set.of(), plannedAgain.standingApproval().changeIds(), "what was approved was made");
        // A reading of the same moment as the change may have come before it.
        RemediationPlan sameMoment =
                new RemediationPlan(Facts.ACCOUNT, madeAt, made.plan().changes(), List.of(), List.of());
        assertFalse(made.withGaps(made.findings(), sameMoment).unmade().contains(change));
    }

    @Test
    void nothingIsUnmadeOrApprovedWithoutAPlan() {
        AccountState unread = AccountState.unread(Facts.ACCOUNT).withApproval(APPROVAL);
        assertEquals(List.of(), unread.unmade());
        assertNull(unread.standingApproval());
        assertNull(judged(FACTS).standingApproval());
    }

    @Test
    void anApprovalThatIsYoungerThanTheChangeHoldsForItAgain() {
        PlannedChange change = judged(FACTS).plan().changes().get(0);
        ChangeRecord made = new ChangeRecord(
                change.id(), change.kind(), change.description(), Outcome.DONE, "alice", LATER, null, "done", null);
        Approval again = new Approval("bob", LATER.plusSeconds(120), Set.of(change.id()), Set.of("AKIA"));
        RemediationPlan later =
                new RemediationPlan(Facts.ACCOUNT, LATER.plusSeconds(60), List.of(change), List.of(), List.of());
        assertEquals(again, again.standing(later, List.of(made)));
    }

    @Test
    void onlyWhatFailedOrHasNoKnownEndIsMissingOfAnAccount() {
        for (Outcome outcome : Outcome.values()) {
            boolean missing = outcome == Outcome.FAILED || outcome == Outcome.STARTED;
            assertEquals(missing, secured(null, record("a", outcome)).isMissing(), outcome.name());
        }
        Unread cause = new Unread(Unread.Kind.NOT_CHANGED, null);
        assertTrue(secured(cause).isMissing());
        assertFalse(secured(null).isMissing());
        assertTrue(secured(null, record("a", Outcome.FAILED), record("b", Outcome.STARTED))
                .isMissing());
    }

    private static AccountSecurer.Secured secured(Unread cause, ChangeRecord... records) {
        return new AccountSecurer.Secured(Facts.ACCOUNT, List.of(records), cause, List.of());
    }

    private static AccountState judged(AccountFacts facts) {
        Gaps gaps = EngineFixture.judge(facts, Policy.DEFAULT, RemediationSettings.DEFAULT);
        return AccountState.assessed(facts).withGaps(gaps.findings(), gaps.plan());
    }

    private static AccountState proven() {
        return judged(FACTS).withValidation(FRESH, EngineFixture.validate(FRESH, Policy.DEFAULT));
    }

    private static ChangeRecord record(String target, Outcome outcome) {
        return new ChangeRecord(
                "CREATE_ADMIN_USER:" + target,
                ChangeKind.CREATE_ADMIN_USER,
                "d",
                outcome,
                null,
                LATER,
                null,
                "x",
                null);
    }

    private static List<Outcome> outcomes(AccountState state) {
        return state.changes().stream().map(ChangeRecord::outcome).toList();
    }

    @Test
    void acceptedRiskOfOneAccountIsInTheVerdictOfAll() {
        assertEquals(Standing.NO_GAPS_EXCEPT_ACCEPTED, Standing.worst(Stream.of(Standing.NO_GAPS, Standing.ACCEPTED)));
        assertEquals(Standing.ACCEPTED, Standing.worst(Stream.of(Standing.SECURED, Standing.ACCEPTED)));
        assertEquals(Standing.AT_RISK, Standing.worst(Stream.of(Standing.ACCEPTED, Standing.AT_RISK)));
        assertEquals(Standing.NOT_JUDGED, Standing.worst(Stream.empty()));
    }
}
