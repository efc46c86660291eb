package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.report.RunReport;
import io.jenkins.plugins.awsrootguard.report.Narration;
import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountReading.Outcome;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.AssessmentPhase;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.RunSettings;
import io.jenkins.plugins.awsrootguard.assessment.Scope;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.report.Sentences;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command: runs phases of the engine, writes the files and prints the result. */
abstract class PhaseCommand implements Callable<Integer> {

    final Console console;
    final Print print;

    @Mixin
    private RunOptions options;

    PhaseCommand(Console console) {
        this.console = console;
        this.print = new Print(console);
    }

    /** Checks the options, before AWS is called. */
    void check(Scope scope) {}

    /** What the plan is to change. */
    RunSettings settings() {
        return RunSettings.DEFAULT;
    }

    /** Runs the phases; returns the {@link ExitCode}. */
    abstract int run(Session session) throws IOException, InterruptedException;

    /** The one account of the run; null for the account of the credentials, or an organization. */
    String account() {
        return options.account;
    }

    @Override
    public final Integer call() throws IOException, InterruptedException {
        options.gate();
        Scope scope = options.scope(account());
        check(scope);
        RunSettings settings = options.apply(settings());
        if (scope.isOrganization()) {
            settings.remediation().checkForManyAccounts();
        }
        try (Session session = new Session(console, options, scope, settings);
                StopSignal ignored = new StopSignal()) {
            return run(session);
        }
    }

    /** Phases 1 and 2. */
    static RunHeader assess(Session session) throws InterruptedException {
        return checked(session, new AssessmentPhase(session.context).run(session.scope, session.settings));
    }

    /** Ends the command when the run of one account was stopped, or the account could not be read. */
    static RunHeader checked(Session session, RunHeader run) throws InterruptedException {
        if (session.scope.isOrganization()) {
            return run;
        }
        if (run.stopped() != null) {
            throw new InterruptedException();
        }
        AccountState state = session.state();
        if (state.reading().outcome() == Outcome.UNREAD) {
            throw new AwsAccessException(state.reading().cause());
        }
        return run;
    }

    /** Writes the files and prints the result; returns the exit code that the findings require. */
    final int finish(Session session, RunHeader run) throws IOException {
        if (session.scope.isOrganization()) {
            RunReport report = session.publishOrganization();
            print.organization(report, options.hasRole());
            Narration.policy(report, null, console::say);
            console.heading("Files: " + options.out + "/report.html, findings.json, findings.csv, accounts.csv, SHA256SUMS; a"
                    + " folder for each account beside them");
        } else {
            AccountState state = session.state();
            Path dir = session.publish(state.accountId());
            console.heading(Sentences.frontLine(state, Instant.now()));
            console.say(Sentences.verdict(state));
            Narration.policy(new RunReport(run, session.accounts(), false), state, console::say);
            console.heading("Files: " + dir + "/report.html with report.css, findings.json, findings.csv, state.json"
                    + (state.facts().report().isKnown() ? ", credential-report.csv" : "")
                    + ", evidence.jsonl, SHA256SUMS");
        }
        return code(run, session.accounts());
    }

    private int code(RunHeader run, List<AccountEntry> accounts) {
        if (run.stopped() != null) {
            console.err().println("Not every account was read. " + Sentences.of(run.stopped()));
            return ExitCode.AWS;
        }
        boolean missing = accounts.stream().anyMatch(a -> a.reading().isMissing());
        if (missing && accounts.stream().noneMatch(a -> a.reading().outcome() == Outcome.READ)) {
            console.err().println("No account could be read. The causes are in report.html.");
            return ExitCode.AWS;
        }
        QualityGate.Outcome outcome = options.gate().judge(run.central(), accounts);
        if (outcome.result() != QualityGate.Result.PASSED) {
            return findings(outcome.reason());
        }
        long open = accounts.stream()
                .filter(a -> Boolean.FALSE.equals(a.validated()))
                .count();
        return open == 0
                ? ExitCode.OK
                : findings(Sentences.counted(open, "account") + " did not pass every validation check");
    }

    /** Prints the reason for exit code 1. */
    final int findings(String reason) {
        console.say("Exit code 1: " + reason);
        return ExitCode.FINDINGS;
    }
}
