package io.jenkins.plugins.awsrootguard.aws;

import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Short-lived credentials that STS gave. They are credentials and no client: a call of the one shared client is signed with
 * them.
 *
 * @param until when AWS ends them
 */
record SessionCredentials(AwsCredentialsProvider provider, Instant until) {

    private static final Duration MARGIN = Duration.ofSeconds(120);

    static SessionCredentials of(Credentials given) {
        Credentials c = Answers.required("Credentials", given);
        AwsSessionCredentials session = AwsSessionCredentials.builder()
                .accessKeyId(c.accessKeyId())
                .secretAccessKey(c.secretAccessKey())
                .sessionToken(c.sessionToken())
                .build();
        return new SessionCredentials(
                StaticCredentialsProvider.create(session), Answers.required("Expiration", c.expiration()));
    }

    boolean isEnding() {
        return Instant.now().isAfter(until.minus(MARGIN));
    }

    @Override
    public String toString() {
        return "session until " + until;
    }
}
