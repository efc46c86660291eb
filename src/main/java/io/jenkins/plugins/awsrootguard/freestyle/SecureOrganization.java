package io.jenkins.plugins.awsrootguard.freestyle;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awsrootguard.assessment.AssessmentSettings;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.config.GateOptions;
import io.jenkins.plugins.awsrootguard.store.BuildLog;
import io.jenkins.plugins.awsrootguard.store.JenkinsPhases;
import io.jenkins.plugins.awsrootguard.store.OneLine;
import io.jenkins.plugins.awsrootguard.store.OrganizationJudged;
import io.jenkins.plugins.awsrootguard.store.OrganizationPhases;
import io.jenkins.plugins.awsrootguard.store.OrganizationSecured;
import java.io.IOException;

/** One run of the build step for all accounts of an organization. Who configures the job approves the plans, or nobody does. */
final class SecureOrganization {

    private final SecureRootAccountBuilder step;
    private final Run<?, ?> run;
    private final EnvVars env;
    private final BuildLog log;
    private final OrganizationPhases phases;

    SecureOrganization(SecureRootAccountBuilder step, Run<?, ?> run, EnvVars env, TaskListener listener) {
        this.step = step;
        this.run = run;
        this.env = env;
        this.log = new BuildLog(listener);
        this.phases =
                new JenkinsPhases(run, env, listener, () -> SecureRootAccountBuilder.isStopped(run)).organization();
    }

    void run() throws IOException, InterruptedException {
        OneLine.orAbort(this::phases);
    }

    private Void phases() throws IOException, InterruptedException {
        QualityGate gate =
                GateOptions.parse(step.getFailOn(), step.getUnstableOn(), step.getUnknown(), step.getUnreadAccounts());
        ConnectionSpec spec = step.connection(env);
        phases.isMeant(spec, true);
        phases.report(spec, step.organizationOptions(), AssessmentSettings.DEFAULT, 0);
        OrganizationJudged judged = phases.gaps(step.planOptions(), step.isApply() ? SecureRootAccount.OPEN : gate);
        if (!step.isApply()) {
            phases.secure(spec, step.planOptions(), true, false);
            apply(judged.outcome());
            return null;
        }
        OrganizationSecured secured = phases.secure(spec, step.planOptions(), false, step.isApproved());
        if (!secured.isComplete()) {
            log.line("Not complete: " + secured.shortfall());
            run.setResult(Result.UNSTABLE);
        }
        apply(phases.validate(spec, step.organizationOptions(), AssessmentSettings.DEFAULT, 0, gate)
                .outcome());
        if (secured.isFailed()) {
            throw new AbortException(
                    secured.shortfall() + "; the build page says what was done, and the next run goes on");
        }
        return null;
    }

    private void apply(QualityGate.Outcome outcome) throws AbortException {
        switch (outcome.result()) {
            case FAILED -> throw new AbortException("The quality gate failed: " + outcome.reason());
            case UNSTABLE -> run.setResult(Result.UNSTABLE);
            case PASSED -> {}
        }
    }
}
