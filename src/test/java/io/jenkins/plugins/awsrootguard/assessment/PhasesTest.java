package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.HeldBack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The phases over one account and over an organization, with a store in a folder. */
class PhasesTest extends OrganizationFixture {

    private static final Scope ALL = Scope.organization(AccountFilter.ALL);
    private static final RunSettings QUICKLY = RunSettings.DEFAULT.withAccount(QUICK);

    @TempDir
    Path dir;

    private final AtomicInteger open = new AtomicInteger();
    private Consumer<AccountState> onRead = state -> {};
    private FolderStore store;

    @BeforeEach
    void openStore() {
        store = new FolderStore(() -> dir);
    }

    private RunContext context(AccountStore into) {
        return new RunContext(into, new Connections(), "job x #3", new Log(), () -> false, id -> null);
    }

    private RunContext context() {
        return context(store);
    }

    private final class Connections implements ConnectionSource {
        @Override
        public AccountConnection open(Scope scope) {
            open.incrementAndGet();
            return AccountConnection.open(access(admin, Timeouts.MANY), scope.accountId(), null);
        }

        @Override
        public void release(AccountConnection connection) {
            open.decrementAndGet();
            connection.close();
        }
    }

    private final class Log implements RunLog {
        @Override
        public void line(String text) {
            log.add(text);
        }

        @Override
        public void read(AccountState account) {
            onRead.accept(account);
        }
    }

    private AccountState state(EmulatedAccount account) {
        return store.state(account.id()).orElseThrow();
    }

    private RunHeader assess() {
        return new AssessmentPhase(context()).run(ALL, QUICKLY);
    }

    private static List<Outcome> outcomes(AccountState state) {
        return state.changes().stream().map(ChangeRecord::outcome).toList();
    }

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
        Thread here = Thread.currentThread();
        AtomicInteger read = new AtomicInteger();
        onRead = state -> {
            if (read.incrementAndGet() == 10) {
                here.interrupt();
            }
        };
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
    void gateFailsForOneAccountOfWhichNothingCanBeRead() {
        EmulatedAccount account = Presets.unsecured(aws, "222222222222");
        RunContext own = new RunContext(
                store, scope -> connect(account.rootKey()), "job x #3", new Log(), () -> false, id -> null);
        aws.faults().deny(account.root().arn(), "iam:*");
        new AssessmentPhase(own).run(Scope.account(account.id()), QUICKLY);

        QualityGate lenient = new QualityGate(null, null, UnknownPolicy.IGNORE);
        QualityGate.Outcome outcome = lenient.judge(null, store.accounts());

        assertEquals(AccountReading.Outcome.UNREAD, state(account).reading().outcome());
        assertEquals(QualityGate.Result.FAILED, outcome.result());
        assertEquals("1 account could not be read", outcome.reason());
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
        Thread here = Thread.currentThread();
        ConcurrentLinkedQueue<String> changed = new ConcurrentLinkedQueue<>();
        RunLog stopping = new RunLog() {
            @Override
            public void line(String text) {
                log.add(text);
            }

            @Override
            public void changed(AccountEntry account, List<ChangeRecord> records) {
                changed.add(account.id());
                if (changed.size() == 5) {
                    here.interrupt();
                }
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
