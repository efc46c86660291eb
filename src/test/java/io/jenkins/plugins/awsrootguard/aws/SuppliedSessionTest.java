package io.jenkins.plugins.awsrootguard.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.assessment.EngineFixture;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedRole;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** A session that another process supplies, with the calls that verify it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SuppliedSessionTest extends EngineFixture {

    private static final int WORKERS = 100;
    private static final Duration SHORT = Duration.ofMinutes(4);
    private static final Duration LONG = Duration.ofHours(1);

    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    private final AtomicInteger requests = new AtomicInteger();
    private EmulatedAccount account;
    private EmulatedRole role;
    private AwsAccess access;

    @BeforeEach
    void createRole() {
        account = Presets.unsecured(aws, ID);
        role = account.createRole("Agent");
    }

    @AfterEach
    void stopWorkers() {
        workers.shutdownNow();
        access.close();
    }

    private AwsSessionCredentials session(EmulatedAccount owner, EmulatedRole of, String name, Duration life) {
        owner.attachAdministratorAccess("alice");
        AccessKeyPair alice = owner.userKey("alice");
        try (StsClient sts = StsClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(alice.accessKeyId(), alice.secretAccessKey())))
                .build()) {
            Credentials found = sts.assumeRole(r -> r.roleArn(of.arn()).roleSessionName(name))
                    .credentials();
            return AwsSessionCredentials.builder()
                    .accessKeyId(found.accessKeyId())
                    .secretAccessKey(found.secretAccessKey())
                    .sessionToken(found.sessionToken())
                    .expirationTime(Instant.now().plus(life))
                    .build();
        }
    }

    private AwsSessionCredentials session(Duration life) {
        return session(account, role, "task", life);
    }

    private void open(Duration pause, Supplier<AwsSessionCredentials> next) {
        SessionSource source = new SessionSource() {
            @Override
            public AwsSessionCredentials request() {
                requests.incrementAndGet();
                return next.get();
            }

            @Override
            public String name() {
                return "the agent 'a'";
            }

            @Override
            public Duration pause() {
                return pause;
            }
        };
        access = AwsAccess.open(
                source, new AwsAccess.Settings(RoleChain.NONE, "run", "us-east-1", null, Timeouts.DEFAULT));
    }

    private String keyId() {
        return access.credentials().resolveCredentials().accessKeyId();
    }

    private static AwsAccessException offline() {
        return new AwsAccessException(
                new Unread(Unread.Kind.CREDENTIALS_FAILED, null, null, "the agent 'a'", "it is offline"));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void workersGoOnWhileOneWaitsForSlowAgent() throws Exception {
        AwsSessionCredentials first = session(SHORT);
        AwsSessionCredentials second = session(LONG);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        open(Duration.ZERO, () -> {
            if (requests.get() == 1) {
                return first;
            }
            asked.countDown();
            await(answer);
            return second;
        });
        assertEquals(first.accessKeyId(), keyId());
        Future<String> waiting = workers.submit(this::keyId);
        await(asked);
        List<Callable<String>> others = new ArrayList<>();
        for (int i = 1; i < WORKERS; i++) {
            others.add(this::keyId);
        }
        for (Future<String> other : workers.invokeAll(others)) {
            assertEquals(first.accessKeyId(), other.get());
        }
        answer.countDown();
        assertEquals(second.accessKeyId(), waiting.get());
        assertEquals(second.accessKeyId(), keyId());
        assertEquals(2, requests.get());
    }

    @Test
    void validSessionIsKeptWhenAgentFails() {
        AwsSessionCredentials first = session(SHORT);
        open(Duration.ZERO, () -> {
            if (requests.get() == 2) {
                throw offline();
            }
            return first;
        });
        assertEquals(first.accessKeyId(), keyId());
        assertEquals(first.accessKeyId(), keyId());
        assertEquals(2, requests.get());
    }

    @Test
    void failureIsReportedToAllWithoutNewRequest() throws Exception {
        open(LONG, () -> {
            throw offline();
        });
        List<Callable<String>> all = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            all.add(() -> assertThrows(AwsAccessException.class, this::keyId).getMessage());
        }
        for (Future<String> error : workers.invokeAll(all)) {
            assertEquals("Could not get AWS credentials from the agent 'a': it is offline.", error.get());
        }
        assertEquals(1, requests.get());
    }

    @Test
    void nextRequestWaitsForPause() {
        AwsSessionCredentials first = session(SHORT);
        open(LONG, () -> first);
        keyId();
        keyId();
        assertEquals(1, requests.get());
    }

    @Test
    void expiredSessionIsReplacedBeforePauseEnds() {
        AwsSessionCredentials second = session(LONG);
        open(LONG, () -> requests.get() == 1 ? session(Duration.ofMillis(1)) : second);
        assertThrows(AwsAccessException.class, this::keyId, "it expires during the call that verifies it");
        assertEquals(second.accessKeyId(), keyId());
    }

    @Test
    void otherSessionOfSameRoleIsAccepted() {
        open(Duration.ZERO, () -> session(account, role, "aws-sdk-java-" + requests.get(), SHORT));
        String first = keyId();
        assertTrue(!first.equals(keyId()));
        access.checkPrincipal();
    }

    @Test
    void otherAccountOrRoleEndsUseOfAllSessions() {
        EmulatedAccount other = Presets.unsecured(aws, "210987654321");
        for (EmulatedRole changed : List.of(other.createRole("Agent"), account.createRole("Other"))) {
            requests.set(0);
            EmulatedAccount owner = changed.arn().contains(ID) ? account : other;
            open(Duration.ZERO, () -> requests.get() == 2 ? session(owner, changed, "task", SHORT) : session(SHORT));
            keyId();
            String error = "The credentials of the agent 'a' changed during the run: they now belong to arn:aws:sts::"
                    + (owner == account ? ID + ":assumed-role/Other" : "210987654321:assumed-role/Agent")
                    + " instead of arn:aws:sts::" + ID + ":assumed-role/Agent. ";
            assertRefused(error, this::keyId);
            assertRefused(error, this::keyId);
            assertRefused(error, access::checkPrincipal);
            assertEquals(2, requests.get());
        }
    }

    private static void assertRefused(String error, Runnable call) {
        String message = assertThrows(AwsAccessException.class, call::run).getMessage();
        assertTrue(message.startsWith(error), message);
    }
}
