package io.jenkins.plugins.awsrootguard.freestyle;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.AssessmentSettings;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.assessment.UnknownPolicy;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.config.GateOptions;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.Instructions;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.report.Waiting;
import io.jenkins.plugins.awsrootguard.store.BuildAccount;
import io.jenkins.plugins.awsrootguard.store.BuildLog;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.JenkinsPhases;
import io.jenkins.plugins.awsrootguard.store.Judged;
import io.jenkins.plugins.awsrootguard.store.OneLine;
import io.jenkins.plugins.awsrootguard.store.Secured;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One run of the build step: the phases one after the other, and what is left to a person. */
final class SecureRootAccount {

    /** What is judged before anything was done decides nothing, when something is about to be done. */
    static final QualityGate OPEN = new QualityGate(null, null, UnknownPolicy.IGNORE);

    private final SecureRootAccountBuilder step;
    private final Run<?, ?> run;
    private final EnvVars env;
    private final BuildLog log;
    private final JenkinsPhases phases;
    private final BuildStore action;

    SecureRootAccount(SecureRootAccountBuilder step, Run<?, ?> run, EnvVars env, TaskListener listener) {
        this.step = step;
        this.run = run;
        this.env = env;
        this.log = new BuildLog(listener);
        this.phases = new JenkinsPhases(run, env, listener, () -> SecureRootAccountBuilder.isStopped(run));
        this.action = BuildStore.of(run);
    }

    void run() throws IOException, InterruptedException {
        String failure = OneLine.orAbort(() -> {
            QualityGate gate = GateOptions.parse(
                    step.getFailOn(), step.getUnstableOn(), step.getUnknown(), step.getUnreadAccounts());
            ConnectionSpec spec = step.connection(env);
            AccountState read = phases.report(spec, AssessmentSettings.DEFAULT, 0);
            ConnectionSpec same = spec.forAccount(read.accountId());
            Judged judged = phases.gaps(same, step.planOptions(), step.isApply() ? OPEN : gate);
            String why = step.isApply() ? secure(same, gate) : plan(same, judged);
            leaveToPerson(read.accountId());
            return why;
        });
        if (failure != null) {
            throw new AbortException(failure);
        }
    }

    private String plan(ConnectionSpec spec, Judged judged) throws IOException, InterruptedException {
        phases.secure(spec, step.planOptions(), true, false);
        return apply(judged.outcome());
    }

    /** Null, or why the build fails. */
    private String secure(ConnectionSpec spec, QualityGate gate) throws IOException, InterruptedException {
        String account = spec.accountId();
        if (!step.isApproved()) {
            earlierApproval(account).ifPresent(a -> {
                log.line("The plan was approved by " + a.by() + " on the page of the build before");
                action.update(account, s -> s.withApproval(a));
            });
        }
        Secured secured = phases.secure(spec, step.planOptions(), false, step.isApproved());
        askForApproval(secured.state());
        if (!secured.isComplete()) {
            log.line("Not complete: " + secured.shortfall());
            run.setResult(Result.UNSTABLE);
        }
        String judged = validate(account, secured, gate);
        return secured.count(ChangeRecord.Outcome.FAILED) > 0
                ? secured.shortfall() + "; the build page says what was done, and the next run goes on"
                : judged;
    }

    private String validate(String account, Secured secured, QualityGate gate)
            throws IOException, InterruptedException {
        if (secured.isSigningKeyDeleted() && step.getValidationCredentialsId() == null) {
            log.line("Not validated: the key that signed the calls is deleted; give validationCredentialsId");
            run.setResult(Result.UNSTABLE);
            return null;
        }
        return apply(phases.validate(step.validationConnection(env, account), AssessmentSettings.DEFAULT, 0, gate)
                .outcome());
    }

    /** An approval that a person gave on the page of the last build after that had ended, so that nothing came of it yet. */
    private Optional<Approval> earlierApproval(String account) {
        Run<?, ?> before = run.getPreviousCompletedBuild();
        BuildStore earlier = before == null ? null : before.getAction(BuildStore.class);
        return earlier == null
                ? Optional.empty()
                : earlier.state(account)
                        .filter(s -> s.approval() != null
                                && s.securedAt() != null
                                && s.approval().at().isAfter(s.securedAt()))
                        .map(AccountState::approval);
    }

    /** What was not deleted because nobody approved it is asked for on the build page; the next build does it. */
    private void askForApproval(AccountState state) {
        if (Waiting.unapproved(state).isEmpty()) {
            return;
        }
        String account = state.accountId();
        List<PendingTask> all = new ArrayList<>(state.plan().pending());
        all.add(Instructions.forTask(PendingTask.What.PLAN, state.facts(), BuildAccount.settings(run, account)));
        RemediationPlan plan = new RemediationPlan(
                account, state.plan().plannedAt(), state.plan().changes(), all);
        action.update(account, s -> s.withGaps(s.findings(), plan));
    }

    private void leaveToPerson(String account) {
        List<PendingTask> open = Waiting.tasks(action.state(account).orElseThrow());
        for (PendingTask task : open) {
            log.line("Left to a person, to be confirmed on the build page: " + task.title());
        }
        if (!open.isEmpty()) {
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
