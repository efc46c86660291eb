package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.services.iam.model.CallerIsNotManagementAccountException;
import software.amazon.awssdk.services.iam.model.FeatureType;
import software.amazon.awssdk.services.iam.model.OrganizationNotFoundException;
import software.amazon.awssdk.services.iam.model.OrganizationNotInAllFeaturesModeException;
import software.amazon.awssdk.services.iam.model.ServiceAccessNotEnabledException;

/**
 * Enables an organization's central management of root users, from its management account. Each change can be repeated, and
 * deletes nothing.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html">AWS: centralize root access
 *     for member accounts</a>
 */
public final class CentralRootChanges {

    private static final String READ = "iam:ListOrganizationsFeatures";

    private final AccountConnection connection;

    public CentralRootChanges(AccountConnection connection) {
        this.connection = connection;
    }

    /**
     * What is enabled.
     *
     * @param trustedAccess whether IAM may act for the organization
     * @param credentialsManagement the feature RootCredentialsManagement
     * @param sessions the feature RootSessions
     */
    public record Features(boolean trustedAccess, boolean credentialsManagement, boolean sessions) {}

    /** @throws AwsAccessException when it can't be read, or the account's organization can't have them */
    public Features features() {
        Fact<Features> features = read();
        if (!features.isKnown()) {
            throw new AwsAccessException(features.unread());
        }
        return features.get();
    }

    private Fact<Features> read() {
        return connection.read(READ, () -> {
            try {
                List<FeatureType> on =
                        connection.iam().listOrganizationsFeatures(r -> {}).enabledFeatures();
                return new Features(
                        true,
                        on.contains(FeatureType.ROOT_CREDENTIALS_MANAGEMENT),
                        on.contains(FeatureType.ROOT_SESSIONS));
            } catch (ServiceAccessNotEnabledException e) {
                return new Features(false, false, false);
            } catch (OrganizationNotFoundException e) {
                throw new AwsAccessException(new Unread(Unread.Kind.NO_ORGANIZATION, READ).on(connection.accountId()));
            } catch (OrganizationNotInAllFeaturesModeException e) {
                throw new AwsAccessException(new Unread(Unread.Kind.NOT_ALL_FEATURES, READ));
            }
        });
    }

    public ChangeResult enableTrustedAccess() {
        return enable(
                "organizations:EnableAWSServiceAccess",
                () -> connection.organizations().enableAWSServiceAccess(r -> r.servicePrincipal("iam.amazonaws.com")),
                Features::trustedAccess);
    }

    public ChangeResult enableCredentialsManagement() {
        return enable(
                "iam:EnableOrganizationsRootCredentialsManagement",
                () -> connection.iam().enableOrganizationsRootCredentialsManagement(r -> {}),
                Features::credentialsManagement);
    }

    public ChangeResult enableSessions() {
        return enable(
                "iam:EnableOrganizationsRootSessions",
                () -> connection.iam().enableOrganizationsRootSessions(r -> {}),
                Features::sessions);
    }

    private ChangeResult enable(String action, Supplier<? extends AwsResponse> call, Predicate<Features> isOn) {
        return ChangeResult.of(
                connection,
                action,
                () -> {
                    try {
                        return call.get();
                    } catch (CallerIsNotManagementAccountException e) {
                        throw new AwsAccessException(new Unread(Unread.Kind.MANAGEMENT_ONLY, action));
                    }
                },
                "enabled",
                () -> read().map(isOn::test));
    }
}
