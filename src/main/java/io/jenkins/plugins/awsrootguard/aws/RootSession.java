package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.account.CallerIdentity;
import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRootResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * A privileged root session on a member account: short-lived credentials that act as its root user, limited to one task. It
 * is credentials and no client: a call of the one shared client is signed with them.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html">AWS: AssumeRoot</a>
 */
final class RootSession {

    /** The longest that AWS allows. */
    private static final int SECONDS = 900;

    private static final Duration MARGIN = Duration.ofSeconds(120);

    private final AwsCredentialsProvider credentials;
    private final Instant expires;

    private RootSession(AwsCredentialsProvider credentials, Instant expires) {
        this.credentials = credentials;
        this.expires = expires;
    }

    /**
     * @throws AwsAccessException when AWS refuses the session; says what has to be enabled or allowed
     */
    static RootSession open(StsClient sts, CallerIdentity caller, String accountId, RootTask task) {
        String policy = caller.partition().managedPolicyArn(task.policy());
        try {
            AssumeRootResponse answer = sts.assumeRoot(r -> r.targetPrincipal(accountId)
                    .taskPolicyArn(p -> p.arn(policy))
                    .durationSeconds(SECONDS));
            Credentials c = answer.credentials();
            AwsSessionCredentials session = AwsSessionCredentials.builder()
                    .accessKeyId(c.accessKeyId())
                    .secretAccessKey(c.secretAccessKey())
                    .sessionToken(c.sessionToken())
                    .build();
            return new RootSession(StaticCredentialsProvider.create(session), c.expiration());
        } catch (SdkException e) {
            throw new AwsAccessException("No privileged root session on account " + accountId + ": "
                    + AwsErrors.explain("sts:AssumeRoot", caller.arn(), e) + remedy(caller, e));
        }
    }

    private static String remedy(CallerIdentity caller, SdkException e) {
        if (!AwsErrors.isDenied(e)) {
            return "";
        }
        if (caller.isRoot()) {
            return ". A root user can't call it: use a role or user of the management account";
        }
        return ". It takes sts:AssumeRoot, in the management account or a delegated administrator for IAM, and privileged"
                + " root actions enabled for the organization (IAM console, Root access management); the management account"
                + " itself can't be the target";
    }

    AwsCredentialsProvider credentials() {
        return credentials;
    }

    boolean isEnding() {
        return Instant.now().isAfter(expires.minus(MARGIN));
    }
}
