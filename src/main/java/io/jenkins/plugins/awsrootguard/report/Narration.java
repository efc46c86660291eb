package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.Difference;
import io.jenkins.plugins.awsrootguard.assessment.SecureResult;
import io.jenkins.plugins.awsrootguard.assessment.SecureResult.Shortfall;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.controls.Subject;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The results of the phases as lines of a log: a line for each finding of one account, or for each control of many. */
public final class Narration {

    private Narration() {}

    /**
     * @param state null for an organization
     * @param byControl whether to write a line for each finding or control
     */
    public static void judged(
            RunReport run, AccountState state, boolean byControl, FrontEnd frontEnd, Consumer<String> log) {
        if (byControl) {
            policy(run, state, log);
        }
        if (state == null) {
            organization(run, byControl, log);
        } else if (byControl && state.validation() != null) {
            log.accept(Sentences.checksPassed(state.validation())
                    + (state.validation().isSecured()
                            ? ": the root user is secured"
                                    + (state.validation().accepted() == 0 ? "" : " except for accepted risks")
                            : ""));
            state.validation()
                    .failed()
                    .forEach(check -> log.accept(
                            "Check not passed: " + check.title() + ". " + Sentences.capital(check.detail())));
        } else if (byControl) {
            account(state, frontEnd, log);
        }
    }

    /** Writes the policy of the run or account, and what the run shows about its exceptions. */
    public static void policy(RunReport run, AccountState state, Consumer<String> log) {
        Policy.Source source = state != null && state.findings() != null
                ? state.findings().policy()
                : run.header() == null ? null : run.header().policy().source();
        if (source != null) {
            log.accept("Policy: " + source.displayName());
        }
        run.exceptions().forEach(log);
    }

    private static void account(AccountState state, FrontEnd frontEnd, Consumer<String> log) {
        Findings findings = state.findings();
        findings.findings().stream().filter(f -> f.isOpen() || f.isExcepted()).forEach(f -> log.accept(line(f)));
        log.accept(findings.count(Status.FAIL) + " failed, " + findings.count(Status.UNKNOWN) + " unknown, "
                + findings.count(Status.PASS) + " passed, " + findings.count(Status.NOT_APPLICABLE)
                + " not applicable"
                + (findings.count(Status.NOT_CHECKED) == 0
                        ? ""
                        : ", " + findings.count(Status.NOT_CHECKED) + " not checked"));
        for (PlannedChange change : state.plan().changes()) {
            log.accept("Planned: " + change.description()
                    + (change.isBlocked() ? " (held back: " + frontEnd.heldBack(change, "") + ")" : ""));
        }
        unknownKeys(state, frontEnd, log);
        state.plan().pending().forEach(task -> log.accept("Manual task: " + task.title()));
    }

    /** Writes a warning for each allow-listed key that root does not have. */
    public static void unknownKeys(AccountState state, FrontEnd frontEnd, Consumer<String> log) {
        state.plan().unknownKeys().forEach(key -> log.accept(frontEnd.unknownKey(key)));
    }

    private static String line(Finding f) {
        return f.status() + " " + f.severity() + " " + f.control() + ": " + f.sentence()
                + (f.isExcepted() ? " " + new FindingRow(f).exception() : "");
    }

    private static void organization(RunReport run, boolean byControl, Consumer<String> log) {
        if (byControl) {
            if (run.header().central() != null) {
                log.accept(line(run.header().central()));
            }
            run.controls().stream()
                    .filter(c -> c.count(Status.FAIL) + c.count(Status.UNKNOWN) > 0)
                    .forEach(c -> log.accept(c.control() + " (" + c.level() + "): " + c.count(Status.FAIL) + " failed, "
                            + c.count(Status.UNKNOWN) + " unknown, " + c.count(Status.PASS) + " passed"));
        }
        log.accept(run.verdict());
        int planned = run.sum(AccountEntry::planned);
        if (planned > 0) {
            log.accept("Planned: " + changes(planned) + " in " + accounts(run.count(e -> e.planned() > 0)));
        }
        if (run.validated() > 0) {
            log.accept(run.secured() + " of " + accounts(run.validated()) + " passed all checks");
        }
    }

