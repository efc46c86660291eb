package io.jenkins.plugins.awsrootguard.store;

import hudson.EnvVars;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.AssessmentResult;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.config.AwsConnections.Opened;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.policy.Thresholds;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The build that the phases work for: its store, its log, its way to AWS. */
final class BuildContext {

    private final Run<?, ?> run;
    private final EnvVars env;
    private final TaskListener listener;
    private final BuildLog log;
    private final BuildStore action;
    private final BuildOptions options;
    private final BooleanSupplier stopped;

    /** @param stopped whether what goes on is to end, also where the thread's interruption was lost */
    BuildContext(Run<?, ?> run, EnvVars env, TaskListener listener, BooleanSupplier stopped) {
        this.stopped = stopped;
        this.run = run;
        this.env = env;
        this.listener = listener;
        this.log = new BuildLog(listener);
        this.action = BuildStore.of(run);
        this.options = BuildOptions.of(run);
    }

    Run<?, ?> run() {
        return run;
    }

    BuildLog log() {
        return log;
    }

    boolean isStopped() {
        return stopped.getAsBoolean();
    }

    BuildStore action() {
        return action;
    }

    OrganizationStore store() {
        return action.organizationStore();
    }

    BuildOptions options() {
        return options;
    }

    /** @param accountId null when it isn't known yet */
    RecordedCalls recordCalls(String accountId) {
        return RecordedCalls.ofAccount(action, accountId);
    }

    /** Of the build's organization, or of one that isn't known yet. */
    RecordedCalls recordOrganizationCalls() {
        return RecordedCalls.ofOrganization(
                action,
                action.organization().map(OrganizationEntry::organizationId).orElse(null));
    }

    AccountConnection connect(ConnectionSpec spec) {
        return BuildConnections.open(run, env, spec, action, listener);
    }

    Opened connectForMany(ConnectionSpec spec) {
        return BuildConnections.openForMany(run, env, spec, action, listener);
    }

    /** @param maxAgeHours the oldest credential report that counts; 0 for the default */
    Thresholds thresholds(int maxAgeHours) {
        Thresholds set = RootGuardGlobalConfiguration.get().thresholds();
        return maxAgeHours == 0 ? set : set.withMaxReportAge(Duration.ofHours(maxAgeHours));
    }

    AccountState store(AssessmentResult result) {
        AccountFacts facts = result.facts();
        keepReport(facts.accountId(), result);
        return action.update(facts.accountId(), s -> s == null ? AccountState.assessed(facts) : s.withFacts(facts));
    }

    void keepReport(String account, AssessmentResult result) {
        if (result.credentialReport() != null) {
            action.saveCredentialReport(account, result.credentialReport());
        }
    }

    /** The facts with a statement about the root password that was made after they were read. */
    AccountFacts current(AccountFacts facts) {
        PasswordConfirmation last = lastStatement(facts.accountId());
        return last == null ? facts : facts.withConfirmation(last);
    }

    /** Null when there is none. */
    PasswordConfirmation lastStatement(String account) {
        return PasswordDeadlines.get().last(account).orElse(null);
    }
}
