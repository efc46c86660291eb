package io.jenkins.plugins.awsrootguard.emulator;

import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** SDK clients for the tests of the emulator: one set of credentials, no retries. */
final class Clients {

    private final EmbeddedAws aws;
    private final AwsCredentials credentials;

    private Clients(EmbeddedAws aws, AwsCredentials credentials) {
        this.aws = aws;
        this.credentials = credentials;
    }

    static Clients of(EmbeddedAws aws, AccessKeyPair key) {
        return new Clients(aws, AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
    }

    static Clients of(EmbeddedAws aws, Credentials session) {
        return new Clients(
                aws,
                AwsSessionCredentials.create(session.accessKeyId(), session.secretAccessKey(), session.sessionToken()));
    }

    AwsCredentials credentials() {
        return credentials;
    }

    IamClient iam() {
        return IamClient.builder().applyMutation(common(Region.AWS_GLOBAL)).build();
    }

    StsClient sts() {
        return StsClient.builder().applyMutation(common(Region.US_EAST_1)).build();
    }

    S3Client s3() {
        return S3Client.builder().applyMutation(common(Region.US_EAST_1)).build();
    }

    CloudTrailClient cloudTrail(Region region) {
        return CloudTrailClient.builder().applyMutation(common(region)).build();
    }

    private <B extends AwsClientBuilder<B, ?>> Consumer<B> common(Region region) {
        return builder -> builder.region(region)
                .endpointOverride(aws.endpoint())
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                // Each call of a test is one HTTP request.
                .overrideConfiguration(config -> config.retryStrategy(none()));
    }

    private static RetryStrategy none() {
        return AwsRetryStrategy.doNotRetry();
    }
}
