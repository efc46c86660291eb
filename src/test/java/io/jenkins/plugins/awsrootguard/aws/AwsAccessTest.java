package io.jenkins.plugins.awsrootguard.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;

/** The region of a connection. */
class AwsAccessTest {

    @ParameterizedTest
    @CsvSource({
        "aws-global, us-east-1",
        "aws-cn-global, cn-north-1",
        "aws-us-gov-global, us-gov-west-1",
        "eu-central-1, eu-central-1"
    })
    void usesARegionalEndpointForAGlobalRegion(String given, String used) {
        try (AwsAccess access = AwsAccess.open(AnonymousCredentialsProvider.create(), given, null)) {
            assertEquals(used, access.region().id());
        }
    }
}
