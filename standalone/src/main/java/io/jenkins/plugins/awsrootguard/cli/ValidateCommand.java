package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.RunSettings;
import io.jenkins.plugins.awsrootguard.assessment.Scope;
import io.jenkins.plugins.awsrootguard.assessment.ValidationPhase;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "validate", description = "Phase 4: reads the accounts again and verifies each point.")
final class ValidateCommand extends PhaseCommand {

    @Mixin
    private StatementOption statement;

    ValidateCommand(Console console) {
        super(console);
    }

    @Override
    void check(Scope scope) {
        statement.check(scope);
    }

    @Override
    RunSettings settings() {
        return RunSettings.DEFAULT;
    }

    @Override
    int run(Session session, Scope scope, RunSettings settings) throws IOException, InterruptedException {
        statement.record(session, scope, console);
        RunHeader run = checked(session, new ValidationPhase(session.context()).run(scope, settings));
        if (!scope.isOrganization()) {
            AccountState state = state(session);
            console.heading("Checks passed: " + state.validation().secured() + " of "
                    + state.validation().points().size());
            print.findings(state.findings());
        }
        return finish(session, run);
    }
}
