package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.assessment.AccountOutcome.Reading;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AccountReport;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.CallCount;
import io.jenkins.plugins.awsrootguard.aws.CallLog;
import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Organization;
import io.jenkins.plugins.awsrootguard.facts.OrganizationAccount;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Source;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads and judges one account of an organization, by the way that its kind has. Whatever goes wrong is this account's outcome
 * and nobody else's. Thread-safe.
 */
final class MemberReading implements FanOut.Work<OrganizationAccount, AccountOutcome> {

    private static final String STOPPED = "the run was stopped before it was read";

    private final AccountConnection caller;
    private final Organization organization;
    private final Fact<CentralRootManagement> central;
    private final OrganizationSettings settings;
    private final Function<String, PasswordConfirmation> confirmations;
    private final AccountReport ownReport;
    /** Accounts whose credential report AWS is still making. */
    private final Map<String, Half> waiting = new ConcurrentHashMap<>();

    private final MemberCalls made = new MemberCalls();

    /** All of an account but its report, and the connection to fetch that with. */
    private record Half(AccountConnection connection, Assessment.Begun begun, long calls) {}

    /** @param ownReport the report of the caller's own account, started already */
    MemberReading(
            AccountConnection caller,
            Organization organization,
            Fact<CentralRootManagement> central,
            OrganizationSettings settings,
            Function<String, PasswordConfirmation> confirmations,
            AccountReport ownReport) {
        this.caller = caller;
        this.organization = organization;
        this.central = central;
        this.settings = settings;
        this.confirmations = confirmations;
        this.ownReport = ownReport;
    }

    @Override
    public AccountOutcome on(OrganizationAccount account) {
        if (account.isListed() && !account.isActive()) {
            String reason = "The account is " + Printable.text(account.state(), 40)
                    + " in the organization: nobody can use it.";
            return missing(account, Reading.NOT_APPLICABLE, reason, 0);
        }
        String closed = closedBecause(account);
        if (closed != null) {
            return missing(account, Reading.UNREAD, closed, 0);
        }
        long before = CallCount.ofThisThread();
        Half half = waiting.remove(account.id());
        long earlier = half == null ? 0 : half.calls();
        try (CallLog.Scope ignored = made.of(account.id())) {
            return half == null ? begin(account) : finish(account, half, before);
        } catch (AwsAccessException e) {
            return missing(account, Reading.UNREAD, e.getMessage(), earlier + CallCount.ofThisThread() - before);
        } catch (RuntimeException e) {
            // A mistake of ours or an answer nobody foresaw: it must not cost the other accounts.
            String what = "unexpected " + e.getClass().getSimpleName() + ": " + Printable.text(e.getMessage(), 200);
            return missing(account, Reading.UNREAD, what, earlier + CallCount.ofThisThread() - before);
        }
    }

    /** Null when AWS is still making the report: others are read meanwhile. */
    private AccountOutcome begin(OrganizationAccount account) {
        long before = CallCount.ofThisThread();
        boolean own = account.id().equals(caller.accountId());
        // Not closed: there is nothing to it but the sessions, which end by themselves.
        AccountConnection connection = caller.member(account.id(), settings.memberRole());
        Assessment.Begun begun = Assessment.begin(
                connection,
                settings.account(),
                confirmations.apply(account.id()),
                new Assessment.Known(account.name().isEmpty() ? null : account.name(), central, own ? ownReport : null),
                line -> {});
        if (begun.isReady()) {
            return finish(account, new Half(connection, begun, 0), before);
        }
        waiting.put(account.id(), new Half(connection, begun, CallCount.ofThisThread() - before));
        return null;
    }

