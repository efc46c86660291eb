package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.AccountOutcome.Reading;
import io.jenkins.plugins.awsrootguard.assessment.AccountOutcome;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationAssessment;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationResult;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationSettings;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.assessment.UnknownPolicy;
import io.jenkins.plugins.awsrootguard.assessment.ValidationResult;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.Organization;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.report.AccountLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A command for a whole organization: what was read is counted, written and summed up. */
final class OrganizationRun {

    private final Console console;
    private final Path out;
    private final QualityGate gate;
    private final Severity failOn;
    private final boolean verbose;
    private final boolean role;
    private final Calls calls;
    private final AtomicInteger read = new AtomicInteger();
    private final AtomicInteger missing = new AtomicInteger();
    private final AtomicInteger failing = new AtomicInteger();
    private final AtomicInteger unproven = new AtomicInteger();

    /**
     * @param verbose whether there is a line for each account
     * @param role whether the members are read through a role as well
     * @param calls of this thread
     */
    OrganizationRun(Console console, Path out, Severity failOn, boolean verbose, boolean role, Calls calls) {
        this.role = role;
        this.calls = calls;
        this.console = console;
        this.out = out;
        this.failOn = failOn;
        this.verbose = verbose;
        this.gate = new QualityGate(failOn, null, UnknownPolicy.FAIL);
    }

    Console console() {
        return console;
    }

    /** Before the accounts are read. */
    OrganizationFolder folder(AccountConnection caller, Organization organization) throws IOException {
        return new OrganizationFolder(out, organization, caller, calls::take);
    }

    /** That of the account which the credentials belong to. */
    AccountFolder ownFolder(AccountConnection caller) throws IOException {
        return new AccountFolder(out, caller.accountId(), LocalUser.caller(caller), calls::take);
    }

    boolean isVerbose() {
        return verbose;
    }

    /** {@code report}, {@code gaps} or {@code validate}. */
    int read(AccountConnection caller, AccountFilter filter, OrganizationSettings settings) throws IOException {
        OrganizationAssessment assessment = OrganizationAssessment.begin(caller, filter, settings);
        try (StopSignal ignored = StopSignal.forThisThread();
                OrganizationFolder folder = folder(caller, assessment.organization())) {
            OrganizationResult result = assessment.run(
                    folder::confirmation,
                    outcome -> {
                        tell(outcome);
                        take(folder, outcome);
                    },
                    console);
            return finish(folder, result);
        }
    }

    /** The line for an account, where one is wanted. */
    void tell(AccountOutcome outcome) {
        if (verbose) {
            AccountLine line = AccountLine.of(outcome, null);
            console.line(String.format(
                    "%s %s %s: %s (%d %s)",
                    line.symbol(),
                    line.word(),
                    line.name(),
                    line.worst(),
                    line.calls(),
                    line.calls() == 1 ? "call" : "calls"));
        }
    }

    /** Writes the files and sums up; gives the exit code that the findings ask for. */
    int finish(OrganizationFolder folder, OrganizationResult result) throws IOException {
        folder.publish(result);
        new OrganizationPrint(console).print(result, folder.tally(), role);
        console.heading("Written: " + folder.dir() + "/report.html, findings.json, evidence.jsonl, SHA256SUMS; a folder for"
                + " each account beside it");
        return code(result);
    }

    /** Writes an account's files and counts it. Thread-safe. */
    void take(OrganizationFolder folder, AccountOutcome outcome) {
        try {
            folder.add(outcome);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (outcome.reading() == Reading.NOT_APPLICABLE) {
            return;
        }
        (outcome.reading() == Reading.READ ? read : missing).incrementAndGet();
        if (gate.judge(outcome.state().findings()).result() != QualityGate.Result.PASSED) {
            failing.incrementAndGet();
        }
        ValidationResult proof = outcome.state().validation();
        if (proof != null && !proof.isSecured()) {
            unproven.incrementAndGet();
        }
    }

    private int code(OrganizationResult result) {
        if (!result.isComplete()) {
            console.err().println("Not done for every account: " + result.stoppedBecause());
            return ExitCode.AWS;
        }
        if (read.get() == 0 && missing.get() > 0) {
            console.err().println("No account could be read; the reasons are in report.html");
            return ExitCode.AWS;
        }
        Status central = result.central().status();
        boolean organization = central.isOpen() && result.central().severity().isAtLeast(failOn);
        if (failing.get() > 0 || organization) {
            console.say("Exit code 1: " + count(failing.get()) + " with findings of severity " + failOn
                    + (failOn == Severity.CRITICAL ? "" : " or worse") + ", what could not be read included"
                    + (organization ? "; and the organization itself" : ""));
            return ExitCode.FINDINGS;
        }
        if (unproven.get() > 0) {
            console.say("Exit code 1: " + count(unproven.get()) + " not proven in every point");
            return ExitCode.FINDINGS;
        }
        return ExitCode.OK;
    }

    private static String count(int accounts) {
        return accounts + (accounts == 1 ? " account" : " accounts");
    }
}
