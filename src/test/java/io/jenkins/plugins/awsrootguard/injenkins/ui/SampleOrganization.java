package io.jenkins.plugins.awsrootguard.injenkins.ui;

import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountReading;
import io.jenkins.plugins.awsrootguard.assessment.AccountReading.Outcome;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.FolderStore;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.RunPolicy;
import io.jenkins.plugins.awsrootguard.assessment.Scope;
import io.jenkins.plugins.awsrootguard.config.AwsConnections.Used;
import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Facts;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Organization;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** An organization of any number of accounts in a build, of the kinds that there are, without asking any AWS. */
final class SampleOrganization {

    static final String ID = "o-a1b2c3d4e5";
    private static final Instant BEGAN = Instant.parse("2026-11-24T10:42:00Z");
    private static final AccountState AT_RISK = Sample.judged();

    private static final Fact<CentralRootManagement> CENTRAL =
            Fact.known(Facts.central(true, true, true), new Fact.Source("iam:ListOrganizationsFeatures", BEGAN));

    private SampleOrganization() {}

    /** Account {@code n}, from 0. */
    static String id(int n) {
        return String.format("%012d", 200_000_000_000L + n);
    }

    /**
     * Fills a build. Of each hundred accounts ten are at risk, one can't be read and one is suspended; the first of each kind are
     * 0, 7 and 8.
     *
     * @return the store, whose run has not ended
     */
    static FolderStore begin(Run<?, ?> build, int accounts) {
        BuildStore store = BuildStore.of(build);
        store.accounts().write(header(null, 0));
        store.branch(List.of()).connected(BuildStore.ORGANIZATION, new Used("org", "us-east-1"));
        for (int i = 0; i < accounts; i++) {
            put(build, outcome(i, "team-" + i));
        }
        store.accounts().flush();
        return store.accounts();
    }

    static FolderStore fill(Run<?, ?> build, int accounts) {
        FolderStore store = begin(build, accounts);
        store.write(header(BEGAN.plusSeconds(30), 5L * accounts));
        return store;
    }

    static void put(Run<?, ?> build, AccountState state) {
        BuildStore.of(build).accounts().update(state.accountId(), earlier -> state, false);
    }

    private static RunHeader header(Instant ended, long calls) {
        return new RunHeader(
                Scope.organization(AccountFilter.ALL),
                new Organization(ID, "100000000000"),
                AT_RISK.facts().partition(),
                "100000000000",
                "arn:aws:iam::100000000000:user/security",
                Controls.judgeOrganization(CENTRAL, Policy.DEFAULT, "100000000000", Set.of()),
                RunPolicy.DEFAULT,
                BEGAN,
                ended,
                calls,
                null);
    }

    static AccountState outcome(int n, String name) {
        String id = id(n);
        return switch (n % 100) {
            case 7 ->
                with(id, name, Status.UNKNOWN)
                        .withReading(reading(
                                name,
                                "ACTIVE",
                                Outcome.UNREAD,
                                new Unread(Unread.Kind.EXPLICITLY_DENIED, "iam:GetAccountSummary"),
                                2));
            case 8 ->
                with(id, name, Status.NOT_APPLICABLE)
                        .withReading(reading(
                                name,
                                "SUSPENDED",
                                Outcome.NOT_APPLICABLE,
                                new Unread(Unread.Kind.NOT_IN_USE, null, "SUSPENDED"),
                                0));
            default -> read(name, n % 10 == 0 ? state(id, name) : with(id, name, Status.PASS));
        };
    }

    static AccountState read(String name, AccountState state) {
        return state.withReading(reading(name, "ACTIVE", Outcome.READ, null, 5));
    }

    private static AccountReading reading(String name, String listedAs, Outcome outcome, Unread cause, long calls) {
        return new AccountReading(BEGAN, name, listedAs, outcome, cause, calls);
    }

    /** The unsecured account under another id and name. */
    static AccountState state(String id, String name) {
        AccountFacts facts = facts(id, name);
        List<PlannedChange> changes = AT_RISK.plan().changes();
        return AccountState.assessed(facts)
                .withGaps(
                        Findings.of(
                                facts,
                                Policy.DEFAULT.source(),
                                AT_RISK.findings().findings()),
                        new RemediationPlan(
                                id, facts.readAt(), changes, AT_RISK.plan().pending(), List.of()));
    }

    private static AccountState with(String id, String name, Status status) {
        AccountFacts facts = facts(id, name);
        List<Finding> findings =
                AT_RISK.findings().findings().stream().map(f -> with(f, status)).toList();
        return AccountState.assessed(facts)
                .withGaps(
                        Findings.of(facts, Policy.DEFAULT.source(), findings),
                        new RemediationPlan(id, facts.readAt(), List.of(), List.of(), List.of()));
    }

    private static Finding with(Finding f, Status status) {
        Severity severity = f.severity();
        return new Finding(f.rule(), severity, status, f.summary(), f.evidence(), false, null, List.of());
    }

    private static AccountFacts facts(String id, String name) {
        AccountFacts f = AT_RISK.facts();
        return new AccountFacts(
                id,
                f.partition(),
                name,
                f.caller(),
                f.route(),
                f.report(),
                f.summary(),
                f.passwordPolicy(),
                f.mfaDevices(),
                f.accessKeys(),
                f.certificates(),
                f.administrators(),
                f.organization(),
                f.guardrails(),
                f.securityContact(),
                f.activity(),
                null,
                f.readAt());
    }
}
