package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.Confirmation;
import io.jenkins.plugins.awsrootguard.assessment.Scope;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import picocli.CommandLine.Option;

/** The statement of a user that the root password was changed. No AWS call can read the password. */
final class StatementOption {

    @Option(
            names = "--root-password-changed-by",
            paramLabel = "NAME",
            description =
                    "Records that NAME states to have changed the root password, with the time and with what CloudTrail"
                            + " shows.")
    private String by;

    void check(Scope scope) {
        if (by != null && by.isBlank()) {
            throw new InvalidInputException(
                    "--root-password-changed-by is empty. Enter the name of the person who changed the password.");
        }
        if (by != null && scope.isOrganization()) {
            throw new InvalidInputException(
                    "--root-password-changed-by is for one account and cannot be used with --organization.");
        }
    }

    /** Records the statement, when there is one. */
    void record(Session session) {
        if (by != null) {
            String name = Printable.text(by.strip(), 100);
            PasswordConfirmation stated = Confirmation.recordPassword(session.context, session.scope, name);
            session.state(stated);
            session.line(name + " states to have changed the root password. " + stated.corroboration());
        }
    }
}
