package io.jenkins.plugins.awsrootguard.config;

import hudson.EnvVars;
import hudson.Util;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * AWS's own variables in a build's environment, as {@code withCredentials} or {@code withAWS} set them. What only mirrors the
 * environment of the controller's process isn't the build's own, and doesn't count: else a job could use the controller's keys
 * without anybody having allowed it.
 */
final class EnvironmentCredentials {

    private static final String KEY_ID = "AWS_ACCESS_KEY_ID";
    private static final String SECRET = "AWS_SECRET_ACCESS_KEY";
    private static final String TOKEN = "AWS_SESSION_TOKEN";

    private EnvironmentCredentials() {}

    /** @throws InvalidInputException when one half of a pair is set without the other */
    static Optional<AwsCredentialsProvider> find(EnvVars env) {
        String keyId = Util.fixEmptyAndTrim(env.get(KEY_ID));
        String secret = Util.fixEmptyAndTrim(env.get(SECRET));
        if (keyId == null && secret == null || isControllers(env)) {
            return Optional.empty();
        }
        if (keyId == null || secret == null) {
            throw new InvalidInputException("The variable " + (keyId == null ? SECRET : KEY_ID) + " is set without "
                    + (keyId == null ? KEY_ID : SECRET) + ". Set both, or set credentialsId.");
        }
        String token = Util.fixEmptyAndTrim(env.get(TOKEN));
        AwsCredentials credentials = token == null
                ? AwsBasicCredentials.create(keyId, secret)
                : AwsSessionCredentials.create(keyId, secret, token);
        return Optional.of(StaticCredentialsProvider.create(credentials));
    }

    /** The region that the variables name; null when they name none. */
    static String region(EnvVars env) {
        String region = Util.fixEmptyAndTrim(env.get("AWS_REGION"));
        return region != null ? region : Util.fixEmptyAndTrim(env.get("AWS_DEFAULT_REGION"));
    }

    private static boolean isControllers(EnvVars env) {
        String own = EnvVars.masterEnvVars.get(SECRET);
        return own != null && own.equals(env.get(SECRET));
    }
}