    public static void secured(SecureResult result, boolean organization, FrontEnd frontEnd, Consumer<String> log) {
        if (organization && result.accounts() == 0) {
            log.accept("Nothing to change in any account");
        } else if (organization) {
            result.open().forEach(open -> log.accept(open(open, frontEnd)));
            log.accept((result.dryRun() ? "Dry run: " : "Changes: ") + PlanSentences.outcome(result.counts()) + ", in "
                    + accounts(result.accounts())
                    + (result.dryRun() ? ". The build page lists them." : ""));
        }
        if (result.signingKeyDeleted()) {
            log.accept(
                    "Deleted the root access key that signs this run's calls. The validation needs other credentials.");
        }
    }

    /** Says what is new since the reference build. */
    public static void difference(Difference difference, Consumer<String> log) {
        if (difference != null) {
            log.accept(since(difference));
            difference.added().stream()
                    .limit(20)
                    .forEach(f -> log.accept("New: " + f.name() + ": " + f.status() + " " + f.severity() + " "
                            + f.control() + subjects(f)));
        }
    }

    /** Returns what is new, in one sentence, for example {@code Since build #41: 2 new findings, 1 fixed, 5 outstanding.} */
    public static String since(Difference d) {
        return "Since build #" + d.reference() + ": " + Sentences.counted(d.addedCount(), "new finding") + ", "
                + d.fixedCount() + " fixed, " + d.outstanding() + " outstanding.";
    }

    /** Returns what is new in a finding that was open before, for example {@code : access key AKIA…7XQ2}; empty for all of it. */
    public static String subjects(Difference.Item item) {
        return item.subjects().isEmpty()
                ? ""
                : item.subjects().stream().map(Narration::of).collect(Collectors.joining(", ", ": ", ""));
    }

    private static String of(Subject subject) {
        return switch (subject.kind()) {
            case ACCESS_KEY -> "access key " + Printable.keyId(subject.id());
            case ACCESS_KEY_SLOT -> "access key " + subject.id().replace("@", " of ");
            case CERTIFICATE -> "signing certificate " + Printable.text(subject.id(), 128);
            case CERTIFICATE_SLOT -> "signing certificate " + subject.id().replace("@", " of ");
            case MFA_DEVICE -> "MFA device " + Printable.text(subject.id(), 128);
            case DAY_OF_USE -> "used on " + subject.id();
        };
    }

    /** Returns the changes that were not made, in one line; empty when the plan is complete. */
    public static String shortfall(SecureResult result, boolean organization, FrontEnd frontEnd) {
        if (result.isComplete() || result.open().isEmpty()) {
            return "";
        }
        int failed = result.count(Outcome.FAILED) + result.count(Outcome.STARTED);
        int skipped = result.count(Outcome.SKIPPED);
        Shortfall first = result.open().get(0);
        return Stream.of(
                                failed > 0 ? changes(failed) + " failed" : "",
                                skipped > 0 ? changes(skipped) + " not made" : "")
                        .filter(s -> !s.isEmpty())
                        .collect(Collectors.joining(", "))
                + (organization
                        ? " in " + accounts(result.openAccounts()) + ", first " + open(first, frontEnd)
                        : ": " + why(first));
    }

    static String open(Shortfall shortfall, FrontEnd frontEnd) {
        String key = shortfall.change() == null ? null : shortfall.change().allowableKey();
        return shortfall.name() + ": " + why(shortfall)
                + (key == null ? "" : " " + frontEnd.allowKey(shortfall.accountId() + ":" + key));
    }

    public static String why(Shortfall shortfall) {
        return shortfall.failure() != null
                ? shortfall.failure().sentence()
                : shortfall.change().description() + ": " + shortfall.change().detail();
    }

    private static String changes(int n) {
        return Sentences.counted(n, "change");
    }

    private static String accounts(int n) {
        return Sentences.counted(n, "account");
    }
}
