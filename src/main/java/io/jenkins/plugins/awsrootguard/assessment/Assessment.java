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
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootActivity;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootGuardrails;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportTotals;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.facts.Unread.Kind;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.remediation.ProgressLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Phase 1 of one account: requests the credential report, reads the live facts, then the report and the administrators. */
public final class Assessment {

    private final AccountConnection connection;
    private final AssessmentSettings settings;
    private final Policy policy;
    private final boolean isOneAccount;
    private final ProgressLog log;
    private final CredentialReportReader report;
    private final RootLists lists;
    private final AccountFacts withoutReport;

    /**
     * Requests the credential report, and reads everything else.
     *
     * @param policy decides who may administer the account, and whether the security contact must be read
     * @param known null for one account
     */
    Assessment(
            AccountConnection connection,
            AssessmentSettings settings,
            Policy policy,
            PasswordConfirmation lastConfirmation,
            Known known,
            ProgressLog log) {
        this.connection = connection;
        this.settings = settings;
        this.policy = policy;
        this.isOneAccount = known == null;
        this.log = log;
        log.line("Reading account " + connection.accountId() + " as "
                + connection.caller().arn() + method(connection.accessMethod()));
        report = known == null || known.report() == null ? new CredentialReportReader(connection) : known.report();
        report.start();
        AccountReader account = new AccountReader(connection);
        String alias = known == null ? account.alias() : known.name();
        Fact<AccountSummary> summary = logged(account.accountSummary());
        Fact<CentralRootManagement> central =
                known == null ? new CentralRootAccess(connection).read() : known.central();
        lists = new RootLists(connection.accessMethod(), summary, new RootCredentialsReader(connection));
        withoutReport = new AccountFacts(
                connection.accountId(),
                connection.partition(),
                alias,
                connection.caller(),
                connection.accessMethod(),
                Fact.unread(new Unread(Kind.NOT_REQUESTED, "iam:GetCredentialReport")),
                summary,
                logged(account.passwordPolicy()),
                logged(lists.mfaDevices()),
                lists.accessKeys(),
                lists.certificates(),
                Fact.unread(new Unread(Kind.NOT_REQUESTED, "iam:ListEntitiesForPolicy")),
                central,
                known == null ? guardrails(central) : known.guardrails(),
                securityContact(known),
                activity(known == null ? alias : account.alias()),
                lastConfirmation,
                Instant.now());
    }

    /** Of a member, with the management account, only if the policy requires it: AWS allows few of these calls. */
    private Fact<Boolean> securityContact(Known known) {
        return known == null
                ? new SecurityContactReader().read(connection, true)
                : known.contacts()
                        .read(connection, policy.requirement("security-contact").required());
    }

    /**
     * What was read.
     *
     * @param credentialReport the report byte for byte; null without one. Not copied: don't change it
     */
    @SuppressWarnings("java:S6218") // compared and printed nowhere
    public record Result(AccountFacts facts, byte[] credentialReport) {}

    /**
     * What is known of an account of an organization, and isn't read again.
     *
     * @param name the account's name in the organization; null for none
     * @param central read once for all accounts
     * @param guardrails read once for all accounts
     * @param contacts shared by all accounts
     * @param report started before; null when it wasn't
     */
    record Known(
            String name,
            Fact<CentralRootManagement> central,
            Fact<RootGuardrails> guardrails,
            SecurityContactReader contacts,
            CredentialReportReader report) {}

    /**
     * Reads everything once, for the default policy. A call that fails makes its own fact unknown and no other.
     *
     * @param lastConfirmation the last statement about the root password; null without one
     */
    public static Result run(
            AccountConnection connection,
            AssessmentSettings settings,
            PasswordConfirmation lastConfirmation,
            ProgressLog log) {
        return new Assessment(connection, settings, Policy.DEFAULT, lastConfirmation, null, log).finish();
    }

    AccountConnection connection() {
        return connection;
    }

    /** Whether AWS has generated the credential report. */
    boolean isReady() {
        return report.isReady();
    }

    /** Waits for the credential report. */
    Result finish() {
        CredentialReportReader.Reading reading = report.fetch(settings.reportWait(), settings.firstPause(), log::line);
        log(reading.fact());
        // Restrictions are read for one account only: for many, the calls take too long.
        Fact<List<Administrator>> administrators = logged(new AdministratorReader(connection)
                .read(policy.administrators()::accepts, null, isOneAccount, () -> reading));
        AccountFacts facts = withoutReport.withReport(reading.fact(), administrators, Instant.now());
        return new Result(lists.completed(facts), reading.bytes());
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

    private Fact<RootActivity> activity(String alias) {
        return settings.readActivity()
                ? new RootActivityReader(connection).activity(alias)
                : Fact.unread(new Unread(Kind.NOT_REQUESTED, "cloudtrail:LookupEvents"));
    }

    private void log(Fact<CredentialReport> fact) {
        if (!fact.isKnown()) {
            log.line("No credential report: " + fact.unread().sentence());
            return;
        }
        Instant generated = fact.get().generatedAt();
        long minutes = Math.max(0, Duration.between(generated, Instant.now()).toMinutes());
        ReportTotals t = fact.get().totals();
        log.line("Credential report generated by AWS at " + generated + ", " + minutes + " min ago: root and "
                + t.users()
                + (t.users() == 1 ? " user, " : " users, ") + t.usersWithPasswordWithoutMfa()
                + " with a password and no MFA");
    }

    private <T> Fact<T> logged(Fact<T> fact) {
        if (!fact.isKnown()) {
            log.line("Not read: " + fact.unread().sentence());
        }
        return fact;
    }
}
