package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
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
    int run(Session session) throws IOException, InterruptedException {
        RunHeader run = assess(session);
        if (!session.scope.isOrganization()) {
            print.readings(session.state().facts());
        }
        return finish(session, run);
    }
}
