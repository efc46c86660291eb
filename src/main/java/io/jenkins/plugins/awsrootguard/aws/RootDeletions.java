package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import java.util.function.Predicate;
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
                signs
                        ? null
                        : () -> isThere(
                                reader.accessKeys(RootTask.DELETE),
                                keys -> keys.stream().anyMatch(k -> k.id().equals(id))));
    }

    public ChangeResult signingCertificate(String id) {
        return delete(
                "iam:DeleteSigningCertificate",
                () -> connection
                        .own()
                        .deleteSigningCertificate(
                                r -> r.certificateId(id).overrideConfiguration(connection.as(RootTask.DELETE))),
                () -> isThere(
                        reader.certificates(RootTask.DELETE),
                        all -> all.stream().anyMatch(c -> c.id().equals(id))));
    }

    /** Deletes the password of a member account's root user, through a privileged root session only. */
    public ChangeResult password() {
        requireSession("iam:DeleteLoginProfile");
        return delete(
                "iam:DeleteLoginProfile",
                () -> connection.own().deleteLoginProfile(r -> r.overrideConfiguration(connection.as(RootTask.DELETE))),
                () -> reader.password(RootTask.DELETE));
    }

    /**
     * Takes an MFA device from a member account's root user, and deletes it where it is a virtual one; else it would stay in
     * the account as one that is nobody's. It is done when root doesn't have it any more: what came of the rest is told.
     */
    public ChangeResult mfaDevice(String serial) {
        requireSession("iam:DeactivateMFADevice");
        ChangeResult taken = delete(
                "iam:DeactivateMFADevice",
                () -> connection
                        .own()
                        .deactivateMFADevice(
                                r -> r.serialNumber(serial).overrideConfiguration(connection.as(RootTask.DELETE))),
                () -> isThere(
                        reader.mfaDevices(RootTask.DELETE),
                        all -> all.devices().stream().anyMatch(d -> d.serial().equals(serial))));
        return taken.done() && RootCredentialsReader.isVirtual(serial) ? taken.with(deleteDevice(serial)) : taken;
    }

    private String deleteDevice(String serial) {
        String action = "iam:DeleteVirtualMFADevice";
        try {
            connection
                    .own()
                    .deleteVirtualMFADevice(
                            r -> r.serialNumber(serial).overrideConfiguration(connection.as(RootTask.DELETE)));
            return "the virtual device is deleted";
        } catch (NoSuchEntityException e) {
            return "the virtual device was deleted already";
        } catch (SdkException e) {
            return "the virtual device is nobody's now but may still be listed: " + connection.explain(action, e);
        } catch (AwsAccessException e) {
            return "the virtual device is nobody's now but still listed: " + e.getMessage();
        }
    }

    private void requireSession(String action) {
        if (connection.route() != AccessMethod.ROOT_SESSION) {
            // Without a user name, IAM takes the caller's own.
            throw new IllegalStateException(action + " is for a privileged root session on a member account only");
        }
    }

    private static <T> Fact<Boolean> isThere(Fact<T> read, Predicate<T> present) {
        return read.isKnown()
                ? Fact.known(present.test(read.get()), read.source())
                : Fact.unread(read.unread(), read.source());
    }

    /** @param look whether the thing is still there; null when nothing can be read after the call */
    private ChangeResult delete(String action, Supplier<? extends AwsResponse> call, Supplier<Fact<Boolean>> look) {
        if (connection.route() == AccessMethod.PRINCIPAL) {
            // Without a user name, IAM takes the caller's own: the call would be about another user's credentials.
            return ChangeResult.failed("only root's own access key or a privileged root session can delete it");
        }
        try {
            String requestId = call.get().responseMetadata().requestId();
            return confirmed(action, requestId, look);
        } catch (SdkException e) {
            return afterError(action, e, look);
        } catch (AwsAccessException e) {
            return ChangeResult.failed(null, e.getMessage());
        }
    }

    private static ChangeResult confirmed(String action, String requestId, Supplier<Fact<Boolean>> look) {
        if (look == null) {
            return ChangeResult.done(requestId, "deleted; it signed these calls, so nothing more can be read with it");
        }
        String done = action.startsWith("iam:Deactivate") ? "deactivated" : "deleted";
        Fact<Boolean> there = look.get();
        if (!there.isKnown()) {
            return ChangeResult.done(requestId, done + "; AWS confirmed the call; the result could not be read again");
        }
        // IAM is eventually consistent: a list can show a deleted key for some seconds. AWS's own answer stands.
        return ChangeResult.done(
                requestId,
                there.get()
                        ? done + "; AWS confirmed the call; the list does not reflect it yet"
                        : done + "; a live list no longer shows it");
    }

    /** The answer may have been lost after AWS had done it, so look before calling it failed. */
    private ChangeResult afterError(String action, SdkException e, Supplier<Fact<Boolean>> look) {
        String reason = connection.explain(action, e);
        if (AwsErrors.isDenied(e) || AwsErrors.isInterrupted(e)) {
            return ChangeResult.failed(AccountChanges.requestId(e), reason);
        }
        if (look == null) {
            return signingKeyAfterError(e, reason);
        }
        Fact<Boolean> there = look.get();
        if (there.isKnown() && !there.get()) {
            return ChangeResult.done(
                    AccountChanges.requestId(e),
                    e instanceof NoSuchEntityException
                            ? "was gone already; a live list does not show it"
                            : "gone: AWS's answer was lost, but a live list no longer shows it");
        }
        String now = there.isKnown() ? "it is still there" : "whether it is still there could not be read";
        return ChangeResult.failed(AccountChanges.requestId(e), reason + "; " + now + "; run phase 3 again");
    }

    /** A key that AWS no longer takes is gone, or was only deactivated meanwhile: with the key itself nobody can tell. */
    private ChangeResult signingKeyAfterError(SdkException e, String reason) {
        String now;
        try {
            connection.own().listAccessKeys();
            now = "the key still works; run phase 3 again";
        } catch (SdkException e2) {
            now = "InvalidClientTokenId".equals(AwsErrors.code(e2))
                    ? "AWS no longer takes the key: it is deleted, or was deactivated meanwhile; check with other credentials"
                    : "whether the key is still there could not be read; check with other credentials";
        }
        return ChangeResult.failed(AccountChanges.requestId(e), reason + "; " + now);
    }
}
