package io.jenkins.plugins.awsrootguard.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The region of a connection, and its end. */
class AwsAccessTest {

    /** Credentials with a thread or a client of their own, as those of the SDK's default chain. */
    private static final class ClosableCredentials implements AwsCredentialsProvider, SdkAutoCloseable {

        private final AtomicBoolean closed = new AtomicBoolean();

        @Override
        public AwsCredentials resolveCredentials() {
            return AnonymousCredentialsProvider.create().resolveCredentials();
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "aws-global, us-east-1",
        "aws-cn-global, cn-north-1",
        "aws-us-gov-global, us-gov-west-1",
        "eu-central-1, eu-central-1"
    })
    void usesARegionalEndpointForAGlobalRegion(String given, String used) {
        try (AwsAccess access = open(AnonymousCredentialsProvider.create(), given)) {
            assertEquals(used, access.region().id());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "us-iso-east-1",
                "us-isob-east-1",
                "eu-isoe-west-1",
                "us-isof-south-1",
                "aws-iso-global",
                "aws-iso-b-global"
            })
    void refusesARegionOfAnIsolatedPartition(String region) {
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> open(AnonymousCredentialsProvider.create(), region));
        assertEquals(
                "region '" + region + "' is in an isolated partition (aws-iso), which is not supported. Supported: aws,"
                        + " aws-cn, aws-us-gov, aws-eusc.",
                refused.getMessage());
    }

    @Test
    void closesTheCredentialsWithTheConnection() {
        ClosableCredentials credentials = new ClosableCredentials();
        AwsAccess access = open(credentials, "eu-central-1");
        access.sts();

        access.close();

        assertTrue(credentials.closed.get());
    }

    @Test
    void closesCredentialsWhenRegionIsInvalid() {
        ClosableCredentials credentials = new ClosableCredentials();
        InvalidInputException e = assertThrows(InvalidInputException.class, () -> open(credentials, "Frankfurt"));
        assertTrue(e.getMessage().contains("'Frankfurt' is not a region"), e.getMessage());
        assertTrue(credentials.closed.get());
    }

    private static AwsAccess open(AwsCredentialsProvider credentials, String region) {
        return AwsAccess.open(credentials, new AwsAccess.Settings(region, Timeouts.DEFAULT));
    }
}
