package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.CallLog;
import io.jenkins.plugins.awsrootguard.aws.CallLog.Call;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.Remediation;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Carries out the plan of one account. A failure of AWS is the result of this account and of no other; a failure of the store
 * ends the run. Thread-safe.
 *
 * @param made the calls that are not recorded as evidence yet
 */
record AccountSecurer(
        RunContext context,
        AccountConnection caller,
        Scope scope,
        RunSettings settings,
        ApprovalSource approvals,
        boolean dryRun,
        Supplier<Fact<CentralRootManagement>> central,
        BooleanSupplier stopped,
        MemberCalls made)
        implements FanOut.Work<String, AccountSecurer.Secured> {

    /**
     * What was done in one account.
     *
     * @param records one a change, in the order of the plan; the last one is STARTED when it isn't known how it ended
     * @param cause why the plan could not be carried out as a whole; null when each change has its own record
     */
    record Secured(String accountId, List<ChangeRecord> records, Unread cause, List<Call> calls)
            implements FanOut.Outcome {

        Secured {
            records = List.copyOf(records);
        }

        /** Whether a change failed, or has no known end. A change without approval or held back is not missing. */
        @Override
        public boolean isMissing() {
            return cause != null
                    || records.stream().anyMatch(r -> r.outcome() == Outcome.FAILED || r.outcome() == Outcome.STARTED);
        }
    }

    /** An exception of the store, which must not count as a failure of the account. */
    private static final class NotStored extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotStored(RuntimeException cause) {
            super(cause);
        }
    }

    @Override
    public Secured on(String account) {
        List<ChangeRecord> records = new ArrayList<>();
        Unread cause = null;
        AccountConnection connection = scope.isOrganization() ? caller.memberUnopened(account) : caller;
        try (CallLog.Scope ignored = made.of(account)) {
            AccountState state = state(account);
            RemediationSettings mine = settings.remediation(scope, account);
            Approval approval = approvals.of(state, mine);
            if (!dryRun && approval != null && !Objects.equals(approval, state.standingApproval())) {
                store(() -> {
                    context.store().update(account, s -> known(s, account).withApproval(approval), true);
                    context.evidence().approval(account, approval);
                });
            }
            Remediation.apply(
                    connection,
                    unmade(state),
                    mine,
                    settings.enforced(state.findings()),
                    approval,
                    new Remediation.Run(
                            dryRun,
                            entry -> record(state, entry, records),
                            scope.isOrganization() ? line -> {} : context.log()::line,
                            central,
                            stopped));
        } catch (NotStored e) {
            throw (RuntimeException) e.getCause();
        } catch (RuntimeException e) {
            // Also an error of this plugin or an unknown answer: it must not stop the other accounts.
            cause = AccountAssessor.cause(e);
        }
        return new Secured(account, records, cause, made.take(account));
    }

    private AccountState state(String account) {
        return context.store().state(account).orElseGet(() -> AccountState.unread(account));
    }

    private static RemediationPlan unmade(AccountState state) {
        RemediationPlan plan = state.plan();
        return new RemediationPlan(plan.accountId(), plan.plannedAt(), state.unmade(), List.of(), List.of());
    }

    /** A dry run is stored once, when it has ended. */
    private void record(AccountState planned, ChangeRecord entry, List<ChangeRecord> records) {
        if (!dryRun) {
            String account = planned.accountId();
            String description = planned.plan().changes().stream()
                    .filter(c -> c.id().equals(entry.id()))
                    .findFirst()
                    .orElseThrow()
                    .descriptionWithPolicy();
            store(() -> {
                context.store()
                        .update(account, s -> known(s, account).withoutDryRun().withChange(entry), true);
                // The calls that led to the change are recorded before it.
                context.evidence().calls(account, made.take(account));
                context.evidence().change(account, entry, description);
            });
        }
        int last = records.size() - 1;
        if (last >= 0 && records.get(last).outcome() == Outcome.STARTED) {
            records.remove(last);
        }
        records.add(entry);
    }

    static AccountState known(AccountState stored, String account) {
        return stored == null ? AccountState.unread(account) : stored;
    }

    private static void store(Runnable update) {
        try {
            update.run();
        } catch (RuntimeException e) {
            throw new NotStored(e);
        }
    }

    /** Each change is reported as skipped, and none is journalled, because none was tried. */
    @Override
    public Secured stopped(String account) {
        List<ChangeRecord> records = state(account).unmade().stream()
                .map(c -> ChangeRecord.skipped(c, null, Remediation.STOPPED))
                .toList();
        Unread cause = new Unread(Unread.Kind.NOT_CHANGED, null);
        return new Secured(account, records, cause, made.soFar(account));
    }
}
