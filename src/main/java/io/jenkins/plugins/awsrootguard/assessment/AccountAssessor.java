package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.assessment.AccountReading.Outcome;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.CallLog;
import io.jenkins.plugins.awsrootguard.aws.CallLog.Call;
import io.jenkins.plugins.awsrootguard.aws.RootGuardrailReader;
import io.jenkins.plugins.awsrootguard.aws.SecurityContactReader;
import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Fact.Source;
import io.jenkins.plugins.awsrootguard.facts.Organization;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Reads and judges one account with the access method that it has. A failure is the result of this account and of no other.
 * Thread-safe.
 */
final class AccountAssessor implements FanOut.Work<Organization.Account, AccountAssessor.Assessed> {

    private final RunContext context;
    private final AccountConnection caller;
    private final RunHeader run;
    private final RunSettings settings;
    private final OrganizationReading organization;
    /** Accounts whose credential report AWS still generates. */
    private final Map<String, Assessment> waiting = new ConcurrentHashMap<>();

    private final MemberCalls made = new MemberCalls();

    /**
     * An account that was assessed.
     *
     * @param credentialReport byte for byte; null without one. Not copied: don't change it
     */
    record Assessed(AccountState state, byte[] credentialReport, List<Call> callRecords) implements FanOut.Outcome {

        @Override
        public boolean isMissing() {
            return state.reading().isMissing();
        }
    }

    /**
     * @param caller the connection of the run: to the one account, or to the account that opens the root sessions
     * @param organization null for one account
     */
    AccountAssessor(
            RunContext context,
            AccountConnection caller,
            RunHeader run,
            RunSettings settings,
            OrganizationReading organization) {
        this.context = context;
        this.caller = caller;
        this.run = run;
        this.settings = settings;
        this.organization = organization;
    }

    private boolean isOneAccount() {
        return organization == null;
    }

    @Override
    public Assessed on(Organization.Account account) {
        if (account.isListed() && !account.isActive()) {
            String state = Printable.text(account.state(), 40);
            return missing(account, Outcome.NOT_APPLICABLE, new Unread(Unread.Kind.NOT_IN_USE, null, state));
        }
        Unread unreachable = isOneAccount() ? null : organization.unreachable(account);
        if (unreachable != null) {
            return missing(account, Outcome.UNREAD, unreachable);
        }
        try (CallLog.Scope ignored = made.of(account.id())) {
            Assessment assessment = waiting.remove(account.id());
            return assessment == null ? begin(account) : finish(account, assessment);
        } catch (RuntimeException e) {
            // Also an error of this plugin or an unknown answer: it must not stop the other accounts.
            return missing(account, Outcome.UNREAD, cause(e));
        }
    }

    static Unread cause(RuntimeException e) {
        return e instanceof AwsAccessException refused
                ? refused.unread()
                : new Unread(
                        Unread.Kind.UNEXPECTED,
                        null,
                        e.getClass().getSimpleName() + ": " + Printable.text(e.getMessage(), 200));
    }

    /** Null when AWS still generates the report: others are read meanwhile. */
    private Assessed begin(Organization.Account account) {
        // A member's connection is not closed: it is nothing but its sessions, which expire.
        AccountConnection connection = isOneAccount()
                ? caller.withMemberRole(settings.memberRole())
                : caller.member(account.id(), settings.memberRole());
        Assessment assessment = new Assessment(
                connection,
                settings,
                context.statements().apply(account.id()),
                organization,
                account.alias(),
                isOneAccount() ? context.log()::line : line -> {});
        if (isOneAccount() || assessment.isReady()) {
            return finish(account, assessment);
        }
        waiting.put(account.id(), assessment);
        return null;
    }

    private Assessed finish(Organization.Account account, Assessment assessment) {
        AccountFacts facts = assessment.finish();
        Unread refused = isAnyRead(facts) ? null : facts.summary().unread();
        if (refused != null && !isOneAccount()) {
            return missing(account, Outcome.UNREAD, refused);
        }
        AccountReading reading = reading(account, refused == null ? Outcome.READ : Outcome.UNREAD, refused);
        Set<String> parents = run.policy().parents(account.id());
        // Central root management of an organization is judged once, for the organization.
        Findings findings = isOneAccount()
                ? Controls.judge(facts, settings.policy(), parents)
                : Controls.judgeMember(facts, settings.policy(), parents);
        AccountState state = AccountState.assessed(facts)
                .withReading(reading)
                .withGaps(findings, settings.plan(run.scope(), facts, findings));
        return new Assessed(state, assessment.credentialReport(), made.soFar(account.id()));
    }

    private static boolean isAnyRead(AccountFacts facts) {
        return Stream.of(
                        facts.report(),
                        facts.summary(),
                        facts.passwordPolicy(),
                        facts.mfaDevices(),
                        facts.accessKeys(),
                        facts.certificates(),
                        facts.administrators())
                .anyMatch(Fact::isKnown);
    }

    @Override
    public Assessed stopped(Organization.Account account) {
        return missing(account, Outcome.STOPPED, new Unread(Unread.Kind.STOPPED, null));
    }

    private AccountReading reading(Organization.Account account, Outcome outcome, Unread cause) {
        int calls = made.soFar(account.id()).size();
        return isOneAccount()
                ? new AccountReading(run.began(), "", null, outcome, cause, calls)
                : new AccountReading(run.began(), account.name(), account.state(), outcome, cause, calls);
    }

    /** An account without facts. */
    private Assessed missing(Organization.Account account, Outcome outcome, Unread reported) {
        Unread cause = isOneAccount() ? reported : organization.withPolicies(account.id(), reported);
        AccountFacts facts = unread(account, cause);
        Set<String> parents = run.policy().parents(account.id());
        Findings findings = outcome == Outcome.NOT_APPLICABLE
                ? Controls.notApplicable(facts, settings.policy(), parents, cause.sentence())
                : Controls.unread(facts, settings.policy(), parents, cause);
        RemediationPlan plan = new RemediationPlan(account.id(), facts.readAt(), List.of(), List.of(), List.of());
        AccountState state = AccountState.assessed(facts)
                .withReading(reading(account, outcome, cause))
                .withGaps(findings, plan);
        return new Assessed(state, null, made.soFar(account.id()));
    }

    private AccountFacts unread(Organization.Account account, Unread cause) {
        boolean own = account.id().equals(caller.caller().accountId());
        return new AccountFacts(
                account.id(),
                caller.partition(),
                account.alias(),
                caller.caller(),
                own || isOneAccount() ? caller.accessMethod() : AccessMethod.ROOT_SESSION,
                unread("iam:GetCredentialReport", cause),
                unread("iam:GetAccountSummary", cause),
                unread("iam:GetAccountPasswordPolicy", cause),
                unread("iam:ListMFADevices", cause),
                unread("iam:ListAccessKeys", cause),
                unread("iam:ListSigningCertificates", cause),
                unread("iam:ListEntitiesForPolicy", cause),
                isOneAccount() ? unread("iam:ListOrganizationsFeatures", cause) : organization.central(),
                isOneAccount() ? unread(RootGuardrailReader.ACTION, cause) : organization.guardrails(account.id()),
                unread(SecurityContactReader.ACTION, cause),
                unread("cloudtrail:LookupEvents", cause),
                context.statements().apply(account.id()),
                Instant.now());
    }

    private static <T> Fact<T> unread(String action, Unread cause) {
        return Fact.unread(cause.in(action), new Source(action, Instant.now()));
    }
}
