package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/**
 * Deletes root's credentials, and allows the recovery of a member's root password. A change counts as done when AWS confirms it, or
 * when a live call shows it after an error; else it counts as failed.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html">AWS: perform a privileged
 *     task on a member account</a>
 */
public final class RootChanges {

    private final AccountConnection connection;
    private final RootCredentialsReader reader;

    public RootChanges(AccountConnection connection) {
        this.connection = connection;
        this.reader = new RootCredentialsReader(connection, RootTask.DELETE);
    }

    /** Deletes one of root's access keys, and verifies it unless the key signs the calls. */
    public ChangeResult deleteAccessKey(String id) {
        return delete(
                "iam:DeleteAccessKey",
                () -> connection
                        .iam()
                        .deleteAccessKey(r -> r.accessKeyId(id).overrideConfiguration(connection.as(RootTask.DELETE))),
                connection.signs(id)
                        ? null
                        : () -> reader.accessKeys().map(keys -> keys.stream().noneMatch(k -> k.id().equals(id))));
    }

    public ChangeResult deleteSigningCertificate(String id) {
        return delete(
                "iam:DeleteSigningCertificate",
                () -> connection
                        .iam()
                        .deleteSigningCertificate(
                                r -> r.certificateId(id).overrideConfiguration(connection.as(RootTask.DELETE))),
                () -> reader.certificates().map(all -> all.stream().noneMatch(c -> c.id().equals(id))));
    }

    /** Deletes the password of a member account's root user, through a privileged root session only. */
    public ChangeResult deletePassword() {
        requireSession("iam:DeleteLoginProfile");
        return delete(
                "iam:DeleteLoginProfile",
                () -> connection.iam().deleteLoginProfile(r -> r.overrideConfiguration(connection.as(RootTask.DELETE))),
                () -> reader.password().map(present -> !present));
    }

    /**
     * Deactivates an MFA device of a member account's root user, and deletes a virtual one, which would otherwise stay in the
     * account without a user. It is done when root no longer has the device.
     */
    public ChangeResult deactivateMfaDevice(String serial) {
        requireSession("iam:DeactivateMFADevice");
        ChangeResult deactivated = delete(
                "iam:DeactivateMFADevice",
                () -> connection
                        .iam()
                        .deactivateMFADevice(
                                r -> r.serialNumber(serial).overrideConfiguration(connection.as(RootTask.DELETE))),
                () -> reader.mfaDevices()
                        .map(all ->
                                all.devices().stream().noneMatch(d -> d.serial().equals(serial))));
        return deactivated.done() && RootCredentialsReader.isVirtual(serial)
                ? deactivated.with(deleteDevice(serial))
                : deactivated;
    }

    private String deleteDevice(String serial) {
        String action = "iam:DeleteVirtualMFADevice";
        try {
            connection
                    .iam()
                    .deleteVirtualMFADevice(
                            r -> r.serialNumber(serial).overrideConfiguration(connection.as(RootTask.DELETE)));
            return "the virtual device is deleted";
        } catch (NoSuchEntityException e) {
            return "the virtual device was already deleted";
        } catch (SdkException e) {
            return "the virtual device has no user, but may still exist: "
                    + connection.cause(action, e).sentence();
        } catch (AwsAccessException e) {
            return "the virtual device has no user, but still exists: " + e.getMessage();
        }
    }

    /**
     * Allows the recovery of the root password of a member account that has none. No password is set: whoever can read the root
     * user's mailbox sets one with "Forgot password" on the sign-in page.
     */
    public ChangeResult allowPasswordRecovery() {
        ChangeResult result = ChangeResult.of(
                connection,
                "iam:CreateLoginProfile",
                () -> connection
                        .iam()
                        .createLoginProfile(r -> r.overrideConfiguration(connection.as(RootTask.CREATE_PASSWORD))),
                "allowed: \"Forgot password\" on the sign-in page now works for the root user",
                new RootCredentialsReader(connection, RootTask.CREATE_PASSWORD)::password);
        return result.existed()
                ? ChangeResult.done(result.requestId(), "already allowed: root has a password that can be reset")
                : result;
    }

    private void requireSession(String action) {
        if (connection.accessMethod() != AccessMethod.ROOT_SESSION) {
            // Without a user name, IAM takes the caller's own.
            throw new IllegalStateException(action + " is for a privileged root session on a member account only");
        }
    }

    /** @param isDeleted a live call; null if no call can be made after the deletion */
    private ChangeResult delete(
            String action, Supplier<? extends AwsResponse> call, Supplier<Fact<Boolean>> isDeleted) {
        if (connection.accessMethod() == AccessMethod.PRINCIPAL) {
            // Without a user name, IAM takes the caller's own credentials.
            return ChangeResult.failed("Only root's own access key or a privileged root session can delete it.");
        }
        String done = action.startsWith("iam:Deactivate") ? "deactivated" : "deleted";
        try {
            String requestId = call.get().responseMetadata().requestId();
            return ChangeResult.done(requestId, done + "; " + verified(isDeleted));
        } catch (SdkException e) {
            return isDeleted == null && !AwsErrors.isDenied(e) && !AwsErrors.isInterrupted(e)
                    ? signingKeyAfterError(action, e)
                    : ChangeResult.afterError(connection, action, e, isDeleted);
        } catch (AwsAccessException e) {
            return ChangeResult.failed(e.getMessage());
        }
    }

    /** AWS's confirmation counts: IAM is eventually consistent, so that a list can have a deleted key for some seconds. */
    private static String verified(Supplier<Fact<Boolean>> isDeleted) {
        if (isDeleted == null) {
            return "it signed these calls, so that no further call is possible with it";
        }
        Fact<Boolean> deleted = isDeleted.get();
        if (!deleted.isKnown()) {
            return "AWS confirmed the call; the result could not be read again";
        }
        return deleted.get()
                ? "a live list no longer shows it"
                : "AWS confirmed the call; the list does not reflect it yet";
    }

    /** The key itself can't show whether it was deleted or only deactivated in the meantime. */
    private ChangeResult signingKeyAfterError(String action, SdkException e) {
        String now;
        try {
            connection.iam().listAccessKeys();
            now = " The key still works. Try again.";
        } catch (SdkException e2) {
            now = "InvalidClientTokenId".equals(AwsErrors.code(e2))
                    ? " AWS no longer accepts the key: it was deleted, or deactivated in the meantime. Check it with other"
                            + " credentials."
                    : " Whether the key still exists could not be read. Check it with other credentials.";
        }
        return ChangeResult.failed(
                ChangeResult.requestId(e), connection.cause(action, e).sentence() + now);
    }
}
