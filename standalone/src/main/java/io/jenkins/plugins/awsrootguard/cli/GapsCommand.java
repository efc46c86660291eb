package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.RunSettings;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "gaps", description = "Phase 2: reads and judges the accounts, and plans the changes.")
final class GapsCommand extends PhaseCommand {

    @Mixin
    private ChangeOptions changes;

    GapsCommand(Console console) {
        super(console);
    }

    @Override
    RunSettings settings() {
        return RunSettings.DEFAULT.withRemediation(changes.settings());
    }

    @Override
    int run(Session session) throws IOException, InterruptedException {
        RunHeader run = assess(session);
        if (!session.scope.isOrganization()) {
            AccountState state = session.state();
            print.findings(state.findings());
            print.plan(state);
        }
        return finish(session, run);
    }
}
