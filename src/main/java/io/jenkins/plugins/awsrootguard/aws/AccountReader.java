package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import java.util.List;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/** Reads the settings of an account. A call that fails makes its own fact unread, and no other. */
public record AccountReader(AccountConnection connection) {

    public Fact<AccountSummary> accountSummary() {
        return connection.read(
                "iam:GetAccountSummary",
                () -> new AccountSummary(connection
                        .iam()
                        .getAccountSummary(r -> r.overrideConfiguration(connection.as(RootTask.AUDIT)))
                        .summaryMapAsStrings()));
    }

    public Fact<PasswordPolicy> passwordPolicy() {
        return connection.read("iam:GetAccountPasswordPolicy", () -> {
            try {
                return policy(Answers.required(
                        "PasswordPolicy",
                        connection
                                .iam()
                                .getAccountPasswordPolicy(r -> r.overrideConfiguration(connection.asAccount()))
                                .passwordPolicy()));
            } catch (NoSuchEntityException e) {
                return PasswordPolicy.awsDefault();
            }
        });
    }

    private static PasswordPolicy policy(software.amazon.awssdk.services.iam.model.PasswordPolicy p) {
        return new PasswordPolicy(
                true,
                p.minimumPasswordLength() == null ? 0 : p.minimumPasswordLength(),
                isTrue(p.requireUppercaseCharacters()),
                isTrue(p.requireLowercaseCharacters()),
                isTrue(p.requireNumbers()),
                isTrue(p.requireSymbols()),
                p.maxPasswordAge() == null ? 0 : p.maxPasswordAge(),
                p.passwordReusePrevention() == null ? 0 : p.passwordReusePrevention(),
                isTrue(p.allowUsersToChangePassword()),
                p.hardExpiry());
    }

    private static boolean isTrue(Boolean b) {
        return Boolean.TRUE.equals(b);
    }

    /** The account's alias; null if it has none or it can't be read, which matters to no control. */
    public String alias() {
        if (connection.accessMethod() == AccessMethod.ROOT_SESSION) {
            return null;
        }
        Fact<List<String>> aliases = connection.read(
                "iam:ListAccountAliases",
                () -> connection.iam().listAccountAliases().accountAliases());
        return aliases.isKnown() && !aliases.get().isEmpty() ? aliases.get().get(0) : null;
    }
}
