package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Fact.Source;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.services.iam.model.AccountNotManagementOrDelegatedAdministratorException;
import software.amazon.awssdk.services.iam.model.CallerIsNotManagementAccountException;
import software.amazon.awssdk.services.iam.model.FeatureType;
import software.amazon.awssdk.services.iam.model.OrganizationNotFoundException;
import software.amazon.awssdk.services.iam.model.OrganizationNotInAllFeaturesModeException;
import software.amazon.awssdk.services.iam.model.ServiceAccessNotEnabledException;
import software.amazon.awssdk.services.organizations.model.DelegatedAdministrator;
import software.amazon.awssdk.services.organizations.model.ListAwsServiceAccessForOrganizationResponse;
import software.amazon.awssdk.services.organizations.model.ListDelegatedAdministratorsResponse;
import software.amazon.awssdk.utils.Lazy;

/**
 * Reads an organization's central management of root users, as its management account or a delegated administrator, and enables
 * or disables it, as its management account. Each change can be repeated, and deletes nothing.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html">AWS: centralize root access
 *     for member accounts</a>
 */
public record CentralRootAccess(AccountConnection connection) {

    private static final String IAM = "iam.amazonaws.com";
    private static final String FEATURES = "iam:ListOrganizationsFeatures";

    /** Reads at the first call and once. Thread-safe. */
    public static Supplier<Fact<CentralRootManagement>> readOnce(AccountConnection connection) {
        return new Lazy<>(new CentralRootAccess(connection)::read)::getValue;
    }

    /** Calls with the caller's own credentials: AWS allows only the management account or a delegated administrator. */
    public Fact<CentralRootManagement> read() {
        return connection.<CentralRootManagement>read(FEATURES, () -> {
            Source source = new Source(FEATURES, Instant.now());
            try {
                List<FeatureType> on =
                        connection.iam().listOrganizationsFeatures(r -> {}).enabledFeatures();
                return new CentralRootManagement(
                        true,
                        on.contains(FeatureType.ROOT_CREDENTIALS_MANAGEMENT),
                        on.contains(FeatureType.ROOT_SESSIONS),
                        trustedAccess(),
                        delegatedAdministrators());
            } catch (OrganizationNotFoundException e) {
                return new CentralRootManagement(
                        false, false, false, Fact.known(false, source), Fact.known(List.of(), source));
            } catch (ServiceAccessNotEnabledException e) {
                return new CentralRootManagement(
                        true, false, false, Fact.known(false, source), delegatedAdministrators());
            } catch (OrganizationNotInAllFeaturesModeException e) {
                return new CentralRootManagement(true, false, false, trustedAccess(), delegatedAdministrators());
            } catch (AccountNotManagementOrDelegatedAdministratorException e) {
                throw new AwsAccessException(new Unread(Unread.Kind.NEEDS_MANAGEMENT_ACCOUNT, FEATURES));
            }
        });
    }

    private Fact<Boolean> trustedAccess() {
        return connection.read(
                "organizations:ListAWSServiceAccessForOrganization",
                () -> Answers.items(
                                connection.organizations().listAWSServiceAccessForOrganizationPaginator(),
                                "EnabledServicePrincipals",
                                ListAwsServiceAccessForOrganizationResponse::hasEnabledServicePrincipals,
                                ListAwsServiceAccessForOrganizationResponse::enabledServicePrincipals)
                        .stream()
                        .anyMatch(service -> IAM.equals(service.servicePrincipal())));
    }

    private Fact<List<String>> delegatedAdministrators() {
        return connection.read(
                "organizations:ListDelegatedAdministrators",
                () -> Answers.items(
                                connection
                                        .organizations()
                                        .listDelegatedAdministratorsPaginator(r -> r.servicePrincipal(IAM)),
                                "DelegatedAdministrators",
                                ListDelegatedAdministratorsResponse::hasDelegatedAdministrators,
                                ListDelegatedAdministratorsResponse::delegatedAdministrators)
                        .stream()
                        .map(DelegatedAdministrator::id)
                        .toList());
    }

    public ChangeResult changeTrustedAccess(boolean on) {
        return change(
                on,
                on ? "organizations:EnableAWSServiceAccess" : "organizations:DisableAWSServiceAccess",
                () -> on
                        ? connection.organizations().enableAWSServiceAccess(r -> r.servicePrincipal(IAM))
                        : connection.organizations().disableAWSServiceAccess(r -> r.servicePrincipal(IAM)),
                central -> central.trustedAccess().isKnown() && central.hasTrustedAccess() == on);
    }

    public ChangeResult changeCredentialsManagement(boolean on) {
        return change(
                on,
                "iam:" + (on ? "Enable" : "Disable") + "OrganizationsRootCredentialsManagement",
                () -> on
                        ? connection.iam().enableOrganizationsRootCredentialsManagement(r -> {})
                        : connection.iam().disableOrganizationsRootCredentialsManagement(r -> {}),
                central -> central.credentialsManagement() == on);
    }

    public ChangeResult changeSessions(boolean on) {
        return change(
                on,
                "iam:" + (on ? "Enable" : "Disable") + "OrganizationsRootSessions",
                () -> on
                        ? connection.iam().enableOrganizationsRootSessions(r -> {})
                        : connection.iam().disableOrganizationsRootSessions(r -> {}),
                central -> central.sessions() == on);
    }

    private ChangeResult change(
            boolean on, String action, Supplier<? extends AwsResponse> call, Predicate<CentralRootManagement> isMade) {
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
                on ? "enabled" : "disabled",
                () -> read().map(isMade::test));
    }
}
