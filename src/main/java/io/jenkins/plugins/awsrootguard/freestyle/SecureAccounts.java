package io.jenkins.plugins.awsrootguard.freestyle;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Util;
import hudson.model.Executor;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.aws.RoleChain;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.config.GateOptions;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.report.AccountRow;
import io.jenkins.plugins.awsrootguard.report.FrontEnd;
import io.jenkins.plugins.awsrootguard.report.ManualTasks;
import io.jenkins.plugins.awsrootguard.report.Sentences;
import io.jenkins.plugins.awsrootguard.store.BuildFiles;
import io.jenkins.plugins.awsrootguard.store.BuildLog;
import io.jenkins.plugins.awsrootguard.store.BuildRun;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.PhaseResult;
import io.jenkins.plugins.awsrootguard.store.PlanOptions;
import io.jenkins.plugins.awsrootguard.store.ReadingOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One run of the build step: the phases in order, and the open manual tasks. */
final class SecureAccounts {

    private final SecureRootAccountBuilder step;
    private final Run<?, ?> run;
    private final EnvVars env;
    private final BuildLog log;
    private final BuildRun phases;
    private final BuildStore store;

    SecureAccounts(
            SecureRootAccountBuilder step,
            String policy,
            BuildFiles files,
            Run<?, ?> run,
            EnvVars env,
            TaskListener listener) {
        this.step = step;
        this.run = run;
        this.env = env;
        this.log = new BuildLog(listener);
        this.phases = new BuildRun(run, env, listener, List.of(), policy, files, () -> isStopped(run.getExecutor()));
        this.store = BuildStore.of(run);
    }

    /** Whether the build was stopped, also when an AWS call took the interruption of its thread for a timeout. */
    private static boolean isStopped(Executor executor) {
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

    private ConnectionSpec connection() {
        return new ConnectionSpec(
                step.credentialsId,
                null,
                env.expand(step.accountId),
                env.expand(step.region),
                step.useNode,
                RoleChain.parse(env.expand(step.roleArn), env.expand(step.externalId), step.sessionDuration));
    }

    private PlanOptions planOptions() {
        return new PlanOptions(
                step.adminUser,
                step.adminGroup,
                step.attachToUser,
                PlanOptions.split(step.tags),
                PlanOptions.split(step.deleteKeys),
                step.removeRootPassword,
                step.centralRootManagement,
                PlanOptions.split(step.allowPasswordRecovery),
                PlanOptions.split(step.unlockPolicies));
    }

    private ReadingOptions readingOptions() {
        return new ReadingOptions(
                PlanOptions.split(step.accounts),
                PlanOptions.split(step.organizationalUnits),
                PlanOptions.split(step.exclude),
                step.getParallelism(),
                false,
                step.memberRole,
                0,
                null);
    }

    /** Null, or why the build fails. */
    private String phases() throws IOException, InterruptedException {
        QualityGate gate =
                GateOptions.parse(step.failOn, step.unstableOn, step.unknown, step.unreadAccounts, step.newOnly);
        ConnectionSpec given = connection();
        PhaseResult read = phases.report(given, step.organization, readingOptions());
        ConnectionSpec spec = step.organization ? given : given.forAccount(read.subject());
        // The findings before the changes do not decide the result when changes follow.
        PhaseResult judged = phases.gaps(spec, step.organization, planOptions(), step.apply ? QualityGate.NONE : gate);
        List<AccountRow> accounts = judged.run().accounts();
        String failure;
        if (step.apply) {
            failure = secure(spec, accounts, gate);
        } else {
            phases.secure(spec, step.organization, planOptions(), true, false);
            failure = apply(judged.outcome());
        }
        reportTasks(accounts);
        return failure;
    }

    /** Null, or why the build fails. */
    private String secure(ConnectionSpec spec, List<AccountRow> accounts, QualityGate gate)
            throws IOException, InterruptedException {
        if (!step.approved) {
            accounts.forEach(a -> takeEarlierApproval(a.accountId()));
        }
        PhaseResult.Secured secured = phases.secure(spec, step.organization, planOptions(), false, step.approved);
        accounts.forEach(a -> requestApproval(a.accountId()));
        if (!secured.result().isComplete()) {
            unstable("Not complete: " + secured.shortfall(FrontEnd.FREESTYLE));
        }
        String failure = null;
        boolean isOther = Util.fixEmptyAndTrim(step.validationCredentialsId) != null;
        if (secured.result().signingKeyDeleted() && !isOther) {
            unstable("Not validated: the key that signed the calls is deleted. Set Credentials for validation.");
        } else {
            ConnectionSpec validation = isOther
                    ? new ConnectionSpec(
                            step.validationCredentialsId,
                            "validationCredentialsId",
                            spec.accountId(),
                            spec.region(),
                            false,
                            RoleChain.parse(env.expand(step.validationRoleArn), null, 0))
                    : spec;
            failure = apply(phases.validate(validation, step.organization, readingOptions(), gate)
                    .outcome());
        }
        return secured.result().isFailed()
                ? secured.shortfall(FrontEnd.FREESTYLE)
                        + ". The build page shows what was completed. The next run continues."
                : failure;
    }

    /** Takes an approval from the page of the previous build, given after that build made its changes. */
    private void takeEarlierApproval(String account) {
        Run<?, ?> before = run.getPreviousCompletedBuild();
        BuildStore earlier = before == null ? null : before.getAction(BuildStore.class);
        AccountState state =
                earlier == null ? null : earlier.readableState(account).orElse(null);
        Approval approval = state == null ? null : state.approval();
        if (approval != null && state.securedAt() != null && approval.at().isAfter(state.securedAt())) {
            log.line("Account " + account + ": " + approval.by()
                    + " approved the plan on the page of the previous build");
            store.accounts().update(account, s -> s.withApproval(approval), true);
        }
    }

    /** Requests approval on the build page for changes that were held back because they were not approved. */
    private void requestApproval(String account) {
        AccountState state = state(account);
        if (state.plan() == null || ManualTasks.unapproved(state).isEmpty()) {
            return;
        }
        List<PendingTask> all = new ArrayList<>(state.plan().pending());
        all.removeIf(t -> t.what() == PendingTask.What.PLAN);
        all.add(PendingTask.of(
                PendingTask.What.PLAN, state.facts(), store.branch(List.of()).remediation(account)));
        store.accounts().update(account, s -> s.withPending(all), false);
    }

    /** Makes the build unstable when an account has open manual tasks. */
    private void reportTasks(List<AccountRow> accounts) {
        List<List<PendingTask>> open = accounts.stream()
                .map(a -> ManualTasks.open(state(a.accountId())))
                .filter(tasks -> !tasks.isEmpty())
                .toList();
        if (step.organization && !open.isEmpty()) {
            unstable(Sentences.counted(open.size(), "account") + (open.size() == 1 ? " has" : " have")
                    + " manual tasks, to be confirmed on the page of the account");
        } else {
            open.forEach(tasks ->
                    tasks.forEach(t -> unstable("Manual task, to be confirmed on the build page: " + t.title())));
        }
    }

    /** Null, or why the build fails. */
    private String apply(QualityGate.Outcome outcome) {
        if (outcome.result() == QualityGate.Result.UNSTABLE) {
            run.setResult(Result.UNSTABLE);
        }
        return outcome.result() == QualityGate.Result.FAILED ? "The quality gate failed: " + outcome.reason() : null;
    }

    private void unstable(String reason) {
        log.line(reason);
        run.setResult(Result.UNSTABLE);
    }

    private AccountState state(String account) {
        return store.accounts().state(account).orElseThrow();
    }
}
