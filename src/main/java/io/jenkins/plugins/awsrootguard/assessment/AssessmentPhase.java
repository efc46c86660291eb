package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;

/**
 * Phase 1: generates, waits for, downloads, decodes and reviews the credential report, and reads the live facts of every account
 * of a scope. Each account is also judged and planned by the settings; {@link GapsPhase} does it again by other settings.
 */
public record AssessmentPhase(RunContext context) {

    /**
     * Reads the accounts. An account that cannot be read is stored with the cause and stops no other.
     *
     * <p>When the run is stopped, readings in progress are cut off and completed ones are kept ({@link RunHeader#stopped()}). The
     * interrupted status is cleared then, so that files can still be written.
     *
     * @throws io.jenkins.plugins.awsrootguard.facts.InvalidInputException when no account is selected
     * @throws io.jenkins.plugins.awsrootguard.aws.AwsAccessException when the account or the organization cannot be reached
     */
    public RunHeader run(Scope scope, RunSettings settings) {
        RunHeader run = reading(scope, settings, null).run();
        if (run.stopped() == null
                && !settings.remediation().requested().accounts().isEmpty()) {
            boolean caller = !scope.isOrganization() && scope.accountId() == null;
            new GapsPhase(context).run(caller ? Scope.account(run.callerAccountId()) : scope, settings);
        }
        return run;
    }

    /**
     * Reads some accounts of an organization's run again, for example those that were changed.
     *
     * @return the run, with the calls of this reading
     */
    public RunHeader again(RunHeader run, Scope scope, RunSettings settings) {
        return reading(scope, settings, run).run();
    }

    /** Reads one account with an open connection. */
    void run(AccountConnection connection, Scope scope, RunSettings settings) {
        reading(scope, settings, null).account(connection);
    }

    private Reading reading(Scope scope, RunSettings settings, RunHeader within) {
        return new Reading(context, scope, settings, AssessmentPhase::assessed, within);
    }

    private static AccountState assessed(AccountState earlier, AccountState fresh) {
        return earlier.withoutDryRun().withFacts(fresh.facts()).withGaps(fresh.findings(), fresh.plan());
    }
}