    private AccountOutcome finish(OrganizationAccount account, Half half, long before) {
        AssessmentResult result = half.begun().finish(line -> {});
        half.connection().close();
        long calls = half.calls() + CallCount.ofThisThread() - before;
        String nothing = nothingReadBecause(result.facts());
        if (nothing != null) {
            return missing(account, Reading.UNREAD, nothing, calls);
        }
        AccountState state = judged(result.facts());
        return new AccountOutcome(
                account, Reading.READ, null, state, calls, result.credentialReport(), made.soFar(account.id()));
    }

    /** Why no call can reach the account, which is known without one; null when it may be reached. */
    private String closedBecause(OrganizationAccount account) {
        if (!account.isListed()) {
            return "it is not listed in the organization " + organization.id();
        }
        if (account.id().equals(caller.caller().accountId())) {
            return null;
        }
        if (account.id().equals(organization.managementAccountId())) {
            return "no privileged root session can reach the management account: run it with credentials of that account";
        }
        if (caller.caller().isRoot()) {
            return "a root user can't open privileged root sessions: use a role or user of the management account";
        }
        if (central.isKnown() && !central.get().sessions()) {
            return "privileged root actions in member accounts are not enabled for the organization: an administrator of the"
                    + " management account enables them (IAM console, Root access management, Enable)";
        }
        return null;
    }

    /** The first refusal when no fact about root or the account could be read; null when one could. */
    private static String nothingReadBecause(AccountFacts facts) {
        boolean any = Stream.of(
                        facts.report(),
                        facts.summary(),
                        facts.passwordPolicy(),
                        facts.mfaDevices(),
                        facts.accessKeys(),
                        facts.certificates(),
                        facts.administrators())
                .anyMatch(Fact::isKnown);
        return any ? null : facts.summary().unread().sentence();
    }

    @Override
    public AccountOutcome stopped(OrganizationAccount account) {
        return missing(account, Reading.STOPPED, STOPPED, 0);
    }

    /** An account without facts. */
    private AccountOutcome missing(OrganizationAccount account, Reading reading, String reason, long calls) {
        AccountFacts facts = unknown(account, reason);
        Findings findings = reading == Reading.NOT_APPLICABLE
                ? Controls.notApplicable(facts, reason)
                : Controls.unread(facts, reason);
        RemediationPlan plan = new RemediationPlan(account.id(), facts.readAt(), List.of(), List.of());
        AccountState state = AccountState.assessed(facts).withGaps(findings, plan);
        if (settings.prove() && reading != Reading.NOT_APPLICABLE) {
            state = state.withValidation(facts, Validation.prove(facts, findings));
        }
        return new AccountOutcome(account, reading, reason, state, calls, null, made.soFar(account.id()));
    }

    private AccountState judged(AccountFacts facts) {
        GapsResult gaps = Gaps.judgeMember(
                facts, settings.thresholds(), settings.remediation().forAccount(facts.accountId()));
        AccountState state = AccountState.assessed(facts).withGaps(gaps.findings(), gaps.plan());
        return settings.prove() ? state.withValidation(facts, Validation.prove(facts, gaps.findings())) : state;
    }

    private AccountFacts unknown(OrganizationAccount account, String reason) {
        boolean own = account.id().equals(caller.caller().accountId());
        return new AccountFacts(
                account.id(),
                caller.partition(),
                account.name().isEmpty() ? null : account.name(),
                caller.caller(),
                own ? caller.route() : AccessMethod.ROOT_SESSION,
                unread("iam:GetCredentialReport", reason),
                unread("iam:GetAccountSummary", reason),
                unread("iam:GetAccountPasswordPolicy", reason),
                unread("iam:ListMFADevices", reason),
                unread("iam:ListAccessKeys", reason),
                unread("iam:ListSigningCertificates", reason),
                unread("iam:ListEntitiesForPolicy", reason),
                central,
                unread("cloudtrail:LookupEvents", reason),
                confirmations.apply(account.id()),
                Instant.now());
    }

    private static <T> Fact<T> unread(String action, String reason) {
        return Fact.unread(Unread.failed(reason), new Source(action, Instant.now()));
    }
}
