package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Phase 2: judges what phase 1 read by the policy, and plans the remediation. Calls nothing. */
public final class GapsPhase {

    private final RunContext context;

    public GapsPhase(RunContext context) {
        this.context = context;
    }

    /**
     * Judges and plans. An unchanged result is not stored again.
     *
     * @param scope an account scope names the account
     * @throws InvalidInputException when the account was not read yet, or none that a change is requested of
     */
    public void run(Scope scope, RunSettings settings) {
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
            judge(scope, policy, settings, account);
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

    private void judge(Scope scope, RunPolicy policy, RunSettings settings, String account) {
        AccountState state = context.store()
                .state(account)
                .filter(s -> s.facts() != null)
                .orElseThrow(() -> new InvalidInputException(
                        "Account " + account + " was not read yet. Run the assessment first."));
        PasswordConfirmation statement = context.statements().apply(account);
        AccountFacts facts = statement == null ? state.facts() : state.facts().withConfirmation(statement);
        Gaps gaps = Gaps.judge(scope, policy, facts, settings);
        boolean same = state.plan() != null
                && gaps.findings().equals(state.findings())
                && gaps.plan().changes().equals(state.plan().changes())
                && gaps.plan().pending().equals(state.plan().pending());
        if (!same) {
            context.store().update(account, s -> s.withFacts(facts).withGaps(gaps.findings(), gaps.plan()), false);
        }
    }
}
