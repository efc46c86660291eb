package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationSettings;
import io.jenkins.plugins.awsrootguard.assessment.Validation;
import io.jenkins.plugins.awsrootguard.assessment.ValidationRun;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "validate",
        description =
                "Phase 4: reads everything afresh, by live calls and the credential report, and proves each point.")
final class ValidateCommand extends PhaseCommand {

    @Mixin
    private StatementOption statement;

    @Mixin
    private OrganizationOptions organization;

    ValidateCommand(Console console) {
        super(console);
    }

    @Override
    OrganizationOptions organization() {
        return organization;
    }

    @Override
    OrganizationSettings organizationSettings() {
        return OrganizationSettings.DEFAULT.withProof();
    }

    @Override
    void check() {
        statement.check();
        if (organization.isWanted() && statement.isGiven()) {
            throw new InvalidInputException(
                    "--root-password-changed-by is about one account and doesn't go with --organization");
        }
    }

    @Override
    int run(AccountConnection connection, AccountFolder folder, AccountState earlier, Severity failOn)
            throws IOException {
        PasswordConfirmation confirmation = statement.confirm(connection, folder, confirmation(earlier), console);
        ValidationRun run = Validation.run(connection, ASSESSMENT, THRESHOLDS, confirmation, console);
        keep(folder, run.assessment());
        AccountState state = (earlier == null
                        ? AccountState.assessed(run.assessment().facts())
                        : earlier)
                .withValidation(run.assessment().facts(), run.result());
        console.heading("Proven: " + run.result().secured() + " of "
                + run.result().points().size() + " points");
        print.findings(state.findings());
        print.words();
        int code = finish(folder, state, failOn);
        if (code == ExitCode.OK && !run.result().isSecured()) {
            console.say("Exit code 1: " + run.result().secured() + " of "
                    + run.result().points().size() + " points are proven");
            return ExitCode.FINDINGS;
        }
        return code;
    }
}
