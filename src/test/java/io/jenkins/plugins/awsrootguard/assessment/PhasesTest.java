package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.assessment.QualityGate.UnknownPolicy;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The phases that read, over one account and over an organization. */
class PhasesTest extends PhasesFixture {

    @Test
    void storesEveryAccountAndReleasesTheConnection() {
        EmulatedAccount member = memberWithKey(222222222222L);
        EmulatedAccount denied = memberWithKey(333333333333L);
        aws.faults().deny(denied.root().arn(), "iam:*");

        RunHeader run = assess();

        assertTrue(run.isComplete());
        assertEquals(run, store.header().orElseThrow());
        assertEquals(3, store.accounts().size());
        assertEquals(AccountReading.Outcome.READ, state(member).reading().outcome());
        assertEquals(1, state(member).plan().changes().size());
        assertEquals(AccountReading.Outcome.UNREAD, state(denied).reading().outcome());
        assertEquals(
                Unread.Kind.EXPLICITLY_DENIED, state(denied).reading().cause().kind());
        assertEquals(QualityGate.Result.FAILED, gate().result());
        assertEquals(0, open.get());
    }

    private QualityGate.Outcome gate() {
        return QualityGate.DEFAULT.judge(store.header().orElseThrow().central(), store.accounts());
    }

    @Test
    void oneAccountIsTheCaseOfOne() {
        RunHeader run = new AssessmentPhase(context()).run(Scope.account(null), QUICKLY);
        assertFalse(run.isOrganization());
        assertEquals(
                List.of(management.id()),
                store.accounts().stream().map(AccountEntry::id).toList());
        assertNotNull(state(management).findings());

        new ValidationPhase(context()).run(Scope.account(management.id()), QUICKLY);
        assertTrue(state(management).validation().isSecured());
        assertEquals(0, open.get());
    }

    @Test
    void interruptedReadingKeepsWhatWasReadAndReportsTheRest() {
        for (long i = 0; i < 40; i++) {
            memberWithKey(222222222222L + i);
        }
        Interruption interruption = new Interruption(10);
        onRead = state -> interruption.completed();
        RunHeader run = new AssessmentPhase(context()).run(ALL, QUICKLY.withParallelism(2));

        assertFalse(Thread.interrupted(), "cleared, so that files can be written");
        assertEquals(StopCause.INTERRUPTED, run.stopped());
        long stopped = store.accounts().stream()
                .filter(a -> a.reading().outcome() == AccountReading.Outcome.STOPPED)
                .count();
        assertTrue(stopped > 0 && stopped < store.accounts().size(), stopped + " stopped");
    }

    @Test
    void stoppedReadingKeepsWhatWasKnownBefore() {
        EmulatedAccount member = memberWithKey(222222222222L);
        assess();
        RunContext stopped = new RunContext(store, new Connections(), "job x #3", new Log(), () -> true, id -> null);

        assertEquals(
                StopCause.INTERRUPTED,
                new AssessmentPhase(stopped).run(ALL, QUICKLY).stopped());

        store.account(member.id())
                .ifPresent(a ->
                        assertEquals(AccountReading.Outcome.READ, a.reading().outcome()));
        assertEquals(1, state(member).plan().changes().size());
    }

    @Test
    void gateFailsForOneAccountOfWhichNothingCanBeRead() {
        EmulatedAccount account = Presets.unsecured(aws, "222222222222");
        RunContext own = new RunContext(
                store, scope -> connect(account.rootKey()), "job x #3", new Log(), () -> false, id -> null);
        aws.faults().deny(account.root().arn(), "iam:*");
        new AssessmentPhase(own).run(Scope.account(account.id()), QUICKLY);

        QualityGate lenient = new QualityGate(null, null, UnknownPolicy.IGNORE, UnknownPolicy.FAIL, false);
        QualityGate.Outcome outcome = lenient.judge(null, store.accounts());

        assertEquals(AccountReading.Outcome.UNREAD, state(account).reading().outcome());
        assertEquals(QualityGate.Result.FAILED, outcome.result());
        assertEquals("1 account could not be read", outcome.reason());
    }

    @Test
    void refusesToPlanForAnAccountThatWasNotRead() {
        assertThrows(
                InvalidInputException.class,
                () -> new GapsPhase(context()).run(Scope.account("222222222222"), QUICKLY));
        assertThrows(
                InvalidInputException.class,
                () -> new SecurePhase(context()).run(ALL, QUICKLY, ApprovalSource.stored(), false));
    }

    @Test
    void oneStoreIsAboutOneOrganization() {
        assess();
        RunHeader other = store.header().orElseThrow();
        store.write(new RunHeader(
                other.scope(),
                new io.jenkins.plugins.awsrootguard.facts.Organization("o-another000", "999999999999"),
                other.partition(),
                other.callerAccountId(),
                other.callerArn(),
                other.central(),
                RunPolicy.DEFAULT,
                other.began(),
                other.ended(),
                0,
                null));
        assertThrows(InvalidInputException.class, this::assess);
    }
}
