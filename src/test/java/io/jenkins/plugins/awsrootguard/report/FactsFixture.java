package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootActivity;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootGuardrails;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.SigningCertificate;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.CallerIdentity;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportCertificate;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportKey;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportRoot;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportTotals;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Fact.Source;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.facts.ReportTime;
import io.jenkins.plugins.awsrootguard.facts.RootMfaDevices;
import io.jenkins.plugins.awsrootguard.facts.RootMfaDevices.MfaDevice;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What was read of one account, before it was secured and after. */
public final class FactsFixture {

    private static final String ACCOUNT = Fixtures.ACCOUNT;
    private static final Instant NOW = Fixtures.NOW;
    private static final Instant REPORT = Fixtures.REPORT;
    private static final String KEY_ID = Fixtures.KEY_ID;

    private FactsFixture() {}

    public static AccountFacts unsecured(String alias) {
        return facts(
                alias,
                Map.of(
                        AccountSummary.MFA_ENABLED, 0,
                        AccountSummary.ACCESS_KEYS_PRESENT, 1,
                        AccountSummary.PASSWORD_PRESENT, 1,
                        AccountSummary.SIGNING_CERTIFICATES_PRESENT, 0),
                PasswordPolicy.awsDefault(),
                new RootMfaDevices(List.of(), true),
                List.of(new RootAccessKey(
                        KEY_ID, true, REPORT, ReportTime.at(Instant.parse("2026-11-01T08:00:00Z")), "s3", false)),
                List.of(),
                null);
    }

    public static AccountFacts hardened(String alias) {
        return facts(
                alias,
                Map.of(
                        AccountSummary.MFA_ENABLED, 1,
                        AccountSummary.ACCESS_KEYS_PRESENT, 0,
                        AccountSummary.PASSWORD_PRESENT, 1,
                        AccountSummary.SIGNING_CERTIFICATES_PRESENT, 0),
                new PasswordPolicy(true, 14, true, true, true, true, 90, 24, true, null),
                new RootMfaDevices(
                        List.of(
                                new MfaDevice("arn:aws:iam::123456789012:u2f/root/key-1", false, NOW),
                                new MfaDevice("arn:aws:iam::123456789012:u2f/root/key-2", false, NOW)),
                        true),
                List.of(),
                List.of(new Administrator("ada", "arn:aws:iam::123456789012:user/ada", "Administrators", true)),
                new PasswordConfirmation(
                        ACCOUNT, "Ada Lovelace", NOW, NOW, "CloudTrail has PasswordUpdated at 10:40 UTC"));
    }

    private static AccountFacts facts(
            String alias,
            Map<String, Integer> summary,
            PasswordPolicy policy,
            RootMfaDevices mfa,
            List<RootAccessKey> keys,
            List<Administrator> administrators,
            PasswordConfirmation confirmation) {
        boolean key = !keys.isEmpty();
        ReportKey none = new ReportKey(2, false, ReportTime.NONE, ReportTime.NONE, null, null);
        ReportRoot root = new ReportRoot(
                "arn:aws:iam::123456789012:root",
                Instant.parse("2016-05-04T12:00:00Z"),
                true,
                ReportTime.at(Instant.parse("2025-11-20T09:00:00Z")),
                ReportTime.at(Instant.parse("2019-03-01T10:00:00Z")),
                !mfa.devices().isEmpty(),
                List.of(
                        key
                                ? new ReportKey(
                                        1,
                                        true,
                                        ReportTime.at(Instant.parse("2019-03-01T10:00:00Z")),
                                        ReportTime.at(Instant.parse("2026-11-01T08:00:00Z")),
                                        "us-east-1",
                                        "s3")
                                : new ReportKey(1, false, ReportTime.NONE, ReportTime.NONE, null, null),
                        none),
                List.of(
                        new ReportCertificate(1, false, ReportTime.NONE),
                        new ReportCertificate(2, false, ReportTime.NONE)),
                List.of());
        return new AccountFacts(
                ACCOUNT,
                Partition.AWS,
                alias,
                new CallerIdentity(ACCOUNT, "arn:aws:iam::123456789012:user/auditor"),
                AccessMethod.PRINCIPAL,
                Fact.known(
                        new CredentialReport(REPORT, "ab".repeat(32), root, new ReportTotals(2, 1)),
                        source("iam:GetCredentialReport")),
                Fact.known(new AccountSummary(summary), source("iam:GetAccountSummary")),
                Fact.known(policy, source("iam:GetAccountPasswordPolicy")),
                Fact.known(mfa, source("iam:ListVirtualMFADevices")),
                Fact.known(keys, source("iam:ListAccessKeys")),
                Fact.<List<SigningCertificate>>known(List.of(), source("iam:ListSigningCertificates")),
                Fact.known(administrators, source("iam:ListEntitiesForPolicy")),
                Fact.<CentralRootManagement>unread(
                        new Unread(
                                Unread.Kind.DENIED,
                                "iam:ListOrganizationsFeatures",
                                "arn:aws:iam::123456789012:user/auditor",
                                null,
                                "AccessDenied"),
                        source("iam:ListOrganizationsFeatures")),
                Fact.known(RootGuardrails.NOT_APPLICABLE, source("iam:ListOrganizationsFeatures")),
                Fact.known(true, source("account:GetAlternateContact")),
                Fact.known(
                        new RootActivity(
                                new RootActivity.Event("ConsoleLogin", Instant.parse("2026-10-02T07:15:00Z")),
                                null,
                                null),
                        source("cloudtrail:LookupEvents")),
                confirmation,
                NOW);
    }

    private static Source source(String call) {
        return new Source(call, call.equals("iam:GetCredentialReport") ? REPORT : NOW);
    }
}
