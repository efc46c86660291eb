package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.CallLog;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.EmbeddedAws;
import io.jenkins.plugins.awsrootguard.emulator.RecordedCall;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every AWS call of a story, combined with every fault. The calls are those of a run without faults, so new calls are included.
 * With any fault, no finding is better than the account, nothing is deleted without a record, and no call exceeds its time
 * limit.
 *
 * <p>The cells run at the same time, because most of their time is waiting. Each has its own emulator.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FaultMatrix {

    /** Time for everything but waiting for AWS, on a busy machine. */
    private static final Duration OWN_WORK = Duration.ofSeconds(10);

    private final FaultTable table = new FaultTable();
    /** What comes of it when nothing goes wrong. */
    private FaultStory truth;

    /** How often each call is made when nothing goes wrong. */
    private Map<String, Long> calls;

    /** An account as it is to be taken through the phases. */
    abstract FaultStory story(EmbeddedAws on);

    /** Whether the action of this call is to go wrong; one call of it that is meant is enough. */
    boolean isMeant(RecordedCall call) {
        return true;
    }

    /**
     * Controls that believe an answer of the action although it may be another account's, because AWS tells in no word whose it
     * is, and tells it nowhere else.
     */
    Set<String> believing(String action) {
        return Set.of();
    }

    /** The SDK's endpoint is one for the process. A story reaches its own emulator as a proxy. */
    @BeforeAll
    static void setEndpoint() {
        System.setProperty("aws.endpointUrl", "http://192.0.2.1");
    }

    @AfterAll
    static void clearEndpoint() {
        System.clearProperty("aws.endpointUrl");
    }

    Stream<Arguments> matrix() {
        try (EmbeddedAws quiet = EmbeddedAws.start()) {
            truth = story(quiet);
            truth.run(Fault.PATIENT);
            calls = count(quiet.calls().stream());
            List<String> actions = quiet.calls().stream()
                    .filter(this::isMeant)
                    .map(FaultMatrix::name)
                    .distinct()
                    .sorted()
                    .toList();
            return actions.stream()
                    .flatMap(a ->
                            Stream.of(Fault.values()).filter(f -> f.befalls(a)).map(f -> Arguments.of(a, f)));
        }
    }

    /** All findings when nothing goes wrong. */
    Map<String, Status> truth() {
        return truth.statuses;
    }

    private static String name(RecordedCall call) {
        return call.service() + ":" + call.action();
    }

    private static Map<String, Long> count(Stream<RecordedCall> made) {
        return made.map(FaultMatrix::name)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("matrix")
    @Timeout(120)
    @Execution(ExecutionMode.CONCURRENT)
    void noFaultMakesAFindingBetter(String action, Fault fault) {
        try (EmbeddedAws aws = EmbeddedAws.start()) {
            check(aws, action, fault);
        }
    }

    private void check(EmbeddedAws aws, String action, Fault fault) {
        FaultStory story = story(aws);
        fault.inject(aws, action, story);
        long begun = System.nanoTime();
        long before = CallLog.count();
        story.run(fault.timeouts());
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        Duration longest = deadline(fault.timeouts(), CallLog.count() - before);
        table.put(
                action, fault, story, truth, count(aws.calls().stream()).getOrDefault(action, 0L) > calls.get(action));
        assertTrue(took.compareTo(longest) <= 0, "took " + took + ", and " + longest + " were set");
        Set<String> believing = fault.isWrongAccount() ? believing(action) : Set.of();
        story.statuses.forEach((control, status) -> assertTrue(
                status == truth.statuses.get(control) || status == Status.UNKNOWN || believing.contains(control),
                control + " is " + status + ", and in truth " + truth.statuses.get(control)));
        assertCauses(action, fault, story);
        if (fault.isOnce()) {
            assertEquals(truth.statuses, story.statuses, "a call that fails once is tried again");
        }
    }

    /** Whatever could be read without the fault and can't with it names the call that failed, and how it failed. */
    private void assertCauses(String action, Fault fault, FaultStory story) {
        if (story.facts == null) {
            return;
        }
        for (RecordComponent component : AccountFacts.class.getRecordComponents()) {
            if (component.getType() != Fact.class
                    || !fact(component, truth.facts).isKnown()) {
                continue;
            }
            Fact<?> fact = fact(component, story.facts);
            if (!fact.isKnown()) {
                Unread cause = fact.unread();
                assertTrue(fault.causes().contains(cause.kind()), component.getName() + ": " + cause);
                assertTrue(fault.isWrongAccount() || action.equals(cause.action()), component.getName() + ": " + cause);
            }
        }
        if (story.facts.administrators().isKnown()) {
            for (Administrator administrator : story.facts.administrators().get()) {
                assertTrue(
                        administrator.standing() != Administrator.Standing.UNREAD
                                || fault.isWrongAccount()
                                || administrator.because().toString().contains(action),
                        String.valueOf(administrator.because()));
            }
        }
    }

    private static Fact<?> fact(RecordComponent component, AccountFacts facts) {
        try {
            return (Fact<?>) component.getAccessor().invoke(facts);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** What was set for each call, and for AWS to make the report. */
    private static Duration deadline(Timeouts timeouts, long calls) {
        return timeouts.call()
                .multipliedBy(calls)
                .plus(FaultStory.SHORT.reportWait())
                .plus(OWN_WORK);
    }

    @AfterAll
    void writeTable() throws IOException {
        table.write(getClass().getSimpleName());
    }
}
