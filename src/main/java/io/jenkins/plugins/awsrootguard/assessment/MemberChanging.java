package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.CallCount;
import io.jenkins.plugins.awsrootguard.aws.CallLog;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.Remediation;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.Surroundings;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries out one account's plan. Whatever goes wrong with AWS is this account's outcome and nobody else's; only what can't be
 * recorded ends the run. Thread-safe.
 */
final class MemberChanging implements FanOut.Work<RemediationPlan, RemediationOutcome> {

    private final AccountConnection caller;
    private final OrganizationSettings settings;
    private final OrganizationApproval approval;
    private final boolean dryRun;
    private final AccountJournal journal;
    private final Surroundings surroundings;
    private final MemberCalls made = new MemberCalls();

    MemberChanging(
            AccountConnection caller,
            OrganizationSettings settings,
            OrganizationApproval approval,
            boolean dryRun,
            AccountJournal journal,
            Surroundings surroundings) {
        this.caller = caller;
        this.settings = settings;
        this.approval = approval;
        this.dryRun = dryRun;
        this.journal = journal;
        this.surroundings = surroundings;
    }

    /** What the journal threw: it must not be taken for a failure of the account. */
    private static final class NotRecorded extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient RuntimeException because;

        NotRecorded(RuntimeException because) {
            super(because);
            this.because = because;
        }
    }

    @Override
    public RemediationOutcome on(RemediationPlan plan) {
        String account = plan.accountId();
        long before = CallCount.ofThisThread();
        List<ChangeRecord> records = new ArrayList<>();
        String reason = null;
        try (CallLog.Scope ignored = made.of(account);
                AccountConnection connection = caller.memberUnopened(account)) {
            Remediation.apply(
                    connection,
                    plan,
                    settings.remediation().forAccount(account),
                    settings.thresholds(),
                    approval == null ? null : approval.of(account),
                    dryRun,
                    entry -> record(account, entry, records),
                    line -> {},
                    surroundings);
        } catch (NotRecorded e) {
            throw e.because;
        } catch (AwsAccessException e) {
            reason = e.getMessage();
        } catch (RuntimeException e) {
            // A mistake of ours or an answer nobody foresaw: it must not cost the other accounts.
            reason = "unexpected " + e.getClass().getSimpleName() + ": " + Printable.text(e.getMessage(), 200);
        }
        return new RemediationOutcome(account, records, reason, CallCount.ofThisThread() - before, made.soFar(account));
    }

    private void record(String account, ChangeRecord entry, List<ChangeRecord> records) {
        try {
            journal.record(account, entry);
        } catch (RuntimeException e) {
            throw new NotRecorded(e);
        }
        int last = records.size() - 1;
        if (last >= 0 && records.get(last).outcome() == Outcome.STARTED) {
            records.remove(last);
        }
        records.add(entry);
    }

    /** Not begun: each change is told as such, and journalled by nobody, for nothing was tried. */
    @Override
    public RemediationOutcome stopped(RemediationPlan plan) {
        List<ChangeRecord> records = plan.changes().stream()
                .map(c -> ChangeRecord.skipped(c, Remediation.STOPPED))
                .toList();
        return new RemediationOutcome(
                plan.accountId(), records, "the run was stopped before it was begun", 0, made.soFar(plan.accountId()));
    }
}
