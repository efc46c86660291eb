package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationSettings;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.report.Waiting;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "gaps", description = "Phase 2: judges what was read, and plans the changes.")
final class GapsCommand extends PhaseCommand {

    @Mixin
    private ChangeOptions changes;

    @Mixin
    private OrganizationOptions organization;

    GapsCommand(Console console) {
        super(console);
    }

    @Override
    OrganizationOptions organization() {
        return organization;
    }

    @Override
    OrganizationSettings organizationSettings() {
        return OrganizationSettings.DEFAULT.withRemediation(changes.settings());
    }

    @Override
    void check() {
        changes.settings();
    }

    @Override
    int run(AccountConnection connection, AccountFolder folder, AccountState earlier, Severity failOn)
            throws IOException {
        AccountState state = read(connection, folder, earlier, confirmation(earlier), changes.settings());
        print.findings(state.findings());
        print.plan(state.plan());
        print.words();
        print.tasks(Waiting.tasks(state));
        return finish(folder, state, failOn);
    }
}
