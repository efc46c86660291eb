package io.jenkins.plugins.awsrootguard.aws;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** Another process that has session credentials, for example an agent of Jenkins. It is not trusted. */
public interface SessionSource {

    /**
     * Requests the current session, with its expiration. Called by one thread at a time; returns or fails within seconds.
     *
     * @throws AwsAccessException when the process has no session or does not answer
     */
    AwsSessionCredentials request();

    /** Names the source in errors. */
    String name();

    /** The least time between two requests. */
    Duration pause();
}
