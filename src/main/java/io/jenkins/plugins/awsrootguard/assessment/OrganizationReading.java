package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.CentralRootAccess;
import io.jenkins.plugins.awsrootguard.aws.CredentialReportReader;
import io.jenkins.plugins.awsrootguard.aws.RootGuardrailReader;
import io.jenkins.plugins.awsrootguard.aws.SecurityContactReader;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootGuardrail;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootGuardrails;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Organization;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a run reads once for all accounts of an organization.
 *
 * @param guardrails finds those of an account by its id
 * @param ownReport the credential report of the caller's account
 */
record OrganizationReading(
        Organization organization,
        AccountConnection caller,
        Fact<CentralRootManagement> central,
        Fact<Function<String, List<RootGuardrail>>> guardrails,
        SecurityContactReader contacts,
        CredentialReportReader ownReport) {

    static OrganizationReading of(Organization organization, AccountConnection caller, Scope scope) {
        CredentialReportReader ownReport = new CredentialReportReader(caller);
        if (scope.filter().includes(caller.accountId())) {
            // The slowest call of all: AWS generates the report while the other accounts are read.
            ownReport.start();
        }
        return new OrganizationReading(
                organization,
                caller,
                new CentralRootAccess(caller).read(),
                new RootGuardrailReader(caller).read(),
                new SecurityContactReader(),
                ownReport);
    }

    /** Why no call can reach the account, known without one; null when it may be reached. */
    Unread unreachable(Organization.Account account) {
        if (!account.isListed()) {
            return new Unread(Unread.Kind.NOT_LISTED, null, organization.id());
        }
        if (account.id().equals(caller.caller().accountId())) {
            return null;
        }
        if (account.id().equals(organization.managementAccountId())) {
            return new Unread(Unread.Kind.MANAGEMENT_ACCOUNT, null);
        }
        if (caller.caller().isRoot()) {
            return new Unread(Unread.Kind.CALLER_IS_ROOT, null);
        }
        return central.isKnown() && !central.get().sessions() ? new Unread(Unread.Kind.SESSIONS_DISABLED, null) : null;
    }

    /** The credential report of an account: the caller's is requested already. */
    CredentialReportReader report(AccountConnection account) {
        return account.accountId().equals(caller.accountId()) ? ownReport : new CredentialReportReader(account);
    }

    /** The cause with the service control policies that deny root sessions in the account, if there are any. */
    Unread withPolicies(String accountId, Unread cause) {
        Fact<RootGuardrails> policies = guardrails(accountId);
        if (!cause.isDenied() || !policies.isKnown()) {
            return cause;
        }
        String names = policies.get().policies().stream()
                .filter(RootGuardrail::deniesRootSessions)
                .map(RootGuardrail::displayName)
                .collect(Collectors.joining(", "));
        return names.isEmpty()
                ? cause
                : new Unread(Unread.Kind.DENIED_BY_SCP, cause.action(), cause.principal(), cause.subject(), names);
    }

    Fact<RootGuardrails> guardrails(String accountId) {
        if (accountId.equals(organization.managementAccountId())) {
            return Fact.known(RootGuardrails.NOT_APPLICABLE, guardrails.source());
        }
        return guardrails.isKnown()
                ? Fact.known(new RootGuardrails(true, guardrails.get().apply(accountId)), guardrails.source())
                : Fact.unread(guardrails.unread(), guardrails.source());
    }
}
