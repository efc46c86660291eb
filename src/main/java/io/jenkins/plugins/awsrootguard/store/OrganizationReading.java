package io.jenkins.plugins.awsrootguard.store;

import hudson.AbortException;
import io.jenkins.plugins.awsrootguard.assessment.AccountOutcome;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationAssessment;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationResult;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationSettings;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.config.AwsConnections.Opened;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Organization;
import io.jenkins.plugins.awsrootguard.report.AccountLine;
import java.io.IOException;

/** Reads the accounts of an organization in a build, and stores each as soon as it was read. */
final class OrganizationReading {

    private final BuildContext build;
    private final OrganizationOptions options;
    private final OrganizationSettings settings;

    OrganizationReading(BuildContext build, OrganizationOptions options, OrganizationSettings settings) {
        this.build = build;
        this.options = options;
        this.settings = settings;
    }

    /**
     * Returns when all were read. What was read is stored and archived in any case.
     *
     * @throws AbortException when not every account was tried
     * @throws InterruptedException when it was stopped
     */
    void run(ConnectionSpec spec) throws IOException, InterruptedException {
        OrganizationResult result;
        try (RecordedCalls calls = build.recordOrganizationCalls()) {
            result = read(spec, calls);
        }
        OrganizationPhases.archive(build);
        if (result.isInterrupted()) {
            build.log().line("Stopped: what was read until then is kept, and shown on the build page");
            throw new InterruptedException(result.stoppedBecause());
        }
        if (!result.isComplete()) {
            throw new AbortException("Not every account was read: " + result.stoppedBecause()
                    + "; the build page shows those that were");
        }
    }

    private OrganizationResult read(ConnectionSpec spec, RecordedCalls calls) throws IOException {
        Opened opened = build.connectForMany(spec);
        try (AccountConnection caller = opened.connection()) {
            OrganizationAssessment assessment = OrganizationAssessment.begin(caller, options.filter(), settings);
            checkSame(assessment.organization());
            calls.about(assessment.organization().id());
            OrganizationHeader header = OrganizationHeader.begun(
                    assessment,
                    caller.partition(),
                    caller.caller().accountId(),
                    caller.caller().arn());
            build.store().begin(header);
            build.action()
                    .remember(new OrganizationEntry(
                            header.organization().id(),
                            header.callerAccountId(),
                            opened.used().credentialsId(),
                            opened.used().region()));
            build.options().organization(build.run(), options);
            OrganizationResult result = assessment.run(build::lastStatement, this::take, build.log());
            build.store().write(header.ended(result));
            return result;
        }
    }

    private void checkSame(Organization organization) {
        String known = build.action()
                .organization()
                .map(OrganizationEntry::organizationId)
                .orElse(organization.id());
        if (!known.equals(organization.id())) {
            throw new InvalidInputException("these credentials are of the organization " + organization.id()
                    + ", and this build works on " + known + ": use another build for it");
        }
    }

    private void take(AccountOutcome outcome) {
        String id = outcome.account().id();
        build.action().organizationEvidence(id).calls(outcome.callRecords());
        // What a reading that was stopped did not come to is known as it was before.
        if (outcome.reading() == AccountOutcome.Reading.STOPPED && build.store().keepEarlier(id)) {
            return;
        }
        IndexedAccount stored = build.store().put(outcome, earlier -> merged(earlier, outcome.state()));
        if (outcome.credentialReport() != null) {
            build.action().saveCredentialReport(id, outcome.credentialReport());
        }
        if (options.isVerbose()) {
            AccountLine line = stored.line();
            build.log().line(line.name() + ": " + line.word() + ", " + line.worst());
        }
    }

    /** With what the build approved, changed and planned before. */
    private AccountState merged(AccountState earlier, AccountState fresh) {
        return settings.prove() && fresh.validation() != null
                ? earlier.withValidation(fresh.facts(), fresh.validation())
                : earlier.withFacts(fresh.facts()).withGaps(fresh.findings(), fresh.plan());
    }
}
