package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AccountReader;
import io.jenkins.plugins.awsrootguard.aws.AdministratorReader;
import io.jenkins.plugins.awsrootguard.aws.CentralRootAccess;
import io.jenkins.plugins.awsrootguard.aws.CredentialReportReader;
import io.jenkins.plugins.awsrootguard.aws.RootActivityReader;
import io.jenkins.plugins.awsrootguard.aws.RootCredentialsReader;
import io.jenkins.plugins.awsrootguard.aws.RootGuardrailReader;
import io.jenkins.plugins.awsrootguard.aws.SecurityContactReader;
import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootActivity;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootGuardrails;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.SigningCertificate;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportCertificate;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportRoot;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportTotals;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.facts.RootMfaDevices;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.facts.Unread.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Phase 1 of one account: requests the credential report, reads the live facts, then the report and the administrators. */
public final class Assessment {

    private final AccountConnection connection;
    private final RunSettings settings;
    private final OrganizationReading organization;
    private final Consumer<String> log;
    private final CredentialReportReader report;
    private final RootCredentialsReader root;
    private final String alias;
    private final Fact<AccountSummary> summary;
    private final Fact<PasswordPolicy> passwordPolicy;
    private final Fact<CentralRootManagement> central;
    private Fact<RootMfaDevices> mfaDevices;
    private Fact<List<RootAccessKey>> accessKeys;
    private Fact<List<SigningCertificate>> certificates;
    private final Fact<RootGuardrails> guardrails;
    private final Fact<Boolean> securityContact;
    private final Fact<RootActivity> activity;
    private final PasswordConfirmation lastConfirmation;
    private byte[] credentialReport;

    /**
     * Requests the credential report, and reads everything else.
     *
     * @param organization null for one account
     * @param name the account's name in the organization; null for none
     */
    Assessment(
            AccountConnection connection,
            RunSettings settings,
            PasswordConfirmation lastConfirmation,
            OrganizationReading organization,
            String name,
            Consumer<String> log) {
        this.connection = connection;
        this.settings = settings;
        this.organization = organization;
        this.log = log;
        boolean isOneAccount = organization == null;
        log.accept("Reading account " + connection.accountId() + " as "
                + connection.caller().arn() + method(connection.accessMethod()));
        report = isOneAccount ? new CredentialReportReader(connection) : organization.report(connection);
        report.start();
        AccountReader account = new AccountReader(connection);
        alias = isOneAccount ? account.alias() : name;
        summary = account.accountSummary();
        central = isOneAccount ? new CentralRootAccess(connection).read() : organization.central();
        passwordPolicy = account.passwordPolicy();
        root = new RootCredentialsReader(connection);
        mfaDevices = unlessNone(AccountSummary.MFA_ENABLED, new RootMfaDevices(List.of(), true), root::mfaDevices);
        accessKeys = unlessNone(AccountSummary.ACCESS_KEYS_PRESENT, List.of(), root::accessKeys);
        certificates = unlessNone(AccountSummary.SIGNING_CERTIFICATES_PRESENT, List.of(), root::certificates);
        logUnread(summary, passwordPolicy, mfaDevices);
        guardrails = isOneAccount ? guardrails(central) : organization.guardrails(connection.accountId());
        // AWS allows few of these calls with the management account.
        securityContact = isOneAccount
                ? new SecurityContactReader().read(connection, true)
                : organization.contacts().read(connection, settings.policy().isRequired("security-contact"));
        activity = settings.account().readActivity()
                ? new RootActivityReader(connection).activity(isOneAccount ? alias : account.alias())
                : null;
        this.lastConfirmation = lastConfirmation;
    }

    /**
     * A list of root's credentials. A root session does not list what the account summary, which is current, counts as 0: for an
     * organization of 1,000 accounts that is thousands of calls.
     */
    private <T> Fact<T> unlessNone(String key, T none, Supplier<Fact<T>> list) {
        boolean isNone = connection.accessMethod() == AccessMethod.ROOT_SESSION
                && summary.isKnown()
                && summary.get().value(key).orElse(1) == 0;
        return isNone ? Fact.known(none, summary.source()) : list.get();
    }

    /** Reads the lists that were not read, where the credential report contradicts the account summary. */
    private void readContradicted(ReportRoot reported) {
        if (Boolean.TRUE.equals(reported.mfaActive()) && isFromSummary(mfaDevices)) {
            mfaDevices = root.mfaDevices();
        }
        if (reported.keys().stream().anyMatch(k -> k.isActive() || k.isInactive()) && isFromSummary(accessKeys)) {
            accessKeys = root.accessKeys();
        }
        if (reported.certificates().stream().anyMatch(ReportCertificate::exists) && isFromSummary(certificates)) {
            certificates = root.certificates();
        }
    }

    private boolean isFromSummary(Fact<?> list) {
        return list.isKnown() && list.source().equals(summary.source());
    }

    /** Whether AWS has generated the credential report. */
    boolean isReady() {
        return report.isReady();
    }

    /** Waits for the credential report, and returns all that was read. */
    AccountFacts finish() {
        CredentialReportReader.Reading reading =
                report.fetch(settings.account().reportWait(), settings.account().firstPause(), log);
        log(reading.fact());
        credentialReport = reading.bytes();
        Fact<List<Administrator>> administrators = new AdministratorReader(connection)
                .read(settings.policy().administrators()::accepts, null, () -> reading);
        logUnread(administrators);
        reading.fact().asOptional().ifPresent(known -> readContradicted(known.root()));
        return new AccountFacts(
                connection.accountId(),
                connection.partition(),
                alias,
                connection.caller(),
                connection.accessMethod(),
                reading.fact(),
                summary,
                passwordPolicy,
                mfaDevices,
                accessKeys,
                certificates,
                administrators,
                central,
                guardrails,
                securityContact,
                activity,
                lastConfirmation,
                Instant.now());
    }

    /** The credential report byte for byte, after {@link #finish}; null without one. Not copied: don't change it. */
    byte[] credentialReport() {
        return credentialReport;
    }

    /** For one account: only a run over the organization reads the policies. */
    private static Fact<RootGuardrails> guardrails(Fact<CentralRootManagement> central) {
        if (central.isKnown() && !central.get().inOrganization()) {
            return Fact.known(RootGuardrails.NOT_APPLICABLE, central.source());
        }
        return central.isKnown() || central.unread().isNotChecked()
                ? Fact.unread(new Unread(Kind.NEEDS_ORGANIZATION_RUN, RootGuardrailReader.ACTION))
                : Fact.unread(central.unread(), central.source());
    }

    private static String method(AccessMethod route) {
        return switch (route) {
            case ROOT_KEY -> ", with root's own access key";
            case ROOT_SESSION -> ", through a privileged root session";
            case PRINCIPAL -> "";
        };
    }

    private void log(Fact<CredentialReport> fact) {
        if (!fact.isKnown()) {
            log.accept("No credential report: " + fact.unread().sentence());
            return;
        }
        Instant generated = fact.get().generatedAt();
        long minutes = Math.max(0, Duration.between(generated, Instant.now()).toMinutes());
        ReportTotals t = fact.get().totals();
        log.accept("Credential report generated by AWS at " + generated + ", " + minutes + " min ago: root and "
                + t.users()
                + (t.users() == 1 ? " user, " : " users, ") + t.usersWithPasswordWithoutMfa()
                + " with a password and no MFA");
    }

    private void logUnread(Fact<?>... facts) {
        Stream.of(facts)
                .filter(fact -> !fact.isKnown())
                .forEach(fact -> log.accept("Not read: " + fact.unread().sentence()));
    }
}
