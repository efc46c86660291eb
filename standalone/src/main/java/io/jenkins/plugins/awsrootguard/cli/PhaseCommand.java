package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountReading.Outcome;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.AssessmentPhase;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.RunSettings;
import io.jenkins.plugins.awsrootguard.assessment.Scope;
import io.jenkins.plugins.awsrootguard.assessment.UnknownPolicy;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.report.Causes;
import io.jenkins.plugins.awsrootguard.report.Sentences;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** What all commands have in common: run the phase, write the files, sum up. */
abstract class PhaseCommand implements Callable<Integer> {

    final Console console;
    final Print print;

    @Mixin
    private CommonOptions options;

    @Mixin
    private OrganizationOptions organization;

    PhaseCommand(Console console) {
        this.console = console;
        this.print = new Print(console);
    }

    /** Wrong options are found before AWS is called. */
    abstract void check(Scope scope);

    /** How the accounts are read, judged and changed, apart from the options that all commands have. */
    abstract RunSettings settings();

    /** Runs the phase; gives the {@link ExitCode}. */
    abstract int run(Session session, Scope scope, RunSettings settings) throws IOException, InterruptedException;

    /** The account that the run is about; null for the account of the credentials. */
    String account() {
        return options.account;
    }

    @Override
    public final Integer call() throws IOException, InterruptedException {
        options.failOn();
        Scope scope = organization.scope(account());
        check(scope);
        RunSettings settings = organization.apply(settings());
        if (scope.isOrganization()) {
            settings.remediation().checkForManyAccounts();
        }
        try (Session session = new Session(console, options.out, options.region, scope, organization.isVerbose());
                StopSignal ignored = StopSignal.forThisThread()) {
            return run(session, scope, settings);
        }
    }

    /** Phases 1 and 2. */
    final RunHeader assess(Session session, Scope scope, RunSettings settings) throws InterruptedException {
        return checked(session, new AssessmentPhase(session.context()).run(scope, settings));
    }

    /** The reading of one account ends the command when it was stopped, or nothing could be read. */
    final RunHeader checked(Session session, RunHeader run) throws InterruptedException {
        if (run.isOrganization() || run.scope().isOrganization()) {
            return run;
        }
        if (run.stopped() != null) {
            throw new InterruptedException();
        }
        AccountState state = state(session);
        if (state.reading().outcome() == Outcome.UNREAD) {
            throw new AwsAccessException("Could not read account " + state.accountId() + ": "
                    + state.reading().cause().sentence());
        }
        return run;
    }

    /** Of the one account. */
    final AccountState state(Session session) {
        return session.context().store().state(accountId(session)).orElseThrow();
    }

    final String accountId(Session session) {
        return session.open(Scope.account(account())).accountId();
    }

    /** Writes the files and sums up; gives the exit code that the findings alone require. */
    final int finish(Session session, RunHeader run) throws IOException {
        List<AccountEntry> accounts = run.scope().isOrganization()
                ? session.context().store().accounts()
                : session.context().store().account(accountId(session)).stream().toList();
        if (run.scope().isOrganization()) {
            new OrganizationPrint(console).print(session.publisher().publishOrganization(), organization.hasRole());
            console.heading("Files: " + options.out + "/report.html, findings.json, findings.csv, accounts.csv, SHA256SUMS; a"
                    + " folder for each account beside them");
        } else {
            AccountState state = state(session);
            Path dir = session.publisher().publish(state);
            console.heading(Sentences.frontLine(state, Instant.now()));
            console.say(Sentences.verdict(state));
            console.heading("Files: " + dir + "/report.html with report.css, findings.json, findings.csv, state.json"
                    + (state.facts().report().isKnown() ? ", credential-report.csv" : "")
                    + ", evidence.jsonl, SHA256SUMS");
        }
        return code(run, accounts);
    }

    private int code(RunHeader run, List<AccountEntry> accounts) {
        if (run.stopped() != null) {
            console.err().println("Not every account was read. " + Causes.of(run.stopped()));
            return ExitCode.AWS;
        }
        boolean missing = accounts.stream().anyMatch(a -> a.reading().isMissing());
        if (missing && accounts.stream().noneMatch(a -> a.reading().outcome() == Outcome.READ)) {
            console.err().println("No account could be read. The causes are in report.html.");
            return ExitCode.AWS;
        }
        QualityGate gate = new QualityGate(options.failOn(), null, UnknownPolicy.FAIL, options.unreadAccounts);
        QualityGate.Outcome outcome = gate.judge(run.central(), accounts);
        if (outcome.result() != QualityGate.Result.PASSED) {
            console.say("Exit code 1: " + outcome.reason());
            return ExitCode.FINDINGS;
        }
        long open = accounts.stream()
                .filter(a -> Boolean.FALSE.equals(a.validated()))
                .count();
        if (open > 0) {
            console.say("Exit code 1: " + open + (open == 1 ? " account" : " accounts")
                    + " did not pass every validation check");
            return ExitCode.FINDINGS;
        }
        return ExitCode.OK;
    }
}
