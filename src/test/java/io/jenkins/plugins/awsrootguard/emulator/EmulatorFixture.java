package io.jenkins.plugins.awsrootguard.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;

/** An unsecured account, the clients of its root user, and a fixed time. */
abstract class EmulatorFixture {

    static final String ID = "123456789012";
    static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    final MutableClock clock = new MutableClock(NOW);
    EmbeddedAws aws;
    EmulatedAccount account;
    Clients root;
    IamClient iam;

    @BeforeEach
    void start() {
        aws = EmbeddedAws.start(0, clock);
        account = Presets.unsecured(aws, ID);
        root = Clients.of(aws, account.rootKey());
        iam = root.iam();
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    /** Asserts that the call fails with this code and a request id. */
    static AwsServiceException refused(String code, Executable call) {
        AwsServiceException refusal = assertThrows(AwsServiceException.class, call);
        assertEquals(code, refusal.awsErrorDetails().errorCode());
        assertNotNull(refusal.requestId());
        return refusal;
    }
}
