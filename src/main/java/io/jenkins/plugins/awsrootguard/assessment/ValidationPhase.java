package io.jenkins.plugins.awsrootguard.assessment;

/** Phase 4: reads every account of a scope again and verifies each point of a secured root user. Needs none of the other phases. */
public record ValidationPhase(RunContext context) {

    /** Reads and verifies the accounts; stops and fails as {@link AssessmentPhase#run} does. */
    public RunHeader run(Scope scope, RunSettings settings) {
        return new Reading(context, scope, settings, ValidationPhase::validated, null).run();
    }

    private static AccountState validated(AccountState earlier, AccountState fresh) {
        AccountState judged = earlier.plan() == null
                ? earlier.withFacts(fresh.facts()).withGaps(fresh.findings(), fresh.plan())
                : earlier;
        return fresh.reading().outcome() == AccountReading.Outcome.NOT_APPLICABLE
                ? judged.withFacts(fresh.facts()).withGaps(fresh.findings(), fresh.plan())
                : judged.withValidation(fresh.facts(), ValidationResult.of(fresh.facts(), fresh.findings()));
    }
}
