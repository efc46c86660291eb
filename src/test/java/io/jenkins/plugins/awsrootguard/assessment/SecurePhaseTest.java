package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.assessment.RunContext.RunLog;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.HeldBack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** The phase that makes changes, over one account and over an organization. */
class SecurePhaseTest extends PhasesFixture {

    @Test
    void makesNoDeletionWithoutApproval() {
        EmulatedAccount member = memberWithKey(222222222222L);
        assess();

        SecureResult result = new SecurePhase(context()).run(ALL, QUICKLY, ApprovalSource.stored(), false);

        assertFalse(result.isComplete());
        assertEquals(1, member.root().accessKeys().size());
        assertEquals(
                HeldBack.Reason.NOT_APPROVED,
                result.open().get(0).change().heldBack().reason());
    }

    @Test
    void makesApprovedChangesAndRecordsThem() throws IOException {
        EmulatedAccount member = memberWithKey(222222222222L);
        assess();

        SecureResult result = new SecurePhase(context()).run(ALL, QUICKLY, ApprovalSource.given("alice"), false);

        assertTrue(result.isComplete(), result.toString());
        assertTrue(member.root().accessKeys().isEmpty());
        assertEquals(List.of(Outcome.DONE), outcomes(state(member)));
        assertEquals("alice", state(member).approval().by());
        assertNotNull(state(member).securedAt());
        String evidence = Files.readString(store.folder(member.id()).resolve("evidence.jsonl"));
        assertTrue(evidence.indexOf("STARTED") < evidence.indexOf("DONE"), evidence);
        assertTrue(evidence.contains("iam:DeleteAccessKey"), evidence);
        assertEquals(0, open.get());
    }

    @Test
    void makesNoCompletedChangeAgainWithoutNewReading() {
        EmulatedAccount member = memberWithKey(222222222222L);
        assess();
        SecurePhase phase = new SecurePhase(context());
        phase.run(ALL, QUICKLY, ApprovalSource.given("alice"), false);

        SecureResult second = phase.run(ALL, QUICKLY, ApprovalSource.given("alice"), false);
        // Other settings make another plan from the same facts.
        SecureResult third = phase.run(
                ALL, QUICKLY.withRemediation(EngineFixture.removingPassword()), ApprovalSource.given("alice"), false);

        assertEquals(Map.of(), second.counts());
        assertEquals(Map.of(), third.counts());
        assertEquals(List.of(), state(member).unmade());
        assertEquals(0, store.account(member.id()).orElseThrow().planned());
        assertEquals(List.of(Outcome.DONE), outcomes(state(member)));
    }

    @Test
    void makesNoCompletedChangeAgainInOneAccount() {
        EmulatedAccount account = Presets.unsecured(aws, "222222222222");
        RunContext own = new RunContext(
                store, scope -> connect(account.rootKey()), "job x #3", new Log(), () -> false, id -> null);
        Scope scope = Scope.account(account.id());
        new AssessmentPhase(own).run(scope, QUICKLY);
        SecurePhase phase = new SecurePhase(own);
        SecureResult first = phase.run(scope, QUICKLY, ApprovalSource.given("alice"), false);
        List<Outcome> made = outcomes(state(account));

        SecureResult second = phase.run(scope, QUICKLY, ApprovalSource.given("alice"), false);

        assertTrue(first.count(Outcome.DONE) > 0, first.toString());
        assertEquals(0, second.count(Outcome.DONE), second.toString());
        assertEquals(
                first.count(Outcome.DONE),
                outcomes(state(account)).stream().filter(Outcome.DONE::equals).count());
        assertTrue(made.contains(Outcome.DONE));
    }

    @Test
    void dryRunChangesNothingAndIsReplacedByTheNextReading() {
        EmulatedAccount member = memberWithKey(222222222222L);
        assess();

        new SecurePhase(context()).run(ALL, QUICKLY, ApprovalSource.given("alice"), true);
        assertEquals(List.of(Outcome.WOULD_DO), outcomes(state(member)));
        assertNull(state(member).approval());
        assertEquals(1, member.root().accessKeys().size());

        assess();
        assertEquals(List.of(), outcomes(state(member)));
    }

    @Test
    void changesNothingThatCannotBeStored() {
        EmulatedAccount member = memberWithKey(222222222222L);
        assess();
        SecurePhase phase = new SecurePhase(context(new FullStore(store, false)));

        assertThrows(UncheckedIOException.class, () -> phase.run(ALL, QUICKLY, ApprovalSource.given("alice"), false));

        assertEquals(1, member.root().accessKeys().size());
    }

    @Test
    void interruptedChangesFinishAndTheRestIsReported() {
        for (long i = 0; i < 20; i++) {
            memberWithKey(222222222222L + i);
        }
        assess();
        Interruption interruption = new Interruption(5);
        ConcurrentLinkedQueue<String> changed = new ConcurrentLinkedQueue<>();
        RunLog stopping = new RunLog() {
            @Override
            public void line(String text) {
                log.add(text);
            }

            @Override
            public void changed(AccountEntry account, List<ChangeRecord> records) {
                changed.add(account.id());
                interruption.completed();
            }
        };
        RunContext context = new RunContext(store, new Connections(), "job x #3", stopping, () -> false, id -> null);

        SecureResult result =
                new SecurePhase(context).run(ALL, QUICKLY.withParallelism(2), ApprovalSource.given("alice"), false);

        assertFalse(Thread.interrupted());
        assertTrue(result.isInterrupted());
        assertEquals(20, changed.size());
        for (String id : changed) {
            boolean gone = aws.account(id).root().accessKeys().isEmpty();
            assertEquals(gone, outcomes(store.state(id).orElseThrow()).contains(Outcome.DONE), id);
        }
    }
}
