package io.jenkins.plugins.awsrootguard.facts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is known of one account at one time: the input of every control.
 *
 * @param alias the account's alias, or its name in the organization that it was read with; null when it has none or it could
 *     not be read
 * @param caller who read it
 * @param route how root was reached
 * @param passwordConfirmation the last statement about the root password; null when there is none
 * @param readAt when the reading ended: ages are counted back from here
 */
public record AccountFacts(
        String accountId,
        Partition partition,
        String alias,
        CallerIdentity caller,
        AccessMethod route,
        Fact<CredentialReport> report,
        Fact<AccountSummary> summary,
        Fact<PasswordPolicy> passwordPolicy,
        Fact<RootMfaDevices> mfaDevices,
        Fact<List<RootAccessKey>> accessKeys,
        Fact<List<SigningCertificate>> certificates,
        Fact<List<Administrator>> administrators,
        Fact<CentralRootManagement> organization,
        Fact<RootActivity> activity,
        PasswordConfirmation passwordConfirmation,
        Instant readAt) {

    public Optional<PasswordConfirmation> confirmation() {
        return Optional.ofNullable(passwordConfirmation);
    }

    /** The account as a person names it: its id and, where there is one, its alias. */
    public String displayName() {
        return alias == null ? accountId : accountId + " (" + Printable.text(alias, 70) + ")";
    }

    /** The same facts with the credential report, which comes last. */
    public AccountFacts withReport(Fact<CredentialReport> newReport, Instant at) {
        return new AccountFacts(
                accountId,
                partition,
                alias,
                caller,
                route,
                newReport,
                summary,
                passwordPolicy,
                mfaDevices,
                accessKeys,
                certificates,
                administrators,
                organization,
                activity,
                passwordConfirmation,
                at);
    }

    /** The same facts with other lists of root's credentials. */
    public AccountFacts withRootCredentials(
            Fact<RootMfaDevices> newMfaDevices,
            Fact<List<RootAccessKey>> newAccessKeys,
            Fact<List<SigningCertificate>> newCertificates) {
        return new AccountFacts(
                accountId,
                partition,
                alias,
                caller,
                route,
                report,
                summary,
                passwordPolicy,
                newMfaDevices,
                newAccessKeys,
                newCertificates,
                administrators,
                organization,
                activity,
                passwordConfirmation,
                readAt);
    }

    /** The same facts with a newer statement about the root password. */
    public AccountFacts withConfirmation(PasswordConfirmation confirmation) {
        return new AccountFacts(
                accountId,
                partition,
                alias,
                caller,
                route,
                report,
                summary,
                passwordPolicy,
                mfaDevices,
                accessKeys,
                certificates,
                administrators,
                organization,
                activity,
                confirmation,
                readAt);
    }
}
