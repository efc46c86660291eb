package io.jenkins.plugins.awsrootguard.phase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.control.Status;
import io.jenkins.plugins.awsrootguard.control.Thresholds;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmbeddedAws;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Faults;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Every AWS call that the engine makes, with everything that can go wrong with it. A call that is new joins by itself: the
 * calls are those that a run without faults makes. Whatever happens, nothing may be called better than it is, nothing deleted
 * that isn't, and nothing may wait for ever.
 */
class FaultMatrixTest extends EngineFixture {

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

    /** All findings of the unsecured account when nothing goes wrong. */
    private static Map<String, Status> truth;

    static Stream<Arguments> matrix() {
        try (EmbeddedAws aws = EmbeddedAws.start()) {
            System.setProperty("aws.endpointUrl", aws.endpoint().toString());
            Run run = new Run(aws);
            run.all(PATIENT);
            truth = run.statuses;
            TreeSet<String> actions = aws.calls().stream()
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
        Run run = new Run(aws);
        try {
            run.all(fault.timeouts());
        } catch (AwsAccessException e) {
            assertEquals(1, e.getMessage().lines().count(), e.getMessage());
            assertTrue(
                    e.getMessage().contains("sts:GetCallerIdentity")
                            || e.getMessage().contains("refused"),
                    e.getMessage());
        }
        run.statuses.forEach((control, status) -> assertTrue(
                status == truth.get(control) || status == Status.UNKNOWN,
                control + " is " + status + ", and in truth " + truth.get(control)));
        run.records.forEach(run::assertTrueToTheAccount);
        assertEquals(run.records.size(), run.planned, "every planned change has a record");
        if (Fault.ONCE.contains(fault)) {
            assertEquals(truth, run.statuses, "a call that fails once is tried again");
        }
    }

    /** The account, taken through the phases as far as it goes. */
    private static final class Run {

        private final EmbeddedAws aws;
        private final EmulatedAccount account;
        private final AccessKeyPair key;
        private final Map<String, Status> statuses = new TreeMap<>();
        private List<ChangeRecord> records = List.of();
        private int planned;

        Run(EmbeddedAws aws) {
            this.aws = aws;
            this.account = Presets.unsecured(aws, ID);
            this.key = account.rootKey();
            account.createGroup("/", "operators").attachedPolicies().add(account.administratorAccess());
            account.root().addAccessKey(false, java.time.Instant.parse("2015-01-01T00:00:00Z"), null);
        }

        void all(Timeouts timeouts) {
            AwsAccess access = AwsAccess.open(
                    StaticCredentialsProvider.create(
                            AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey())),
                    "us-east-1",
                    null,
                    timeouts);
            try (AccountConnection c = AccountConnection.open(access, null)) {
                AssessmentSettings settings = new AssessmentSettings(Duration.ofSeconds(2), Duration.ofMillis(1), true);
                AssessmentResult read = Assessment.run(c, settings, null, line -> {});
                RemediationSettings named = naming(key.accessKeyId());
                GapsResult gaps = Gaps.judge(read.facts(), Thresholds.DEFAULT, named);
                gaps.findings().findings().forEach(f -> statuses.put(f.control(), f.status()));
                planned = gaps.plan().changes().size();
                records = Remediation.apply(
                        c, gaps.plan(), named, Thresholds.DEFAULT, approve(gaps.plan()), false, r -> {}, line -> {});
            }
        }

        /** What is recorded as done is done; what is not done and not said to be uncertain is not done. */
        void assertTrueToTheAccount(ChangeRecord record) {
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
                assertTrue(record.detail().contains("iam:"), "names the call: " + record.detail());
            }
        }

        private boolean isThere(ChangeRecord record) {
            String target = record.id().substring(record.id().indexOf(':') + 1);
            return switch (record.kind()) {
                case ENABLE_TRUSTED_ACCESS,
                        ENABLE_ROOT_CREDENTIALS_MANAGEMENT,
                        ENABLE_ROOT_SESSIONS,
                        ALLOW_ROOT_PASSWORD_RECOVERY ->
                    throw new AssertionError("not for one account by itself: " + record);
                case CREATE_ADMIN_GROUP -> account.group(target) != null;
                case CREATE_ADMIN_USER -> account.user(target) != null;
                case ATTACH_ADMIN_POLICY ->
                    account.group(target) != null
                            && account.group(target).attachedPolicies().contains(account.administratorAccess());
                case ADD_ADMIN_TO_GROUP ->
                    account.group("root-guard-administrators") != null
                            && account.group("root-guard-administrators")
                                    .members()
                                    .contains(target);
                case UPDATE_PASSWORD_POLICY -> account.passwordPolicy() != null;
                case DELETE_SIGNING_CERTIFICATE ->
                    account.root().certificates().stream().noneMatch(k -> k.id().equals(target));
                case DELETE_ROOT_ACCESS_KEY ->
                    account.root().accessKeys().stream().noneMatch(k -> k.id().equals(target));
                case DELETE_ROOT_PASSWORD -> !account.root().hasPassword();
                case DEACTIVATE_ROOT_MFA ->
                    account.root().mfaDevices().stream()
                            .noneMatch(d -> d.serialNumber().equals(target));
            };
        }
    }
}
