package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.model.CallerIsNotManagementAccountException;
import software.amazon.awssdk.services.iam.model.FeatureType;
import software.amazon.awssdk.services.iam.model.OrganizationNotFoundException;
import software.amazon.awssdk.services.iam.model.OrganizationNotInAllFeaturesModeException;
import software.amazon.awssdk.services.iam.model.ServiceAccessNotEnabledException;

/**
 * Enables an organization's central management of root users, from its management account. Each can be enabled again without
 * harm, and enabling deletes nothing.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html">AWS: centralize root access
 *     for member accounts</a>
 */
public final class CentralRootChanges {

    private static final String IAM = "iam.amazonaws.com";

    private final AccountConnection connection;

    public CentralRootChanges(AccountConnection connection) {
        this.connection = connection;
    }

    /**
     * What is on.
     *
     * @param trustedAccess whether IAM may act for the organization
     * @param credentialsManagement the feature RootCredentialsManagement
     * @param sessions the feature RootSessions
     */
    public record Features(boolean trustedAccess, boolean credentialsManagement, boolean sessions) {}

    /**
     * @throws AwsAccessException when AWS doesn't tell, or the account has no organization that could have them
     */
    public Features features() {
        String action = "iam:ListOrganizationsFeatures";
        try {
            List<FeatureType> on =
                    connection.own().listOrganizationsFeatures(r -> {}).enabledFeatures();
            return new Features(
                    true, on.contains(FeatureType.ROOT_CREDENTIALS_MANAGEMENT), on.contains(FeatureType.ROOT_SESSIONS));
        } catch (ServiceAccessNotEnabledException e) {
            return new Features(false, false, false);
        } catch (OrganizationNotFoundException e) {
            throw new AwsAccessException(new Unread(Unread.Kind.NO_ORGANIZATION, action).on(connection.accountId()));
        } catch (OrganizationNotInAllFeaturesModeException e) {
            throw new AwsAccessException(new Unread(Unread.Kind.NOT_ALL_FEATURES, action));
        } catch (SdkException e) {
            throw new AwsAccessException(connection.cause(action, e));
        }
    }

    public ChangeResult enableTrustedAccess() {
        return enable(
                "organizations:EnableAWSServiceAccess",
                () -> connection
                        .organizations()
                        .enableAWSServiceAccess(r -> r.servicePrincipal(IAM))
                        .responseMetadata()
                        .requestId(),
                () -> features().trustedAccess());
    }

    public ChangeResult enableCredentialsManagement() {
        return enable(
                "iam:EnableOrganizationsRootCredentialsManagement",
                () -> connection
                        .own()
                        .enableOrganizationsRootCredentialsManagement(r -> {})
                        .responseMetadata()
                        .requestId(),
                () -> features().credentialsManagement());
    }

    public ChangeResult enableSessions() {
        return enable(
                "iam:EnableOrganizationsRootSessions",
                () -> connection
                        .own()
                        .enableOrganizationsRootSessions(r -> {})
                        .responseMetadata()
                        .requestId(),
                () -> features().sessions());
    }

    /** @param look whether it is on, by a live call; the answer to the change may have been lost */
    private ChangeResult enable(String action, Supplier<String> call, Supplier<Boolean> look) {
        try {
            return ChangeResult.done(call.get(), "enabled");
        } catch (CallerIsNotManagementAccountException e) {
            return ChangeResult.failed(
                    e.requestId(), action + " is for the organization's management account only: use its credentials");
        } catch (SdkException e) {
            String reason = connection.explain(action, e);
            String requestId = AccountChanges.requestId(e);
            if (AwsErrors.isDenied(e) || AwsErrors.isInterrupted(e)) {
                return ChangeResult.failed(requestId, reason);
            }
            try {
                return look.get()
                        ? ChangeResult.done(requestId, "enabled: AWS's answer was lost, but a live call shows it")
                        : ChangeResult.failed(requestId, reason + "; it is still off");
            } catch (AwsAccessException e2) {
                return ChangeResult.failed(requestId, reason + "; whether it is on could not be read");
            }
        }
    }
}
