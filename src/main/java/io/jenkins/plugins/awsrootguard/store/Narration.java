package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.assessment.GapsResult;
import io.jenkins.plugins.awsrootguard.assessment.ValidationResult;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.ProgressLog;

/** Says in a build's log what a judging phase came to. */
final class Narration {

    private Narration() {}

    static void gaps(GapsResult result, ProgressLog log) {
        result.findings().findings().stream().filter(f -> f.status().isOpen()).forEach(f -> log.line(line(f)));
        log.line(result.findings().count(Status.FAIL) + " failed, "
                + result.findings().count(Status.UNKNOWN)
                + " not known, " + result.findings().count(Status.PASS) + " passed, "
                + result.findings().count(Status.NOT_APPLICABLE) + " not applicable");
        for (PlannedChange change : result.plan().changes()) {
            log.line("Planned: " + change.description()
                    + (change.isBlocked()
                            ? " (held back: " + change.reason()
                                    + (change.canBeNamed() ? " To delete the key, add it to deleteKeys." : "") + ")"
                            : ""));
        }
        for (PendingTask task : result.plan().pending()) {
            log.line("For a person: " + task.title());
        }
    }

    static void validation(ValidationResult result, ProgressLog log) {
        log.line(result.secured() + " of " + result.points().size() + " points proven"
                + (result.isSecured() ? ": the root user is secured" : ""));
    }

    private static String line(Finding f) {
        return f.status() + " " + f.severity() + " " + f.control() + ": " + f.summary();
    }
}
