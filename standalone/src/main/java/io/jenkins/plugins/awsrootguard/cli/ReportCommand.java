package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.RunSettings;
import io.jenkins.plugins.awsrootguard.assessment.Scope;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
        name = "report",
        description = "Phase 1: generates, downloads and reviews the credential report, and reads the live facts.")
final class ReportCommand extends PhaseCommand {

    ReportCommand(Console console) {
        super(console);
    }

    @Override
    void check(Scope scope) {
        // No options of its own.
    }

    @Override
    RunSettings settings() {
        return RunSettings.DEFAULT;
    }

    @Override
    int run(Session session, Scope scope, RunSettings settings) throws IOException, InterruptedException {
        RunHeader run = assess(session, scope, settings);
        if (!scope.isOrganization()) {
            print.readings(state(session).facts());
        }
        return finish(session, run);
    }
}
