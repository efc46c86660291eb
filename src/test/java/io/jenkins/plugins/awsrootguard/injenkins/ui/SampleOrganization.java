package io.jenkins.plugins.awsrootguard.injenkins.ui;

import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountOutcome;
import io.jenkins.plugins.awsrootguard.assessment.AccountOutcome.Reading;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationResult;
import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.Organization;
import io.jenkins.plugins.awsrootguard.facts.OrganizationAccount;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.OrganizationEntry;
import io.jenkins.plugins.awsrootguard.store.OrganizationHeader;
import io.jenkins.plugins.awsrootguard.store.OrganizationStore;
import java.time.Instant;
import java.util.List;

/** An organization of any number of accounts in a build, of the kinds that there are, without asking any AWS. */
final class SampleOrganization {

    static final String ID = "o-a1b2c3d4e5";
    private static final AccountState AT_RISK = Sample.judged();

    private SampleOrganization() {}

    /** Account {@code n}, from 0. */
    static String id(int n) {
        return String.format("%012d", 200_000_000_000L + n);
    }

    /**
     * Fills a build. Of each hundred accounts ten are at risk, one can't be read and one is suspended; the first of each kind are
     * 0, 7 and 8.
     *
     * @return the store, whose reading has not ended
     */
    static OrganizationStore begin(Run<?, ?> build, int accounts) {
        BuildStore action = BuildStore.of(build);
        OrganizationStore store = action.organizationStore();
        store.begin(header());
        action.remember(new OrganizationEntry(ID, "100000000000", "org", "us-east-1"));
        for (int i = 0; i < accounts; i++) {
            store.put(outcome(i, "team-" + i), earlier -> earlier);
        }
        return store;
    }

    static OrganizationStore fill(Run<?, ?> build, int accounts) {
        OrganizationStore store = begin(build, accounts);
        store.write(header().ended(result(accounts)));
        return store;
    }

    static OrganizationHeader header() {
        return new OrganizationHeader(
                new Organization(ID, "100000000000"),
                AT_RISK.facts().partition(),
                Controls.judgeOrganization(AT_RISK.facts().organization()),
                "100000000000",
                "arn:aws:iam::100000000000:user/security",
                Instant.parse("2026-11-24T10:42:00Z"),
                null,
                0,
                null);
    }

    static OrganizationResult result(int accounts) {
        return new OrganizationResult(
                header().organization(),
                header().partition(),
                header().central(),
                header().startedAt(),
                header().startedAt().plusSeconds(30),
                accounts,
                0,
                5L * accounts,
                null);
    }

    static AccountOutcome outcome(int n, String name) {
        String id = id(n);
        return switch (n % 100) {
            case 7 -> unread(id, name);
            case 8 ->
                new AccountOutcome(
                        new OrganizationAccount(id, name, "SUSPENDED"),
                        Reading.NOT_APPLICABLE,
                        "The account is SUSPENDED in the organization: nobody can use it.",
                        with(id, name, Status.NOT_APPLICABLE),
                        0,
                        null);
            default -> read(id, name, n % 10 == 0 ? state(id, name) : with(id, name, Status.PASS));
        };
    }

    static AccountOutcome read(String id, String name, AccountState state) {
        return new AccountOutcome(new OrganizationAccount(id, name, "ACTIVE"), Reading.READ, null, state, 5, null);
    }

    private static AccountOutcome unread(String id, String name) {
        return new AccountOutcome(
                new OrganizationAccount(id, name, "ACTIVE"),
                Reading.UNREAD,
                "iam:GetAccountSummary was denied by a service control policy",
                with(id, name, Status.UNKNOWN),
                2,
                null);
    }

    /** The unsecured account under another id and name. */
    static AccountState state(String id, String name) {
        AccountFacts facts = facts(id, name);
        List<PlannedChange> changes = AT_RISK.plan().changes();
        return AccountState.assessed(facts)
                .withGaps(
                        Findings.of(facts, AT_RISK.findings().findings()),
                        new RemediationPlan(
                                id, facts.readAt(), changes, AT_RISK.plan().pending()));
    }

    private static AccountState with(String id, String name, Status status) {
        AccountFacts facts = facts(id, name);
        List<Finding> findings =
                AT_RISK.findings().findings().stream().map(f -> with(f, status)).toList();
        return AccountState.assessed(facts)
                .withGaps(Findings.of(facts, findings), new RemediationPlan(id, facts.readAt(), List.of(), List.of()));
    }

    private static Finding with(Finding f, Status status) {
        Severity severity = f.severity();
        return new Finding(
                f.control(),
                f.title(),
                severity,
                status,
                f.summary(),
                f.evidence(),
                f.why(),
                f.remediation(),
                f.references());
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
                f.activity(),
                null,
                f.readAt());
    }
}
