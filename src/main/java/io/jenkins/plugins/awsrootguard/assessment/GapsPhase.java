package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.LockedResource;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RequestedChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Phase 2: judges what phase 1 read by the policy, and plans the remediation. It reads only the policies of buckets and queues
 * that are to be deleted.
 */
public record GapsPhase(RunContext context) {

    /**
     * Judges and plans. An unchanged result is not stored again.
     *
     * @param scope an account scope names the account
     * @throws InvalidInputException when the account was not read yet, or none that a change is requested of
     */
    public void run(Scope scope, RunSettings settings) {
        run(scope, settings, false);
    }

    /** @param shown whether the stored plan was shown: a policy that it does not have is not planned to be deleted */
    void run(Scope scope, RunSettings settings, boolean shown) {
        settings.check(scope);
        RunPolicy policy = policy(scope, settings);
        List<String> accounts = accounts(scope);
        settings.remediation().requested().accounts().stream()
                .filter(requested -> !accounts.contains(requested))
                .findFirst()
                .ifPresent(requested -> {
                    throw new InvalidInputException("A change is requested of account " + requested
                            + ", which this run did not read. Select the account, or correct its id.");
                });
        for (String account : accounts) {
            judge(scope, policy, settings, account, shown);
        }
        context.store().flush();
    }

    /** The policy of the run from now on; which accounts are in an organizational unit was read by phase 1. */
    private RunPolicy policy(Scope scope, RunSettings settings) {
        Optional<RunHeader> header = context.store().header();
        RunPolicy policy = RunPolicy.of(
                settings.policy(), header.map(h -> h.policy().units()).orElse(Map.of()));
        header.filter(h -> h.isOrganization() == scope.isOrganization()
                        && !h.policy().equals(policy))
                .ifPresent(h -> context.store().write(h.judgedBy(settings.policy(), policy)));
        return policy;
    }

    private List<String> accounts(Scope scope) {
        if (scope.isOrganization()) {
            return context.store().accounts().stream()
                    .filter(a -> a.reading().outcome() == AccountReading.Outcome.READ)
                    .map(AccountEntry::id)
                    .toList();
        }
        return List.of(scope.accountId());
    }

    /** The policies of buckets and queues that are to be deleted: those that an earlier plan shows are not read again. */
    private List<PlannedChange> unlocks(Scope scope, RunSettings settings, AccountState state, boolean shown) {
        List<PlannedChange> unlocks = new ArrayList<>();
        for (LockedResource resource : settings.remediation().requested().locked(state.accountId())) {
            Stream<PlannedChange> planned = state.plan() == null ? Stream.of() : state.plan().changes().stream();
            planned.filter(c -> !c.isBlocked() && c.target().startsWith(resource.id() + " "))
                    .findFirst()
                    .or(() -> context.connected(
                                    scope,
                                    new AtomicReference<>(state.accountId()),
                                    caller -> unlock(scope, caller, resource))
                            .map(c -> shown && !c.isBlocked() ? RequestedChanges.notShown(resource) : c))
                    .ifPresent(unlocks::add);
        }
        return unlocks;
    }

    private static Optional<PlannedChange> unlock(Scope scope, AccountConnection caller, LockedResource resource) {
        AccountConnection account = scope.isOrganization() ? caller.memberUnopened(resource.accountId()) : caller;
        return Optional.ofNullable(RequestedChanges.unlock(resource, account));
    }

    private void judge(Scope scope, RunPolicy policy, RunSettings settings, String account, boolean shown) {
        AccountState state = context.store()
                .state(account)
                .filter(s -> s.facts() != null)
                .orElseThrow(() -> new InvalidInputException(
                        "Account " + account + " was not read yet. Run the assessment first."));
        PasswordConfirmation statement = context.statements().apply(account);
        AccountFacts facts = statement == null ? state.facts() : state.facts().withConfirmation(statement);
        Set<String> parents = policy.parents(account);
        Findings findings = scope.isOrganization()
                ? Controls.judgeMember(facts, settings.policy(), parents)
                : Controls.judge(facts, settings.policy(), parents);
        RemediationPlan plan = settings.plan(scope, facts, findings).with(unlocks(scope, settings, state, shown));
        boolean same = state.plan() != null
                && findings.equals(state.findings())
                && plan.changes().equals(state.plan().changes())
                && plan.pending().equals(state.plan().pending());
        if (!same) {
            context.store().update(account, s -> s.withFacts(facts).withGaps(findings, plan), false);
        }
    }
}
