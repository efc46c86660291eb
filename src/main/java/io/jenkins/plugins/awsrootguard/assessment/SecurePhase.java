package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.assessment.FanOut.StopGate;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.CentralRootAccess;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Phase 3: carries out the plans of every account of a scope, each on one thread, many at a time. */
public record SecurePhase(RunContext context) {

    /** How many accounts with open changes the result has. */
    private static final int SHOWN = 20;

    /**
     * Judges and plans again by the settings, then carries out what is planned and not made yet.
     *
     * <p>When the run is stopped, each account completes the change in progress and begins no other ({@link
     * SecureResult#stopped()}). The interrupted status is cleared then, so that files can still be written.
     *
     * @param scope an account scope names the account
     * @param dryRun whether to report only what would be changed
     * @throws InvalidInputException when the account was not read yet, or the caller is a root user and the scope an organization
     */
    public SecureResult run(Scope scope, RunSettings settings, ApprovalSource approvals, boolean dryRun) {
        settings.check(scope);
        String subject = scope.accountId();
        if (scope.isOrganization()) {
            subject = context.store()
                    .header()
                    .filter(RunHeader::isOrganization)
                    .map(h -> h.organization().id())
                    .orElseThrow(() ->
                            new InvalidInputException("The organization was not read yet. Run the assessment first."));
        }
        return context.connected(scope, new AtomicReference<>(subject), caller -> {
            if (scope.isOrganization() && !dryRun && caller.caller().isRoot()) {
                throw new InvalidInputException("A root user cannot open root sessions. Use a role or user of the"
                        + " management account, or secure one account.");
            }
            Scope resolved = scope.isOrganization() ? scope : Scope.account(caller.accountId());
            readAgain(resolved, settings, caller);
            new GapsPhase(context).run(resolved, settings, true);
            return carryOut(caller, resolved, settings, approvals, dryRun);
        });
    }

    /** An account that was read with another access method, which may have seen less, is read again. */
    private void readAgain(Scope scope, RunSettings settings, AccountConnection caller) {
        if (scope.isOrganization()) {
            return;
        }
        boolean other = context.store()
                .state(scope.accountId())
                .map(AccountState::facts)
                .filter(f -> f != null && f.route() != caller.accessMethod())
                .isPresent();
        if (other) {
            context.log().line("Reading the account again: the access method has changed");
            new AssessmentPhase(context).run(caller, scope, settings);
        }
    }

    private SecureResult carryOut(
            AccountConnection caller, Scope scope, RunSettings settings, ApprovalSource approvals, boolean dryRun) {
        Queue<Result> results = new ConcurrentLinkedQueue<>();
        List<String> accounts = planned(scope);
        Instant start = Instant.now();
        StopGate gate = new StopGate(true);
        AccountSecurer securer = new AccountSecurer(
                context,
                caller,
                scope,
                settings,
                approvals,
                dryRun,
                CentralRootAccess.readOnce(caller),
                () -> gate.isStopped() || context.stopped().getAsBoolean(),
                new MemberCalls());
        FanOut<String, AccountSecurer.Secured> fanOut = new FanOut<>(
                scope.isOrganization() ? settings.parallelism() : 1,
                securer,
                secured -> results.add(store(secured, dryRun)),
                scope.isOrganization() ? context.log()::line : line -> {},
                new Progress("could not be changed completely", start),
                gate,
                context.stopped());
        fanOut.run(accounts::forEach);
        context.store().flush();
        return result(caller, dryRun, results, fanOut.stopped());
    }

    private List<String> planned(Scope scope) {
        return scope.isOrganization()
                ? context.store().accounts().stream()
                        .filter(a -> a.planned() > 0)
                        .map(AccountEntry::id)
                        .toList()
                : List.of(scope.accountId());
    }

    /** @param name the id and the name of the account */
    private record Result(String name, AccountSecurer.Secured secured) {

        Stream<ChangeRecord> records() {
            return secured.records().stream();
        }

        /** Empty when every change was made, or would be. */
        Stream<SecureResult.Shortfall> shortfall() {
            Optional<ChangeRecord> first = records()
                    .filter(r -> r.outcome() != Outcome.DONE && r.outcome() != Outcome.WOULD_DO)
                    .min(Comparator.comparing(r -> r.outcome() == Outcome.SKIPPED));
            return secured.cause() == null && first.isEmpty()
                    ? Stream.of()
                    : Stream.of(
                            new SecureResult.Shortfall(secured.accountId(), name, secured.cause(), first.orElse(null)));
        }
    }

    private Result store(AccountSecurer.Secured secured, boolean dryRun) {
        String account = secured.accountId();
        context.evidence().calls(account, secured.calls());
        context.store().update(account, s -> after(AccountSecurer.known(s, account), secured, dryRun), false);
        AccountEntry entry = context.store().account(account).orElseThrow();
        context.log().changed(entry, secured.records());
        return new Result(entry.displayName(), secured);
    }

    private static AccountState after(AccountState state, AccountSecurer.Secured secured, boolean dryRun) {
        if (!dryRun) {
            return state.withSecured(Instant.now());
        }
        AccountState after = state.withoutDryRun();
        for (ChangeRecord entry : secured.records()) {
            if (entry.outcome() == Outcome.WOULD_DO) {
                after = after.withChange(entry);
            }
        }
        return after;
    }

    private static SecureResult result(
            AccountConnection caller, boolean dryRun, Collection<Result> results, StopCause stopped) {
        List<SecureResult.Shortfall> open =
                results.stream().flatMap(Result::shortfall).toList();
        Map<Outcome, Integer> counts = results.stream()
                .flatMap(Result::records)
                .collect(Collectors.toMap(ChangeRecord::outcome, r -> 1, Integer::sum));
        boolean signingKeyDeleted = results.stream()
                .flatMap(Result::records)
                .anyMatch(r -> r.kind() == ChangeKind.DELETE_ROOT_ACCESS_KEY
                        && r.outcome() == Outcome.DONE
                        && caller.signs(r.target()));
        return new SecureResult(
                dryRun,
                results.size(),
                Map.copyOf(counts),
                open.subList(0, Math.min(SHOWN, open.size())),
                open.size(),
                signingKeyDeleted,
                stopped);
    }
}
