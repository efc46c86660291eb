package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.Confirmation;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.time.Instant;
import picocli.CommandLine.Option;

/** A person's statement about the root password, which no AWS call can read or judge. */
final class StatementOption {

    @Option(
            names = "--root-password-changed-by",
            paramLabel = "NAME",
            description =
                    "States that NAME has changed the root password by the rules shown. It is recorded with the time, and"
                            + " with what CloudTrail says to it.")
    private String by;

    boolean isGiven() {
        return by != null;
    }

    void check() {
        if (by != null && by.isBlank()) {
            throw new InvalidInputException(
                    "--root-password-changed-by is empty: give the name of who changed the password");
        }
    }

    /** The statement as a record; the earlier one when nothing was stated now. */
    PasswordConfirmation confirm(
            AccountConnection connection, AccountFolder folder, PasswordConfirmation earlier, Console console) {
        if (by == null) {
            return earlier;
        }
        String name = Printable.text(by.strip(), 100);
        PasswordConfirmation stated = Confirmation.password(connection, name, Instant.now());
        folder.evidence()
                .statement(
                        stated.at(), stated.by(), "PASSWORD changed, as the person states", stated.corroboration());
        console.line("Stated by " + name + ": the root password was changed. " + stated.corroboration());
        return stated;
    }
}
