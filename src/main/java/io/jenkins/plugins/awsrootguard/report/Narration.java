package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.SecureResult;
import io.jenkins.plugins.awsrootguard.assessment.SecureResult.Shortfall;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.ProgressLog;
import java.util.ArrayList;
import java.util.List;

/** The result of a phase in the log of a Jenkins build: a line for each finding of one account, or for each control of many. */
public final class Narration {

    private Narration() {}

    /**
     * @param state null for an organization
     * @param byControl whether to write a line for each finding or control
     */
    public static void judged(RunReport run, AccountState state, boolean byControl, ProgressLog log) {
        if (state == null) {
            organization(run, byControl, log);
        } else if (byControl && state.validation() != null) {
            log.line(Sentences.checksPassed(state.validation())
                    + (state.validation().isSecured() ? ": the root user is secured" : ""));
        } else if (byControl) {
            account(state, log);
        }
    }

    private static void account(AccountState state, ProgressLog log) {
        Findings findings = state.findings();
        findings.findings().stream().filter(f -> f.status().isOpen()).forEach(f -> log.line(line(f)));
        log.line(findings.count(Status.FAIL) + " failed, " + findings.count(Status.UNKNOWN) + " unknown, "
                + findings.count(Status.PASS) + " passed, " + findings.count(Status.NOT_APPLICABLE)
                + " not applicable");
        for (PlannedChange change : state.plan().changes()) {
            log.line("Planned: " + change.description()
                    + (change.isBlocked()
                            ? " (held back: " + change.reason()
                                    + (change.canBeNamed()
                                            ? " To delete the key, add it to the recently used keys to delete (deleteKeys)."
                                            : "")
                                    + ")"
                            : ""));
        }
        for (PendingTask task : state.plan().pending()) {
            log.line("Manual task: " + task.title());
        }
    }

    private static String line(Finding f) {
        return f.status() + " " + f.severity() + " " + f.control() + ": " + f.summary();
    }

    private static void organization(RunReport run, boolean byControl, ProgressLog log) {
        if (byControl) {
            log.line(line(run.header().central()));
            for (ControlRow c : run.controls()) {
                if (c.count(Status.FAIL) + c.count(Status.UNKNOWN) > 0) {
                    log.line(c.control() + " (" + c.level() + "): " + c.count(Status.FAIL) + " failed, "
                            + c.count(Status.UNKNOWN) + " unknown, " + c.count(Status.PASS) + " passed");
                }
            }
        }
        log.line(run.verdict());
        if (run.planned() > 0) {
            log.line("Planned: " + changes(run.planned()) + " in " + accounts(run.plannedAccounts()));
        }
        if (run.validated() > 0) {
            log.line(run.secured() + " of " + accounts(run.validated()) + " passed all checks");
        }
    }

    public static void secured(SecureResult result, boolean organization, ProgressLog log) {
        if (organization) {
            organization(result, log);
        }
        if (result.signingKeyDeleted()) {
            log.line(
                    "Deleted the root access key that signs this run's calls. The validation needs other credentials.");
        }
    }

    private static void organization(SecureResult result, ProgressLog log) {
        if (result.accounts() == 0) {
            log.line("Nothing to change in any account");
            return;
        }
        result.open().forEach(open -> log.line(open(open)));
        log.line((result.dryRun() ? "Dry run: " : "Changes: ") + PlanSentences.outcome(result.counts()) + ", in "
                + accounts(result.accounts())
                + (result.dryRun() ? ". The build page lists them." : ""));
    }

    /** The changes that were not made, in one line; empty when the plan is complete. */
    public static String shortfall(SecureResult result, boolean organization) {
        if (result.isComplete() || result.open().isEmpty()) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        int failed = result.count(Outcome.FAILED) + result.count(Outcome.STARTED);
        if (failed > 0) {
            parts.add(changes(failed) + " failed");
        }
        if (result.count(Outcome.SKIPPED) > 0) {
            parts.add(changes(result.count(Outcome.SKIPPED)) + " not made");
        }
        Shortfall first = result.open().get(0);
        return String.join(", ", parts)
                + (organization
                        ? " in " + accounts(result.openAccounts()) + ", first " + open(first)
                        : ": " + why(first));
    }

    static String open(Shortfall shortfall) {
        String key = shortfall.change() == null ? null : shortfall.change().allowableKey();
        return shortfall.name() + ": " + why(shortfall)
                + (key == null
                        ? ""
                        : " To delete the key, add " + shortfall.accountId() + ":" + key
                                + " to the recently used keys to delete (deleteKeys).");
    }

    public static String why(Shortfall shortfall) {
        return shortfall.failure() != null
                ? shortfall.failure()
                : shortfall.change().description() + ": " + shortfall.change().detail();
    }

    private static String changes(int n) {
        return Sentences.counted(n, "change");
    }

    private static String accounts(int n) {
        return Sentences.counted(n, "account");
    }
}
