package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/**
 * Deletes root's credentials, and allows the recovery of a member's root password. A change counts as done when AWS confirms it, or
 * when a live call shows it after an error; else it counts as failed.
 */
public final class RootChanges {

    private final AccountConnection connection;
    private final IamClient iam;
    private final RootCredentialsReader reader;

    public RootChanges(AccountConnection connection) {
        this.connection = connection;
        this.iam = connection.iam();
        this.reader = new RootCredentialsReader(connection, RootTask.DELETE);
    }

    /** A kind of root's credentials. */
    public enum Credential {
        ACCESS_KEY("iam:DeleteAccessKey"),
        SIGNING_CERTIFICATE("iam:DeleteSigningCertificate"),
        /** Of a member account, through a privileged root session only. */
        PASSWORD("iam:DeleteLoginProfile"),
        /** As the password. A virtual device, which would otherwise stay in the account without a user, is deleted, too. */
        MFA_DEVICE("iam:DeactivateMFADevice");

        private final String action;

        Credential(String action) {
            this.action = action;
        }
    }

    /**
     * Deletes a credential, and verifies it unless it is the key that signs the calls.
     *
     * @param id of the key or certificate, the serial of the device; not used for the password
     */
    public ChangeResult delete(Credential credential, String id) {
        boolean session = connection.accessMethod() == AccessMethod.ROOT_SESSION;
        if (!session && (credential == Credential.PASSWORD || credential == Credential.MFA_DEVICE)) {
            // Without a user name, IAM takes the caller's own.
            throw new IllegalStateException(
                    credential.action + " is for a privileged root session on a member account only");
        }
        if (connection.accessMethod() == AccessMethod.PRINCIPAL) {
            return ChangeResult.failed("Only root's own access key or a privileged root session can delete it.");
        }
        ChangeResult result;
        try {
            String requestId = call(credential, id).responseMetadata().requestId();
            String done = credential == Credential.MFA_DEVICE ? "deactivated" : "deleted";
            result = ChangeResult.done(requestId, done + "; " + verified(credential, id));
        } catch (SdkException e) {
            result = connection.signs(id) && !AwsErrors.isDenied(e) && !AwsErrors.isInterrupted(e)
                    ? signingKeyAfterError(credential.action, e)
                    : ChangeResult.afterError(
                            connection,
                            credential.action,
                            e,
                            connection.signs(id) ? null : () -> isDeleted(credential, id));
        } catch (AwsAccessException e) {
            result = ChangeResult.failed(e.getMessage());
        }
        return result.done() && credential == Credential.MFA_DEVICE && RootCredentialsReader.isVirtual(id)
                ? result.with(deleteDevice(id))
                : result;
    }

    private AwsResponse call(Credential credential, String id) {
        Consumer<AwsRequestOverrideConfiguration.Builder> root = connection.as(RootTask.DELETE);
        return switch (credential) {
            case ACCESS_KEY -> iam.deleteAccessKey(r -> r.accessKeyId(id).overrideConfiguration(root));
            case SIGNING_CERTIFICATE ->
                iam.deleteSigningCertificate(r -> r.certificateId(id).overrideConfiguration(root));
            case PASSWORD -> iam.deleteLoginProfile(r -> r.overrideConfiguration(root));
            case MFA_DEVICE -> iam.deactivateMFADevice(r -> r.serialNumber(id).overrideConfiguration(root));
        };
    }

    private Fact<Boolean> isDeleted(Credential credential, String id) {
        return switch (credential) {
            case ACCESS_KEY -> reader.accessKeys().map(all -> all.stream().noneMatch(k -> k.id().equals(id)));
            case SIGNING_CERTIFICATE ->
                reader.certificates().map(all -> all.stream().noneMatch(c -> c.id().equals(id)));
            case PASSWORD -> reader.password().map(present -> !present);
            case MFA_DEVICE ->
                reader.mfaDevices()
                        .map(all ->
                                all.devices().stream().noneMatch(d -> d.serial().equals(id)));
        };
    }

    private String deleteDevice(String serial) {
        String action = "iam:DeleteVirtualMFADevice";
        try {
            iam.deleteVirtualMFADevice(
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
                () -> iam.createLoginProfile(r -> r.overrideConfiguration(connection.as(RootTask.CREATE_PASSWORD))),
                "allowed: \"Forgot password\" on the sign-in page now works for the root user",
                new RootCredentialsReader(connection, RootTask.CREATE_PASSWORD)::password);
        return result.existed()
                ? ChangeResult.done(result.requestId(), "already allowed: root has a password that can be reset")
                : result;
    }

    /** AWS's confirmation counts: IAM is eventually consistent, so that a list can have a deleted key for some seconds. */
    private String verified(Credential credential, String id) {
        if (connection.signs(id)) {
            return "it signed these calls, so no further call is possible with it";
        }
        Fact<Boolean> deleted = isDeleted(credential, id);
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
            iam.listAccessKeys();
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
