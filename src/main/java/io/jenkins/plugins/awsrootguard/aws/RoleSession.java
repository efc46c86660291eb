package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleWithWebIdentityCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;
import software.amazon.awssdk.utils.IoUtils;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The session credentials of a role, requested when they are first needed and again before they expire. Thread-safe.
 *
 * @param subject what the call was about, for the error
 * @param principal who assumes the role; null if it is not known
 */
record RoleSession(AwsCredentialsProvider session, String action, Supplier<String> subject, String principal)
        implements AwsCredentialsProvider, SdkAutoCloseable {

    private static final int LONGEST_NAME = 64;

    /**
     * The session of one of the roles.
     *
     * @param name names the run in CloudTrail
     */
    static RoleSession of(StsClient sts, RoleChain roles, int index, String name) {
        String arn = roles.arns().get(index);
        StsAssumeRoleCredentialsProvider session = StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(r -> r.roleArn(arn)
                        .roleSessionName(name(name))
                        .externalId(roles.externalId(index))
                        .durationSeconds(roles.seconds(index)))
                .build();
        return new RoleSession(
                session,
                "sts:AssumeRole",
                () -> arn,
                index == 0 ? null : roles.arns().get(index - 1));
    }

    /** The first role, with a token. */
    static RoleSession withToken(StsClient sts, RoleChain roles, Supplier<WebIdentityToken> tokens, String name) {
        String arn = roles.arns().get(0);
        AtomicReference<WebIdentityToken> used = new AtomicReference<>();
        StsAssumeRoleWithWebIdentityCredentialsProvider session =
                StsAssumeRoleWithWebIdentityCredentialsProvider.builder()
                        .stsClient(sts)
                        .refreshRequest(() -> {
                            WebIdentityToken token = token(tokens);
                            used.set(token);
                            return AssumeRoleWithWebIdentityRequest.builder()
                                    .roleArn(arn)
                                    .roleSessionName(name(name))
                                    .durationSeconds(roles.seconds(0))
                                    .webIdentityToken(token.text())
                                    .build();
                        })
                        .build();
        return new RoleSession(
                session, "sts:AssumeRoleWithWebIdentity", () -> arn + " with the token of " + used.get(), null);
    }

    /** A call can need a new session at any time, so that a missing token is a failed call. */
    private static WebIdentityToken token(Supplier<WebIdentityToken> tokens) {
        try {
            return tokens.get();
        } catch (InvalidInputException e) {
            throw new AwsAccessException(new Unread(Unread.Kind.NO_TOKEN, null, null, e.field(), e.problem()));
        }
    }

    /** @throws AwsAccessException when AWS refuses the session or cannot be reached; names the role, and the token's claims */
    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return session.resolveCredentials();
        } catch (SdkException e) {
            Unread cause = AwsErrors.isRoleDeniedToRoot(e)
                    ? new Unread(Unread.Kind.ROOT_ASSUMES_ROLE, action)
                    : AwsErrors.cause(action, principal, e);
            throw new AwsAccessException(cause.on(Printable.text(subject.get(), 600)));
        }
    }

    /** A text as AWS allows it in the name of a session. */
    private static String name(String text) {
        String allowed = text.replaceAll("[^\\w+=,.@-]+", "-");
        int length = allowed.length();
        // The end has the number of the build.
        return length > LONGEST_NAME ? allowed.substring(length - LONGEST_NAME) : allowed;
    }

    @Override
    public void close() {
        IoUtils.closeIfCloseable(session, null);
    }

    @Override
    public String toString() {
        return action;
    }
}
