package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountReading.Outcome;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.AssessmentPhase;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.RunSettings;
import io.jenkins.plugins.awsrootguard.assessment.Scope;
import io.jenkins.plugins.awsrootguard.assessment.ValidationPhase;
import io.jenkins.plugins.awsrootguard.assessment.ValidationResult;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.report.Narration;
import io.jenkins.plugins.awsrootguard.report.RunReport;
import io.jenkins.plugins.awsrootguard.report.Sentences;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** A command: runs phases of the engine, writes the files and prints the result. */
abstract class PhaseCommand implements Callable<Integer> {

    @ParentCommand
    private RootGuard root;

    @Mixin
    private RunOptions options;

    /** Set when the command starts. */
    Console console;

    @Command(name = "report")
    static final class Report extends PhaseCommand {

        @Override
        void show(AccountState state) {
            console.readings(state.facts());
        }
    }

    @Command(name = "gaps")
    static final class Gaps extends PhaseCommand {

        @Mixin
        private RunOptions.Changes changes;

        @Override
        RunSettings settings() {
            return changes.settings();
        }

        @Override
        void show(AccountState state) {
            console.findings(state.findings());
            console.plan(state);
        }
    }

    @Command(name = "validate")
    static final class Validate extends PhaseCommand {

        @Mixin
        private RunOptions.Statement statement;

        @Override
        void check(Scope scope) {
            statement.check(scope);
        }

        @Override
        RunHeader phase(Session session) {
            statement.record(session);
            return new ValidationPhase(session.context).run(session.scope, session.settings);
        }

        @Override
        void show(AccountState state) {
            ValidationResult result = state.validation();
            console.heading("Checks passed: " + result.secured() + " of "
                    + result.points().size());
            console.findings(state.findings());
        }
    }

    /** Checks the options, before AWS is called. */
    void check(Scope scope) {}

    /** What the plan is to change. */
    RunSettings settings() {
        return RunSettings.DEFAULT;
    }

    /** Runs the phase that reads the accounts. */
    RunHeader phase(Session session) {
        return new AssessmentPhase(session.context).run(session.scope, session.settings);
    }

    /** Prints what was read of the one account of the run. */
    void show(AccountState state) {}

    @Override
    public final Integer call() throws IOException, InterruptedException {
        console = root.console;
        options.gate();
        options.formats();
        RunSettings settings = options.apply(settings());
        Scope scope = options.scope(settings.remediation().requested().accounts());
        check(scope);
        settings.check(scope);
        try (Session session = new Session(console, options, scope, settings);
                StopSignal ignored = new StopSignal()) {
            return run(session);
        }
    }

    /** Runs the phases; returns the {@link RootGuard.ExitCode}. */
    int run(Session session) throws IOException, InterruptedException {
        RunHeader run = read(session);
        if (!session.scope.isOrganization()) {
            show(session.state());
        }
        return finish(session, run);
    }

    /** Reads the accounts. Ends the command when the run of one account was stopped, or the account could not be read. */
    final RunHeader read(Session session) throws InterruptedException {
        RunHeader run = phase(session);
        if (!session.scope.isOrganization()) {
            if (run.stopped() != null) {
                throw new InterruptedException();
            }
            var reading = session.state().reading();
            if (reading.outcome() == Outcome.UNREAD) {
                throw new AwsAccessException(reading.cause());
            }
        }
        return run;
    }

    /** Writes the files and prints the result; returns the exit code that the findings require. */
    final int finish(Session session, RunHeader run) throws IOException {
        List<AccountEntry> accounts = session.accounts();
        RunReport report = new RunReport(run, accounts, false);
        if (session.scope.isOrganization()) {
            session.publish(report);
            console.organization(report, options.memberRole != null);
            report.exceptions().forEach(console::say);
            console.heading("Files: " + options.out
                    + "/report.html, findings.json, findings.csv, accounts.csv, SHA256SUMS; a folder for each account"
                    + " beside them");
        } else {
            AccountState state = session.state();
            Path dir = session.publish(state.accountId());
            console.heading(Sentences.frontLine(state, Instant.now()));
            console.say(Sentences.verdict(state));
            Narration.policy(report, state, console::say);
            console.heading("Files: " + dir + "/report.html with report.css, findings.json, findings.csv, state.json"
                    + (state.facts().report().isKnown() ? ", credential-report.csv" : "")
                    + ", evidence.jsonl, SHA256SUMS");
        }
        if (run.stopped() != null) {
            console.err().println("Not every account was read. " + Sentences.of(run.stopped()));
            return RootGuard.ExitCode.AWS;
        }
        if (report.count(e -> e.reading().isMissing()) > 0
                && report.count(e -> e.reading().outcome() == Outcome.READ) == 0) {
            console.err().println("No account could be read. The causes are in report.html.");
            return RootGuard.ExitCode.AWS;
        }
        QualityGate.Outcome outcome = options.gate().judge(run.central(), accounts);
        if (outcome.result() != QualityGate.Result.PASSED) {
            return findings(outcome.reason());
        }
        int open = report.validated() - report.secured();
        return open == 0
                ? RootGuard.ExitCode.OK
                : findings(Sentences.counted(open, "account") + " did not pass every validation check");
    }

    /** Prints the reason for exit code 1. */
    final int findings(String reason) {
        console.say("Exit code 1: " + reason);
        return RootGuard.ExitCode.FINDINGS;
    }

    /** Interrupts the thread that creates it when the process is stopped (Ctrl-C), and gives it up to a minute to write its files. */
    private static final class StopSignal implements AutoCloseable {

        private final CountDownLatch done = new CountDownLatch(1);
        private final Thread hook;

        StopSignal() {
            Thread working = Thread.currentThread();
            hook = new Thread(
                    () -> {
                        working.interrupt();
                        try {
                            done.await(1, TimeUnit.MINUTES);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "root-guard-stop");
            Runtime.getRuntime().addShutdownHook(hook);
        }

        @Override
        public void close() {
            done.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process is stopping.
            }
        }
    }
}
