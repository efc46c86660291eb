package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "report",
        description = "Phase 1: generates, downloads and reviews the credential report, and reads what AWS tells live.")
final class ReportCommand extends PhaseCommand {

    @Mixin
    private OrganizationOptions organization;

    ReportCommand(Console console) {
        super(console);
    }

    @Override
    OrganizationOptions organization() {
        return organization;
    }

    @Override
    void check() {
        // It has no options of its own.
    }

    @Override
    int run(AccountConnection connection, AccountFolder folder, AccountState earlier, Severity failOn)
            throws IOException {
        AccountState state = read(connection, folder, earlier, confirmation(earlier), RemediationSettings.DEFAULT);
        print.readings(state.facts());
        return finish(folder, state, failOn);
    }
}
