package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.account.Fact;
import io.jenkins.plugins.awsrootguard.account.Route;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/**
 * Deletes root's credentials. A deletion counts as done when AWS says so, or when a look afterwards shows that the thing is
 * gone; where neither can be had, it counts as failed.
 */
public final class RootDeletions {

    private final AccountConnection connection;
    private final RootCredentialsReader reader;

    public RootDeletions(AccountConnection connection) {
        this.connection = connection;
        this.reader = new RootCredentialsReader(connection);
    }

    /** Deletes one of root's access keys, and looks whether it is gone unless it is the one that signs the calls. */
    public ChangeResult accessKey(String id) {
        boolean signs = id.equals(connection.signingKeyId());
        return delete(
                "iam:DeleteAccessKey",
                () -> connection
                        .own()
                        .deleteAccessKey(r -> r.accessKeyId(id).overrideConfiguration(connection.as(RootTask.DELETE))),
                signs ? null : () -> reader.accessKeys(RootTask.DELETE),
                keys -> keys.stream().anyMatch(k -> k.id().equals(id)));
    }

    public ChangeResult signingCertificate(String id) {
        return delete(
                "iam:DeleteSigningCertificate",
                () -> connection
                        .own()
                        .deleteSigningCertificate(
                                r -> r.certificateId(id).overrideConfiguration(connection.as(RootTask.DELETE))),
                () -> reader.certificates(RootTask.DELETE),
                all -> all.stream().anyMatch(c -> c.id().equals(id)));
    }

    /**
     * @param look reads what is left; null when nothing can be read after the call
     * @param present whether the thing is among what is left
     */
    private <T> ChangeResult delete(
            String action,
            Supplier<? extends AwsResponse> call,
            Supplier<Fact<List<T>>> look,
            Function<List<T>, Boolean> present) {
        if (connection.route() == Route.PRINCIPAL) {
            // Without a user name, IAM takes the caller's own: the call would be about another user's credentials.
            return ChangeResult.failed("only root's own access key or a privileged root session can delete it");
        }
        try {
            String requestId = call.get().responseMetadata().requestId();
            return confirmed(requestId, look, present);
        } catch (SdkException e) {
            return afterError(action, e, look, present);
        } catch (AwsAccessException e) {
            return ChangeResult.failed(null, e.getMessage());
        }
    }

    private static <T> ChangeResult confirmed(
            String requestId, Supplier<Fact<List<T>>> look, Function<List<T>, Boolean> present) {
        if (look == null) {
            return ChangeResult.done(requestId, "deleted; it signed these calls, so nothing more can be read with it");
        }
        Fact<List<T>> left = look.get();
        if (!left.isKnown()) {
            return ChangeResult.done(requestId, "deleted; AWS confirmed the call, a second look was not possible");
        }
        // IAM is eventually consistent: a list can show a deleted key for some seconds. AWS's own answer stands.
        return ChangeResult.done(
                requestId,
                Boolean.TRUE.equals(present.apply(left.get()))
                        ? "deleted; AWS confirmed the call, its list still shows it for the moment"
                        : "deleted; a live list no longer shows it");
    }

    /** The answer may have been lost after AWS had done it, so look before calling it failed. */
    private <T> ChangeResult afterError(
            String action, SdkException e, Supplier<Fact<List<T>>> look, Function<List<T>, Boolean> present) {
        String reason = connection.explain(action, e);
        if (AwsErrors.isDenied(e) || AwsErrors.isInterrupted(e)) {
            return ChangeResult.failed(AccountChanges.requestId(e), reason);
        }
        if (look == null) {
            return signingKeyAfterError(e, reason);
        }
        Fact<List<T>> left = look.get();
        if (left.isKnown() && !present.apply(left.get())) {
            return ChangeResult.done(
                    AccountChanges.requestId(e),
                    e instanceof NoSuchEntityException
                            ? "was gone already; a live list does not show it"
                            : "gone: AWS's answer was lost, but a live list no longer shows it");
        }
        String now = left.isKnown() ? "it is still there" : "whether it is still there could not be read";
        return ChangeResult.failed(AccountChanges.requestId(e), reason + "; " + now + "; run rootSecure again");
    }

    /** A key that AWS no longer takes is gone, or was only deactivated meanwhile: with the key itself nobody can tell. */
    private ChangeResult signingKeyAfterError(SdkException e, String reason) {
        String now;
        try {
            connection.own().listAccessKeys();
            now = "the key still works; run rootSecure again";
        } catch (SdkException e2) {
            now = "InvalidClientTokenId".equals(AwsErrors.code(e2))
                    ? "AWS no longer takes the key: it is deleted, or was deactivated meanwhile; check with other credentials"
                    : "whether the key is still there could not be read; check with other credentials";
        }
        return ChangeResult.failed(AccountChanges.requestId(e), reason + "; " + now);
    }
}
