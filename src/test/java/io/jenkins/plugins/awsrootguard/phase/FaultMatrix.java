package io.jenkins.plugins.awsrootguard.phase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.control.Status;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmbeddedAws;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Faults;
import io.jenkins.plugins.awsrootguard.emulator.RecordedCall;
import io.jenkins.plugins.awsrootguard.phase.ChangeRecord.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Every AWS call that the engine makes in a story, with everything that can go wrong with it. A call that is new joins by
 * itself: the calls are those that a run without faults makes. Whatever happens, nothing may be called better than it is,
 * nothing deleted that isn't, and nothing may wait for ever.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FaultMatrix extends EngineFixture {

    private static final int ALWAYS = 500;
    private static final Timeouts PATIENT = new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(40));

    /** What can go wrong, once or always. */
    enum Fault {
        THROTTLED_ONCE((f, action) -> f.throttleNext(action, 1)),
        THROTTLED((f, action) -> f.throttleNext(action, ALWAYS)),
        INTERNAL_ERROR((f, action) -> f.failNext(action, ALWAYS, 500, "InternalFailure", "internal failure")),
        UNAVAILABLE((f, action) -> f.failNext(action, ALWAYS, 503, "ServiceUnavailable", "unavailable")),
        RESET_ONCE((f, action) -> f.dropConnection(action, 1)),
        RESET((f, action) -> f.dropConnection(action, ALWAYS)),
        HANG((f, action) -> f.delay(action, Duration.ofMillis(700))),
        TRUNCATED((f, action) -> f.truncateNext(action, ALWAYS)),
        MALFORMED((f, action) -> f.malformedNext(action, ALWAYS)),
        ACCESS_DENIED((f, action) -> f.deny("*", action)),
        EXPIRED_TOKEN((f, action) -> f.failNext(
                action, ALWAYS, 403, "ExpiredToken", "The security token included in the request is expired"));

        private static final Set<Fault> ONCE = Set.of(THROTTLED_ONCE, RESET_ONCE);
        private final BiConsumer<Faults, String> inject;

        Fault(BiConsumer<Faults, String> inject) {
            this.inject = inject;
        }

        /** Patient where a retry is to succeed; else short, or the matrix would take an hour. */
        Timeouts timeouts() {
            return ONCE.contains(this) ? PATIENT : new Timeouts(Duration.ofMillis(400), Duration.ofMillis(900));
        }
    }

    /** All findings when nothing goes wrong. */
    private Map<String, Status> truth;

    /** An account as it is to be taken through the phases. */
    abstract Story story(EmbeddedAws on);

    /** Whether the action of this call is to go wrong; one call of it that is meant is enough. */
    boolean isMeant(RecordedCall call) {
        return true;
    }

    Stream<Arguments> matrix() {
        try (EmbeddedAws quiet = EmbeddedAws.start()) {
            System.setProperty("aws.endpointUrl", quiet.endpoint().toString());
            Story story = story(quiet);
            story.all(PATIENT);
            truth = story.statuses;
            TreeSet<String> actions = quiet.calls().stream()
                    .filter(this::isMeant)
                    .map(c -> c.service() + ":" + c.action())
                    .collect(Collectors.toCollection(TreeSet::new));
            return actions.stream().flatMap(a -> Stream.of(Fault.values()).map(f -> Arguments.of(a, f)));
        } finally {
            System.clearProperty("aws.endpointUrl");
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("matrix")
    @Timeout(120)
    void nothingIsCalledBetterThanItIs(String action, Fault fault) {
        fault.inject.accept(aws.faults(), action);
        Story story = story(aws);
        story.all(fault.timeouts());
        story.statuses.forEach((control, status) -> assertTrue(
                status == truth.get(control) || status == Status.UNKNOWN,
                control + " is " + status + ", and in truth " + truth.get(control)));
        if (Fault.ONCE.contains(fault)) {
            assertEquals(truth, story.statuses, "a call that fails once is tried again");
        }
    }

    /** An account, taken through the phases as far as it goes. */
    abstract static class Story {

        static final AssessmentSettings SHORT =
                new AssessmentSettings(Duration.ofSeconds(2), Duration.ofMillis(1), true);

        final Map<String, Status> statuses = new TreeMap<>();
        final EmulatedAccount account;

        Story(EmulatedAccount account) {
            this.account = account;
        }

        abstract void all(Timeouts timeouts);

        static AwsAccess access(AccessKeyPair key, Timeouts timeouts) {
            return AwsAccess.open(
                    StaticCredentialsProvider.create(
                            AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey())),
                    "us-east-1",
                    null,
                    timeouts);
        }

        /** Every planned change has a record, and each is true. */
        void check(RemediationPlan plan, List<ChangeRecord> records) {
            assertEquals(plan.changes().size(), records.size(), "every planned change has a record");
            records.forEach(this::assertTrueToTheAccount);
        }

        /** What is recorded as done is done; what is not done and not said to be uncertain is not done. */
        private void assertTrueToTheAccount(ChangeRecord record) {
            if (record.id().endsWith(":not known")) {
                assertEquals(Outcome.SKIPPED, record.outcome());
                return;
            }
            boolean there = isThere(record);
            if (record.outcome() == Outcome.DONE) {
                assertTrue(there, record + " is not true");
            } else if (record.outcome() == Outcome.SKIPPED) {
                assertFalse(there && record.kind().isDestructive(), record + " was done all the same");
            } else {
                assertEquals(Outcome.FAILED, record.outcome());
                assertTrue(
                        record.detail().matches(".*(iam|sts|organizations):[A-Z].*"),
                        "names the call: " + record.detail());
            }
        }

        /** Whether the account is as the change was to make it. */
        abstract boolean isThere(ChangeRecord record);

        static String target(ChangeRecord record) {
            return record.id().substring(record.id().indexOf(':') + 1);
        }

        boolean isGone(ChangeRecord record) {
            String target = target(record);
            return switch (record.kind()) {
                case DELETE_SIGNING_CERTIFICATE ->
                    account.root().certificates().stream().noneMatch(k -> k.id().equals(target));
                case DELETE_ROOT_ACCESS_KEY ->
                    account.root().accessKeys().stream().noneMatch(k -> k.id().equals(target));
                case DELETE_ROOT_PASSWORD -> !account.root().hasPassword();
                case DEACTIVATE_ROOT_MFA ->
                    account.root().mfaDevices().stream()
                            .noneMatch(d -> d.serialNumber().equals(target));
                default -> throw new AssertionError("not part of this story: " + record);
            };
        }
    }
}
