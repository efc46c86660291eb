package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AccountReader;
import io.jenkins.plugins.awsrootguard.aws.AccountReport;
import io.jenkins.plugins.awsrootguard.aws.AdministratorReader;
import io.jenkins.plugins.awsrootguard.aws.RootActivityReader;
import io.jenkins.plugins.awsrootguard.aws.RootCredentialsReader;
import io.jenkins.plugins.awsrootguard.aws.RootGuardrailReader;
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
import io.jenkins.plugins.awsrootguard.remediation.ProgressLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Phase 1: generates, waits for, downloads, decodes and reviews the credential report, and reads what AWS tells live. */
public final class Assessment {

    private Assessment() {}

    /**
     * Reads everything once. A call that fails makes its own fact unknown; the rest is read all the same.
     *
     * @param lastConfirmation the last statement about the root password; null when there is none
     */
    public static AssessmentResult run(
            AccountConnection connection,
            AssessmentSettings settings,
            PasswordConfirmation lastConfirmation,
            ProgressLog log) {
        return run(connection, settings, lastConfirmation, null, log);
    }

    /**
     * What is known already of an account of an organization, and isn't read again.
     *
     * @param name the account's name in the organization
     * @param organization read once for all of its accounts
     * @param guardrails read once for all of its accounts
     * @param report that was started already; null when it wasn't
     */
    record Known(
            String name,
            Fact<CentralRootManagement> organization,
            Fact<RootGuardrails> guardrails,
            AccountReport report) {}

    /**
     * @param known null for an account by itself
     */
    static AssessmentResult run(
            AccountConnection connection,
            AssessmentSettings settings,
            PasswordConfirmation lastConfirmation,
            Known known,
            ProgressLog log) {
        return begin(connection, settings, lastConfirmation, known, log).finish(log);
    }

    /** Lets AWS begin with the credential report, and reads everything else. */
    static Begun begin(
            AccountConnection connection,
            AssessmentSettings settings,
            PasswordConfirmation lastConfirmation,
            Known known,
            ProgressLog log) {
        log.line("Reading account " + connection.accountId() + " as "
                + connection.caller().arn() + words(connection));
        AccountReport report = known == null || known.report() == null ? new AccountReport(connection) : known.report();
        report.start();
        AccountReader account = new AccountReader(connection);
        RootCredentialsReader root = new RootCredentialsReader(connection);
        String alias = known == null ? account.alias() : known.name();
        Fact<AccountSummary> summary = said(account.accountSummary(), log);
        Sparing sparing = new Sparing(connection.route(), summary);
        Fact<CentralRootManagement> organization =
                known == null ? account.centralRootManagement() : known.organization();
        AccountFacts withoutReport = new AccountFacts(
                connection.accountId(),
                connection.partition(),
                alias,
                connection.caller(),
                connection.route(),
                Fact.unread(new Unread(Kind.NOT_REQUESTED, "iam:GetCredentialReport")),
                summary,
                said(account.passwordPolicy(), log),
                said(sparing.mfaDevices(root::mfaDevices), log),
                sparing.accessKeys(root::accessKeys),
                sparing.certificates(root::certificates),
                said(administrators(connection, known), log),
                organization,
                known == null ? guardrails(organization) : known.guardrails(),
                activity(connection, settings),
                lastConfirmation,
                Instant.now());
        return new Begun(withoutReport, root, report, settings);
    }

    /** An account of which all is read but the credential report, which AWS may still be making. */
    record Begun(
            AccountFacts withoutReport,
            RootCredentialsReader reader,
            AccountReport report,
            AssessmentSettings settings) {

        /** Whether the report can be had without waiting. */
        boolean isReady() {
            return report.isReady();
        }

        AssessmentResult finish(ProgressLog log) {
            AccountReport.Reading reading = report.fetch(settings.reportWait(), settings.firstPause(), log::line);
            say(reading.fact(), log);
            AccountFacts facts = withoutReport.withReport(reading.fact(), Instant.now());
            return new AssessmentResult(new SecondLook(facts, reader).take(), reading.bytes());
        }
    }

    /** What limits one is asked of an account by itself only: a call for each of many accounts is dear. */
    private static Fact<List<Administrator>> administrators(AccountConnection connection, Known known) {
        AdministratorReader reader = new AdministratorReader(connection);
        return known == null ? reader.provenAdministrators() : reader.administrators();
    }

    /** For one account by itself: only a run over the organization reads the policies. */
    private static Fact<RootGuardrails> guardrails(Fact<CentralRootManagement> organization) {
        if (organization.isKnown() && !organization.get().inOrganization()) {
            return Fact.known(RootGuardrails.NOT_APPLICABLE, organization.source());
        }
        return organization.isKnown() || organization.unread().isNotChecked()
                ? Fact.unread(new Unread(Kind.NEEDS_ORGANIZATION_RUN, RootGuardrailReader.ACTION))
                : Fact.unread(organization.unread(), organization.source());
    }

    private static Fact<RootActivity> activity(AccountConnection connection, AssessmentSettings settings) {
        if (!settings.readActivity()) {
            return Fact.unread(new Unread(Kind.NOT_REQUESTED, "cloudtrail:LookupEvents"));
        }
        return new RootActivityReader(connection).activity();
    }

    private static String words(AccountConnection connection) {
        return switch (connection.route()) {
            case ROOT_KEY -> ", with root's own access key";
            case ROOT_SESSION -> ", through a privileged root session";
            case PRINCIPAL -> "";
        };
    }

    private static void say(Fact<CredentialReport> report, ProgressLog log) {
        if (!report.isKnown()) {
            log.line("No credential report: " + report.unread().sentence());
            return;
        }
        CredentialReport r = report.get();
        long minutes =
                Math.max(0, Duration.between(r.generatedAt(), Instant.now()).toMinutes());
        ReportTotals t = r.totals();
        log.line("Credential report made by AWS at " + r.generatedAt() + ", " + minutes + " min ago: root and "
                + t.users()
                + (t.users() == 1 ? " user, " : " users, ") + t.usersWithPasswordWithoutMfa()
                + " with a password and no MFA");
    }

    private static <T> Fact<T> said(Fact<T> fact, ProgressLog log) {
        if (!fact.isKnown()) {
            log.line("Not read: " + fact.unread().sentence());
        }
        return fact;
    }
}
