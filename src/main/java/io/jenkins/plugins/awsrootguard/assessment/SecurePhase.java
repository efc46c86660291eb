package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.CallCount;
import io.jenkins.plugins.awsrootguard.aws.CallLog;
import io.jenkins.plugins.awsrootguard.facts.CallRecord;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.Remediation;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Phase 3: carries out the plans of every account of a scope, each on one thread, many at a time. */
public final class SecurePhase {

    /** How many accounts the result names. */
    private static final int NAMED = 20;

    private final RunContext context;

    public SecurePhase(RunContext context) {
        this.context = context;
    }

    /**
     * Judges and plans again by the settings, then carries out what is planned and not made yet.
     *
     * <p>When the run is stopped, each account finishes the change that is under way and begins no other, and the result says so
     * ({@link SecureResult#stopped()}). The interrupted status is cleared then, so that files can still be written.
     *
     * @param scope an account scope names the account
     * @param approvals asked for each account's plan
     * @param dryRun whether to report only what would be changed
     * @throws InvalidInputException when nothing was read yet, or the caller is a root user and the scope an organization
     */
    public SecureResult run(Scope scope, RunSettings settings, ApprovalSource approvals, boolean dryRun) {
        settings.check(scope);
        return connected(scope, (caller, resolved) -> {
            if (scope.isOrganization() && !dryRun && caller.caller().isRoot()) {
                throw new InvalidInputException("A root user cannot open root sessions. Use a role or user of the"
                        + " management account, or secure one account.");
            }
            readAgain(resolved, settings, caller);
            new GapsPhase(context).run(resolved, settings);
            return carryOut(caller, resolved, settings, approvals, dryRun, null);
        });
    }

    /**
     * Carries out a plan that is not made from findings, for example to enable central root management.
     *
     * @param planner makes the plan of the account of the scope
     */
    public SecureResult run(
            Scope scope,
            RunSettings settings,
            Function<AccountConnection, RemediationPlan> planner,
            ApprovalSource approvals,
            boolean dryRun) {
        return connected(
                scope,
                (caller, resolved) -> carryOut(caller, resolved, settings, approvals, dryRun, planner.apply(caller)));
    }

    /** @param body gets the connection, and the scope with its account where the credentials name it */
    private SecureResult connected(Scope scope, BiFunction<AccountConnection, Scope, SecureResult> body) {
        Queue<CallRecord> calls = new ConcurrentLinkedQueue<>();
        String[] subject = {
            scope.isOrganization()
                    ? context.store()
                            .header()
                            .filter(RunHeader::isOrganization)
                            .map(h -> h.organization().id())
                            .orElseThrow(() -> new InvalidInputException(
                                    "The organization was not read yet. Run the assessment first."))
                    : scope.accountId()
        };
        try (CallLog.Scope ignored = CallLog.tell(calls::add)) {
            AccountConnection caller = context.connections().open(scope);
            try {
                if (scope.isOrganization()) {
                    return body.apply(caller, scope);
                }
                subject[0] = caller.accountId();
                return body.apply(caller, Scope.account(caller.accountId()));
            } finally {
                context.connections().release(caller);
            }
        } finally {
            if (subject[0] != null) {
                context.evidence().calls(subject[0], List.copyOf(calls));
            }
        }
    }

    /** An account that was read with another access method, which may have seen less, is read again. */
    private void readAgain(Scope scope, RunSettings settings, AccountConnection caller) {
        if (scope.isOrganization()) {
            return;
        }
        boolean other = context.store()
                .state(scope.accountId())
                .map(AccountState::facts)
                .filter(f -> f != null && f.route() != caller.route())
                .isPresent();
        if (other) {
            context.log().line("Reading the account again: the access method is another one than before");
            new AssessmentPhase(context).reading(scope, settings).account(caller);
        }
    }

