package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ProgressLog;

/** Says in a build's log what a phase came to for an organization: a line a control, never one an account. */
final class OrganizationNarration {

    private OrganizationNarration() {}

    /** @param byControl whether each control is told, as a judging phase does */
    static void say(OrganizationHeader header, OrganizationSummary summary, boolean byControl, ProgressLog log) {
        if (byControl) {
            Finding central = header.central();
            log.line(central.status() + " " + central.severity() + " " + central.control() + ": " + central.summary());
            for (ControlCount c : summary.controls()) {
                if (c.failed() + c.unknown() > 0) {
                    log.line(c.control() + " (" + c.severity() + "): " + c.failed() + " failed, " + c.unknown()
                            + " unknown, " + c.passed() + " passed");
                }
            }
        }
        log.line(summary.verdict());
        if (summary.planned() > 0) {
            log.line("Planned: " + summary.planned() + (summary.planned() == 1 ? " change" : " changes") + " in "
                    + summary.plannedAccounts() + (summary.plannedAccounts() == 1 ? " account" : " accounts"));
        }
        if (summary.validated() > 0) {
            log.line(summary.proven() + " of " + summary.validated() + " accounts proven in every point");
        }
    }

    static void say(OrganizationSecured secured, ProgressLog log) {
        if (secured.accounts() == 0) {
            log.line("Nothing to change in any account");
            return;
        }
        String in = " in " + secured.accounts() + (secured.accounts() == 1 ? " account" : " accounts");
        if (secured.dryRun()) {
            log.line("Dry run: " + changes(secured.count(ChangeRecord.Outcome.WOULD_DO)) + " would be made, "
                    + secured.count(ChangeRecord.Outcome.SKIPPED) + " would not," + in + "; the build page has them");
            return;
        }
        log.line(changes(secured.count(ChangeRecord.Outcome.DONE)) + " made, "
                + secured.count(ChangeRecord.Outcome.SKIPPED) + " not made, "
                + (secured.count(ChangeRecord.Outcome.FAILED) + secured.count(ChangeRecord.Outcome.STARTED))
                + " failed," + in);
    }

    private static String changes(long n) {
        return n + (n == 1 ? " change" : " changes");
    }
}
