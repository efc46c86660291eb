package io.jenkins.plugins.awsrootguard.freestyle;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.model.Executor;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.assessment.UnknownPolicy;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.config.GateOptions;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.Instructions;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.report.AccountRow;
import io.jenkins.plugins.awsrootguard.report.Waiting;
import io.jenkins.plugins.awsrootguard.store.BuildLog;
import io.jenkins.plugins.awsrootguard.store.BuildRun;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.PhaseResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One run of the build step: the phases one after the other, and the manual tasks that are left. */
final class SecureAccounts {

    /** What is judged before the changes decides nothing when changes follow. */
    private static final QualityGate OPEN = new QualityGate(null, null, UnknownPolicy.IGNORE, UnknownPolicy.IGNORE);

    private final SecureRootAccountBuilder step;
    private final Run<?, ?> run;
    private final EnvVars env;
    private final BuildLog log;
    private final BuildRun phases;
    private final BuildStore store;

    SecureAccounts(SecureRootAccountBuilder step, Run<?, ?> run, EnvVars env, TaskListener listener) {
        this.step = step;
        this.run = run;
        this.env = env;
        this.log = new BuildLog(listener);
        this.phases = new BuildRun(run, env, listener, List.of(), () -> isStopped(run));
        this.store = BuildStore.of(run);
    }

    /**
     * Whether the build was stopped, also where the interruption of its thread was lost: an AWS call can mistake one for its
     * timeout.
     */
    private static boolean isStopped(Run<?, ?> run) {
        Executor executor = run.getExecutor();
        return executor != null
                && (executor.isInterrupted()
                        || !executor.getCausesOfInterruption().isEmpty());
    }

    void run() throws IOException, InterruptedException {
        String failure = BuildRun.orAbort(this::phases);
        if (failure != null) {
            throw new AbortException(failure);
        }
    }

    /** Null, or why the build fails. */
    private String phases() throws IOException, InterruptedException {
        QualityGate gate = GateOptions.parse(step.failOn, step.unstableOn, step.unknown, step.unreadAccounts);
        ConnectionSpec given = step.connection(env);
        boolean all = step.organization;
        PhaseResult read = phases.report(given, all, step.readingOptions());
        ConnectionSpec spec = all ? given : given.forAccount(read.subject());
        PhaseResult judged = phases.gaps(spec, all, step.planOptions(), step.apply ? OPEN : gate);
        String failure;
        if (step.apply) {
            failure = secure(spec, judged.run().accounts(), gate);
        } else {
            phases.secure(spec, all, step.planOptions(), true, false);
            failure = apply(judged.outcome());
        }
        leaveTasks(judged.run().accounts());
        return failure;
    }

    /** Null, or why the build fails. */
    private String secure(ConnectionSpec spec, List<AccountRow> accounts, QualityGate gate)
            throws IOException, InterruptedException {
        if (!step.approved) {
            accounts.forEach(a -> takeEarlierApproval(a.accountId()));
        }
        PhaseResult.Secured secured = phases.secure(spec, step.organization, step.planOptions(), false, step.approved);
        accounts.forEach(a -> askForApproval(a.accountId()));
        if (!secured.result().isComplete()) {
            log.line("Not complete: " + secured.shortfall());
            run.setResult(Result.UNSTABLE);
        }
        String judged = validate(spec, secured, gate);
        return secured.result().isFailed()
                ? secured.shortfall() + ". The build page shows what was completed. The next run continues."
                : judged;
    }

    private String validate(ConnectionSpec spec, PhaseResult.Secured secured, QualityGate gate)
            throws IOException, InterruptedException {
        if (secured.result().signingKeyDeleted() && !step.hasValidationCredentials()) {
            log.line("Not validated: the key that signed the calls is deleted. Set Credentials for validation.");
            run.setResult(Result.UNSTABLE);
            return null;
        }
        return apply(phases.validate(
                        step.validationConnection(env, spec.accountId()),
                        step.organization,
                        step.readingOptions(),
                        gate)
                .outcome());
    }

    /** Takes an approval given on the page of the last build after that build completed, so that it is not carried out yet. */
    private void takeEarlierApproval(String account) {
        Run<?, ?> before = run.getPreviousCompletedBuild();
        BuildStore earlier = before == null ? null : before.getAction(BuildStore.class);
        if (earlier == null) {
            return;
        }
        earlier.readableState(account)
                .filter(s -> s.approval() != null
                        && s.securedAt() != null
                        && s.approval().at().isAfter(s.securedAt()))
                .ifPresent(s -> take(account, s.approval()));
    }

    private void take(String account, Approval approval) {
        log.line("Account " + account + ": " + approval.by() + " approved the plan on the page of the previous build");
        store.accounts().update(account, s -> s.withApproval(approval), true);
    }

    /** Asks on the build page to approve what was held back for want of approval; the next build carries it out. */
    private void askForApproval(String account) {
        AccountState state = store.accounts().state(account).orElseThrow();
        if (state.plan() == null || Waiting.unapproved(state).isEmpty()) {
            return;
        }
        List<PendingTask> all = new ArrayList<>(state.plan().pending());
        all.removeIf(t -> t.what() == PendingTask.What.PLAN);
        all.add(Instructions.forTask(PendingTask.What.PLAN, state.facts(), store.settings(account)));
        store.accounts().update(account, s -> s.withPending(all), false);
    }

    private void leaveTasks(List<AccountRow> accounts) {
        int waiting = 0;
        for (AccountRow account : accounts) {
            List<PendingTask> open =
                    Waiting.tasks(store.accounts().state(account.accountId()).orElseThrow());
            waiting += open.isEmpty() ? 0 : 1;
            if (!step.organization) {
                open.forEach(t -> log.line("Manual task, to be confirmed on the build page: " + t.title()));
            }
        }
        if (waiting > 0) {
            if (step.organization) {
                log.line(waiting + (waiting == 1 ? " account has" : " accounts have")
                        + " manual tasks, to be confirmed on the page of the account");
            }
            run.setResult(Result.UNSTABLE);
        }
    }

    /** Null, or why the build fails. */
    private String apply(QualityGate.Outcome outcome) {
        if (outcome.result() == QualityGate.Result.UNSTABLE) {
            run.setResult(Result.UNSTABLE);
        }
        return outcome.result() == QualityGate.Result.FAILED ? "The quality gate failed: " + outcome.reason() : null;
    }
}