    private SecureResult carryOut(
            AccountConnection caller,
            Scope scope,
            RunSettings settings,
            ApprovalSource approvals,
            boolean dryRun,
            RemediationPlan special) {
        Tally tally = new Tally(caller, dryRun);
        List<String> accounts = planned(scope);
        Instant start = Instant.now();
        long before = CallCount.ofThisThread();
        StopGate gate = new StopGate(true);
        AccountSecurer securer = new AccountSecurer(
                context,
                caller,
                scope,
                settings,
                approvals,
                dryRun,
                special,
                Remediation.readCentralOnce(caller),
                () -> gate.isStopped() || context.stopped().getAsBoolean(),
                new MemberCalls());
        FanOut<String, AccountSecurer.Secured> fanOut = new FanOut<>(
                scope.isOrganization() ? settings.parallelism() : 1,
                securer,
                tally::take,
                scope.isOrganization() ? context.log() : line -> {},
                new Progress(Progress.Doing.CHANGING, start),
                gate,
                context.stopped());
        fanOut.run(accounts::forEach);
        context.store().flush();
        return tally.result(fanOut.accounts(), fanOut.calls() + CallCount.ofThisThread() - before, fanOut.stopped());
    }

    private List<String> planned(Scope scope) {
        return scope.isOrganization()
                ? context.store().accounts().stream()
                        .filter(a -> a.planned() > 0)
                        .map(AccountEntry::id)
                        .toList()
                : List.of(scope.accountId());
    }

    /** Stores and adds up what came of the accounts. Thread-safe. */
    private final class Tally {

        private final AccountConnection caller;
        private final boolean dryRun;
        private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        private final List<SecureResult.Shortfall> open = new ArrayList<>();
        private int openAccounts;
        private boolean signingKeyDeleted;

        Tally(AccountConnection caller, boolean dryRun) {
            this.caller = caller;
            this.dryRun = dryRun;
        }

        void take(AccountSecurer.Secured outcome) {
            String account = outcome.accountId();
            context.evidence().calls(account, outcome.calls());
            context.store().update(account, s -> after(AccountSecurer.known(s, account), outcome), false);
            AccountEntry entry = context.store().account(account).orElseThrow();
            add(entry.displayName(), outcome);
            context.log().changed(entry, outcome.records());
        }

        private synchronized void add(String name, AccountSecurer.Secured outcome) {
            outcome.records().forEach(r -> counts.merge(r.outcome(), 1, Integer::sum));
            signingKeyDeleted |= outcome.records().stream()
                    .anyMatch(r -> r.kind() == ChangeKind.DELETE_ROOT_ACCESS_KEY
                            && r.outcome() == Outcome.DONE
                            && caller.signs(r.target()));
            Optional<ChangeRecord> first = outcome.records().stream()
                    .filter(r -> r.outcome() != Outcome.DONE && r.outcome() != Outcome.WOULD_DO)
                    .min(Comparator.comparing(r -> r.outcome() == Outcome.SKIPPED));
            if (outcome.cause() != null || first.isPresent()) {
                openAccounts++;
                if (open.size() < NAMED) {
                    open.add(
                            new SecureResult.Shortfall(outcome.accountId(), name, outcome.cause(), first.orElse(null)));
                }
            }
        }

        private AccountState after(AccountState state, AccountSecurer.Secured outcome) {
            if (!dryRun) {
                return state.withSecured(Instant.now());
            }
            AccountState after = state.withoutDryRun();
            for (ChangeRecord entry : outcome.records()) {
                if (entry.outcome() == Outcome.WOULD_DO) {
                    after = after.withChange(entry);
                }
            }
            return after;
        }

        synchronized SecureResult result(int accounts, long calls, StopCause stopped) {
            return new SecureResult(
                    dryRun,
                    accounts,
                    Map.copyOf(counts),
                    List.copyOf(open),
                    openAccounts,
                    calls,
                    signingKeyDeleted,
                    stopped);
        }
    }
}
