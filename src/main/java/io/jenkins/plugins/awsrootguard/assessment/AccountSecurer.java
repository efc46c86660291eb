package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.CallCount;
import io.jenkins.plugins.awsrootguard.aws.CallLog;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Printable;
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
 * Carries out the plan of one account. Whatever goes wrong with AWS is the outcome of this account and of no other; only what
 * cannot be stored ends the run. Thread-safe.
 */
final class AccountSecurer implements FanOut.Work<String, RemediationOutcome> {

    private final RunContext context;
    private final AccountConnection caller;
    private final Scope scope;
    private final RunSettings settings;
    private final ApprovalSource approvals;
    private final boolean dryRun;
    private final RemediationPlan special;
    private final Supplier<Fact<CentralRootManagement>> central;
    private final BooleanSupplier stopped;
    private final MemberCalls made = new MemberCalls();

    /** @param special carried out instead of what is planned for the account; null for none */
    AccountSecurer(
            RunContext context,
            AccountConnection caller,
            Scope scope,
            RunSettings settings,
            ApprovalSource approvals,
            boolean dryRun,
            RemediationPlan special,
            BooleanSupplier stopped) {
        this.context = context;
        this.caller = caller;
        this.scope = scope;
        this.settings = settings;
        this.approvals = approvals;
        this.dryRun = dryRun;
        this.special = special;
        this.central = Remediation.readCentralOnce(caller);
        this.stopped = stopped;
    }

    /** What the store threw: it must not be taken for a failure of the account. */
    private static final class NotStored extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient RuntimeException because;

        NotStored(RuntimeException because) {
            super(because);
            this.because = because;
        }
    }

    @Override
    public RemediationOutcome on(String account) {
        long before = CallCount.ofThisThread();
        List<ChangeRecord> records = new ArrayList<>();
        String reason = null;
        try (CallLog.Scope ignored = made.of(account)) {
            if (scope.isOrganization()) {
                try (AccountConnection connection = caller.memberUnopened(account)) {
                    apply(connection, account, records);
                }
            } else {
                apply(caller, account, records);
            }
        } catch (NotStored e) {
            throw e.because;
        } catch (AwsAccessException e) {
            reason = e.getMessage();
        } catch (RuntimeException e) {
            // A mistake of ours or an answer nobody foresaw: it must not cost the other accounts.
            reason = "Unexpected " + e.getClass().getSimpleName() + ": " + Printable.text(e.getMessage(), 200);
        }
        return new RemediationOutcome(account, records, reason, CallCount.ofThisThread() - before, made.take(account));
    }

    private void apply(AccountConnection connection, String account, List<ChangeRecord> records) {
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
                settings.thresholds(),
                approval,
                new Remediation.Run(
                        dryRun,
                        entry -> record(account, entry, records),
                        scope.isOrganization() ? line -> {} : context.log(),
                        central,
                        stopped));
    }

    private AccountState state(String account) {
        AccountState state = context.store().state(account).orElseGet(() -> AccountState.unread(account));
        return special == null ? state : state.withPlan(special);
    }

    private static RemediationPlan unmade(AccountState state) {
        RemediationPlan plan = state.plan();
        return new RemediationPlan(plan.accountId(), plan.plannedAt(), state.unmade(), List.of());
    }

    /** A dry run is stored once, when it has ended. */
    private void record(String account, ChangeRecord entry, List<ChangeRecord> records) {
        if (!dryRun) {
            store(() -> {
                context.store()
                        .update(account, s -> known(s, account).withoutDryRun().withChange(entry), true);
                // The calls that led to the change stand before it.
                context.evidence().calls(account, made.take(account));
                context.evidence().change(account, entry);
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

    /** Not begun. Each change is reported so, and none is journalled, because none was tried. */
    @Override
    public RemediationOutcome stopped(String account) {
        List<ChangeRecord> records = state(account).unmade().stream()
                .map(c -> ChangeRecord.skipped(c, Remediation.STOPPED))
                .toList();
        return new RemediationOutcome(
                account, records, "The run was stopped before this account.", 0, made.soFar(account));
    }
}
