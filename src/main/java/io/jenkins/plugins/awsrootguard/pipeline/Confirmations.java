package io.jenkins.plugins.awsrootguard.pipeline;

import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import java.util.Arrays;

/** What the tasks that wait for a person are called. */
final class Confirmations {

    private Confirmations() {}

    /** @throws InvalidInputException when it is none of the tasks */
    static PendingTask.What parse(String word) {
        return Arrays.stream(PendingTask.What.values())
                .filter(w -> w.name().equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("what '" + Printable.text(word, 40)
                        + "' is nothing that rootConfirm can confirm: use MFA, PASSWORD, PLAN or ADMIN_MFA"));
    }

    static String title(PendingTask.What what) {
        return switch (what) {
            case MFA -> Messages.Confirmations_mfa();
            case PASSWORD -> Messages.Confirmations_password();
            case PLAN -> Messages.Confirmations_plan();
            case ADMIN_MFA -> Messages.Confirmations_adminMfa();
        };
    }

    static String button(PendingTask.What what) {
        return switch (what) {
            case MFA, ADMIN_MFA -> Messages.Confirmations_check();
            case PASSWORD -> Messages.Confirmations_state();
            case PLAN -> Messages.Confirmations_approve();
        };
    }
}
