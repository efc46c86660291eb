package io.jenkins.plugins.awsrootguard.assessment;

/**
 * Phase 1: generates, waits for, downloads, decodes and reviews the credential report, and reads the live facts of every account
 * of a scope. Each account is judged and planned for at once by the settings, so nothing is listed that was not judged; {@link
 * GapsPhase} does it again by other settings.
 */
public final class AssessmentPhase {

    private final RunContext context;

    public AssessmentPhase(RunContext context) {
        this.context = context;
    }

    /**
     * Reads the accounts. One that cannot be read is stored with the cause and costs no other.
     *
     * <p>When the run is stopped, what is being read is cut off, what was read stays, and the result says so ({@link
     * RunHeader#stopped()}). The interrupted status is cleared then, so that files can still be written.
     *
     * @throws io.jenkins.plugins.awsrootguard.facts.InvalidInputException when no account is selected
     * @throws io.jenkins.plugins.awsrootguard.aws.AwsAccessException when the account or the organization cannot be reached
     */
    public RunHeader run(Scope scope, RunSettings settings) {
        return reading(scope, settings).run();
    }

    /**
     * Reads some accounts of an organization's run again, for example those that were changed.
     *
     * @param scope selects them
     * @return the run, with the calls of this reading
     */
    public RunHeader again(RunHeader run, Scope scope, RunSettings settings) {
        return reading(scope, settings, run).run();
    }

    Reading reading(Scope scope, RunSettings settings) {
        return reading(scope, settings, null);
    }

    private Reading reading(Scope scope, RunSettings settings, RunHeader within) {
        return new Reading(
                context,
                scope,
                settings,
                (earlier, fresh) ->
                        earlier.withoutDryRun().withFacts(fresh.facts()).withGaps(fresh.findings(), fresh.plan()),
                within);
    }
}
