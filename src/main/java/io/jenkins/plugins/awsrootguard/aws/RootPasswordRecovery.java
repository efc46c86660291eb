package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.Fact;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;

/**
 * Allows the recovery of the root password of a member account that has none. No password is set: whoever reads the root
 * user's mailbox does that, by "Forgot password" at the sign-in page.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html">AWS: perform a privileged
 *     task on a member account</a>
 */
public final class RootPasswordRecovery {

    private static final String ACTION = "iam:CreateLoginProfile";

    private final AccountConnection connection;

    public RootPasswordRecovery(AccountConnection connection) {
        this.connection = connection;
    }

    public ChangeResult allow() {
        try {
            return ChangeResult.done(
                    connection
                            .own()
                            .createLoginProfile(r -> r.overrideConfiguration(connection.as(RootTask.CREATE_PASSWORD)))
                            .responseMetadata()
                            .requestId(),
                    "allowed: \"Forgot password\" at the sign-in page works for the root user now");
        } catch (EntityAlreadyExistsException e) {
            return ChangeResult.done(e.requestId(), "was allowed already: root has a password that can be reset");
        } catch (SdkException e) {
            return afterError(e);
        } catch (AwsAccessException e) {
            return ChangeResult.failed(e.getMessage());
        }
    }

    /** The answer may have been lost after AWS had done it, so look before calling it failed. */
    private ChangeResult afterError(SdkException e) {
        String reason = connection.explain(ACTION, e);
        String requestId = AccountChanges.requestId(e);
        if (AwsErrors.isDenied(e) || AwsErrors.isInterrupted(e)) {
            return ChangeResult.failed(requestId, reason);
        }
        Fact<Boolean> password = new RootCredentialsReader(connection).password(RootTask.CREATE_PASSWORD);
        if (!password.isKnown()) {
            return ChangeResult.failed(requestId, reason + "; whether it is allowed now could not be read");
        }
        return password.get()
                ? ChangeResult.done(requestId, "allowed: AWS's answer was lost, but a live call shows it")
                : ChangeResult.failed(requestId, reason + "; it is not allowed");
    }
}
