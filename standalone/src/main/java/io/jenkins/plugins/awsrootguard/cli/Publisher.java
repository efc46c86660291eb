package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountOutcome;
import io.jenkins.plugins.awsrootguard.assessment.AccountReading.Outcome;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.FolderStore;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationResult;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.RunLog;
import io.jenkins.plugins.awsrootguard.assessment.Scope;
import io.jenkins.plugins.awsrootguard.evidence.EvidenceSums;
import io.jenkins.plugins.awsrootguard.facts.OrganizationAccount;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.report.AccountLine;
import io.jenkins.plugins.awsrootguard.report.FindingsCsv;
import io.jenkins.plugins.awsrootguard.report.FindingsJson;
import io.jenkins.plugins.awsrootguard.report.HtmlReport;
import io.jenkins.plugins.awsrootguard.report.OrganizationJson;
import io.jenkins.plugins.awsrootguard.report.OrganizationTally;
import io.jenkins.plugins.awsrootguard.report.PlanSentences;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the files that people and other programs read, and a line for each account where one is wanted. Thread-safe. */
final class Publisher implements RunLog {

    private final Console console;
    private final FolderStore store;
    private final Scope scope;
    private final boolean verbose;

    Publisher(Console console, FolderStore store, Scope scope, boolean verbose) {
        this.console = console;
        this.store = store;
        this.scope = scope;
        this.verbose = verbose;
    }

    @Override
    public void line(String text) {
        console.line(text);
    }

    @Override
    public void read(AccountState state) {
        if (state.reading().outcome() != Outcome.NOT_APPLICABLE) {
            publish(state);
        }
        if (scope.isOrganization() && verbose) {
            AccountLine line = AccountLine.of(outcome(state), null);
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

    @Override
    public void changed(AccountEntry account, List<ChangeRecord> records) {
        if (!scope.isOrganization()) {
            return;
        }
        if (verbose) {
            console.line(account.displayName() + ": " + PlanSentences.outcome(records));
        }
        records.stream()
                .filter(r -> r.outcome() == ChangeRecord.Outcome.FAILED)
                .forEach(r -> console.line(account.displayName() + ": " + r.description() + ": failed, " + r.detail()));
    }

    /** Writes the files of an account. */
    void publish(AccountState state) {
        Path dir = store.folder(state.accountId());
        try (OutputStream json = Files.newOutputStream(dir.resolve("findings.json"));
                BufferedWriter csv = Files.newBufferedWriter(dir.resolve("findings.csv"), StandardCharsets.UTF_8)) {
            FindingsJson.write(state, json);
            FindingsCsv.write(state.findings(), csv);
            HtmlReport.write(state, dir);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write the files in " + dir + ": " + e.getMessage(), e);
        }
    }

    Path folder(String subject) {
        return store.folder(subject);
    }

    /** Writes the files of the organization; gives the accounts added up. */
    OrganizationTally publish(RunHeader run) throws IOException {
        OrganizationTally tally = new OrganizationTally();
        List<AccountEntry> accounts = store.accounts();
        String id = run.organization().id();
        Path dir = store.folder(id);
        FolderStore.make(dir);
        OrganizationResult result = result(run, accounts);
        try (OrganizationJson json =
                new OrganizationJson(Files.newOutputStream(dir.resolve("findings.json")), run.organization())) {
            for (AccountEntry account : accounts) {
                AccountOutcome outcome = outcome(store.state(account.id()).orElseThrow());
                boolean page = account.reading().outcome() != Outcome.NOT_APPLICABLE;
                tally.add(outcome, page ? "../" + account.id() + "/report.html" : null);
                json.add(outcome);
            }
            json.finish(result, tally);
        }
        HtmlReport.write(result, tally, dir);
        return tally;
    }

    static OrganizationResult result(RunHeader run, List<AccountEntry> accounts) {
        return new OrganizationResult(
                run.organization(),
                run.partition(),
                run.central(),
                run.began(),
                run.ended(),
                accounts.size(),
                (int) accounts.stream().filter(a -> a.reading().isMissing()).count(),
                run.calls(),
                run.stopped() == null ? null : Print.sentence(run.stopped()));
    }

    private static AccountOutcome outcome(AccountState state) {
        return new AccountOutcome(
                new OrganizationAccount(
                        state.accountId(),
                        state.reading().name(),
                        state.reading().listedAs()),
                AccountOutcome.Reading.valueOf(state.reading().outcome().name()),
                state.reading().cause() == null ? null : state.reading().cause().sentence(),
                state,
                state.reading().calls(),
                null);
    }

    /** Brings the checksums of every folder that this command wrote to up to date. */
    void seal() throws IOException {
        for (String subject : store.touched()) {
            EvidenceSums.write(store.folder(subject), EvidenceSums.of(store.folder(subject)));
        }
    }
}
