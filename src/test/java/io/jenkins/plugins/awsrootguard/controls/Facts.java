package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.aws.CredentialReportCsv;
import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootActivity;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootGuardrail;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootGuardrails;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.SigningCertificate;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.CallerIdentity;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Fact.Source;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.facts.RootMfaDevices;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Facts of an account for tests: everything is unknown until it is told. */
public final class Facts {

    public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    public static final String ACCOUNT = "123456789012";

    private Partition partition = Partition.AWS;
    private Fact<CredentialReport> report = denied("iam:GetCredentialReport");
    private final Map<String, Integer> summary = new HashMap<>();
    private Fact<PasswordPolicy> policy = denied("iam:GetAccountPasswordPolicy");
    private Fact<RootMfaDevices> mfaDevices = denied("iam:ListVirtualMFADevices");
    private Fact<List<RootAccessKey>> keys = denied("iam:ListAccessKeys");
    private Fact<List<SigningCertificate>> certificates = denied("iam:ListSigningCertificates");
    private Fact<List<Administrator>> administrators = denied("iam:ListEntitiesForPolicy");
    private Fact<CentralRootManagement> organization = denied("iam:ListOrganizationsFeatures");
    private Fact<RootGuardrails> guardrails = denied("organizations:ListPolicies");
    private Fact<Boolean> securityContact = denied("account:GetAlternateContact");
    private Fact<RootActivity> activity = denied("cloudtrail:LookupEvents");
    private PasswordConfirmation confirmation;
    private String callerArn;
    private AccessMethod route = AccessMethod.PRINCIPAL;

    public static Facts unread() {
        return new Facts();
    }

    /** Facts that know a sample report and nothing else. */
    public static Facts ofSample(String file) {
        return new Facts().report(sample(file), NOW.minus(Duration.ofMinutes(4)));
    }

    public static byte[] sample(String file) {
        try (InputStream in = Facts.class.getResourceAsStream(
                "/io/jenkins/plugins/awsrootguard/controls/credential-reports/" + file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ARN that root has in the account of the report. */
    public static String rootArn(byte[] csv) {
        Matcher user = Pattern.compile("arn:[a-z-]+:iam::[0-9]{12}:").matcher(new String(csv, StandardCharsets.UTF_8));
        return (user.find() ? user.group() : "arn:aws:iam::" + ACCOUNT + ":") + "root";
    }

    public Facts report(byte[] csv, Instant generatedAt) {
        String root = rootArn(csv);
        CredentialReport parsed = CredentialReportCsv.parse(csv, generatedAt, root);
        partition = Partition.ofArn(root);
        report = Fact.known(parsed, new Source("iam:GetCredentialReport", generatedAt));
        return this;
    }

    public Facts partition(Partition p) {
        partition = p;
        return this;
    }

    public Facts summary(String key, int value) {
        summary.put(key, value);
        return this;
    }

    public Facts policy(PasswordPolicy p) {
        policy = known("iam:GetAccountPasswordPolicy", p);
        return this;
    }

    public Facts policyUnread(Unread.Kind kind) {
        String call = "iam:GetAccountPasswordPolicy";
        policy = Fact.unread(new Unread(kind, call), new Source(call, NOW));
        return this;
    }

    public Facts mfaDevices(RootMfaDevices d) {
        mfaDevices = known("iam:ListMFADevices", d);
        return this;
    }

    public Facts keys(RootAccessKey... k) {
        keys = known("iam:ListAccessKeys", List.of(k));
        return this;
    }

    public Facts certificates(SigningCertificate... c) {
        certificates = known("iam:ListSigningCertificates", List.of(c));
        return this;
    }

    public Facts administrators(Administrator... a) {
        administrators = known("iam:ListEntitiesForPolicy", List.of(a));
        return this;
    }

    /** An organization that IAM has trusted access to, if it has one of the features. */
    public static CentralRootManagement central(boolean in, boolean credentials, boolean sessions) {
        return new CentralRootManagement(
                in,
                credentials,
                sessions,
                known("organizations:ListAWSServiceAccessForOrganization", credentials || sessions),
                known("organizations:ListDelegatedAdministrators", List.<String>of()));
    }

    public Facts organization(CentralRootManagement c) {
        organization = known("iam:ListOrganizationsFeatures", c);
        return this;
    }

    public Facts guardrails(RootGuardrail... policies) {
        guardrails = known("organizations:ListPolicies", new RootGuardrails(true, List.of(policies)));
        return this;
    }

    public Facts securityContact(boolean exists) {
        securityContact = known("account:GetAlternateContact", exists);
        return this;
    }

    public Facts activity(Instant login, Instant passwordUpdate) {
        activity = known(
                "cloudtrail:LookupEvents",
                new RootActivity(event("ConsoleLogin", login), event("PasswordUpdated", passwordUpdate), null));
        return this;
    }

    private static RootActivity.Event event(String name, Instant at) {
        return at == null ? null : new RootActivity.Event(name, at);
    }

    public Facts confirmed(Instant changedAt) {
        confirmation = new PasswordConfirmation(ACCOUNT, "alice", changedAt, changedAt, "CloudTrail was not asked");
        return this;
    }

    public Facts caller(String arn) {
        callerArn = arn;
        return this;
    }

    public Facts route(AccessMethod r) {
        route = r;
        return this;
    }

    public AccountFacts build() {
        Source source = new Source("iam:GetAccountSummary", NOW);
        return new AccountFacts(
                ACCOUNT,
                partition,
                "prod",
                new CallerIdentity(
                        ACCOUNT,
                        callerArn == null ? "arn:" + partition.id() + ":iam::" + ACCOUNT + ":user/alice" : callerArn),
                route,
                report,
                summary.isEmpty()
                        ? Facts.<AccountSummary>denied("iam:GetAccountSummary")
                        : Fact.known(new AccountSummary(summary), source),
                policy,
                mfaDevices,
                keys,
                certificates,
                administrators,
                organization,
                guardrails,
                securityContact,
                activity,
                confirmation,
                NOW);
    }

    /** The verdict of one control on these facts. */
    public Finding judge(String control) {
        return Controls.judge(build(), Policy.DEFAULT, Set.of()).find(control).orElseThrow();
    }

    static <T> Fact<T> denied(String call) {
        return Fact.unread(
                new Unread(Unread.Kind.DENIED, call, "arn:aws:iam::" + ACCOUNT + ":user/alice", null, "AccessDenied"),
                new Source(call, NOW));
    }

    private static <T> Fact<T> known(String call, T value) {
        return Fact.known(value, new Source(call, NOW));
    }
}
