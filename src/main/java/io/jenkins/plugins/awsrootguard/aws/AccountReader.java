package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.facts.Unread.Kind;
import java.util.List;
import software.amazon.awssdk.services.iam.model.AccountNotManagementOrDelegatedAdministratorException;
import software.amazon.awssdk.services.iam.model.FeatureType;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.OrganizationNotFoundException;
import software.amazon.awssdk.services.iam.model.OrganizationNotInAllFeaturesModeException;
import software.amazon.awssdk.services.iam.model.ServiceAccessNotEnabledException;

/**
 * Reads what an account tells of itself. Each answer stands alone: a call that is denied makes its own fact unknown and
 * nothing else.
 */
public final class AccountReader {

    private final AccountConnection connection;

    public AccountReader(AccountConnection connection) {
        this.connection = connection;
    }

    public Fact<AccountSummary> accountSummary() {
        return connection.read(
                "iam:GetAccountSummary",
                () -> new AccountSummary(connection
                        .own()
                        .getAccountSummary(r -> r.overrideConfiguration(connection.as(RootTask.AUDIT)))
                        .summaryMapAsStrings()));
    }

    public Fact<PasswordPolicy> passwordPolicy() {
        String action = "iam:GetAccountPasswordPolicy";
        return connection.read(action, () -> {
            try {
                return PasswordPolicies.fromSdk(Answers.required(
                        "PasswordPolicy",
                        connection
                                .own()
                                .getAccountPasswordPolicy(r -> r.overrideConfiguration(connection.asAccount()))
                                .passwordPolicy()));
            } catch (NoSuchEntityException e) {
                return PasswordPolicy.awsDefault();
            }
        });
    }

    /** The account's alias; null when it has none or it can't be read, which matters to no control. */
    public String alias() {
        if (connection.route() == AccessMethod.ROOT_SESSION) {
            return null;
        }
        Fact<List<String>> aliases = connection.read(
                "iam:ListAccountAliases",
                () -> connection.own().listAccountAliases().accountAliases());
        return aliases.isKnown() && !aliases.get().isEmpty() ? aliases.get().get(0) : null;
    }

    /** Asked with the caller's own credentials: only the management account or a delegated administrator gets an answer. */
    public Fact<CentralRootManagement> centralRootManagement() {
        String action = "iam:ListOrganizationsFeatures";
        return connection.<CentralRootManagement>read(action, () -> {
            try {
                List<FeatureType> on =
                        connection.own().listOrganizationsFeatures(r -> {}).enabledFeatures();
                return new CentralRootManagement(
                        true,
                        on.contains(FeatureType.ROOT_CREDENTIALS_MANAGEMENT),
                        on.contains(FeatureType.ROOT_SESSIONS));
            } catch (OrganizationNotFoundException e) {
                return new CentralRootManagement(false, false, false);
            } catch (ServiceAccessNotEnabledException | OrganizationNotInAllFeaturesModeException e) {
                return new CentralRootManagement(true, false, false);
            } catch (AccountNotManagementOrDelegatedAdministratorException e) {
                throw new AwsAccessException(new Unread(Kind.NEEDS_MANAGEMENT_ACCOUNT, action));
            }
        });
    }
}
