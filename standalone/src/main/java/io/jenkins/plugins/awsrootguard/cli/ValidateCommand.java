package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
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
    int run(Session session) throws IOException, InterruptedException {
        statement.record(session);
        RunHeader run = checked(session, new ValidationPhase(session.context).run(session.scope, session.settings));
        if (!session.scope.isOrganization()) {
            AccountState state = session.state();
            console.heading("Checks passed: " + state.validation().secured() + " of "
                    + state.validation().points().size());
            print.findings(state.findings());
        }
        return finish(session, run);
    }
}
