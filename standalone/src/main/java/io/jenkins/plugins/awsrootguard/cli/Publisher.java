package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.FolderStore;
import io.jenkins.plugins.awsrootguard.assessment.RunLog;
import io.jenkins.plugins.awsrootguard.assessment.Scope;
import io.jenkins.plugins.awsrootguard.evidence.Checksums;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.report.AccountRow;
import io.jenkins.plugins.awsrootguard.report.FindingsCsv;
import io.jenkins.plugins.awsrootguard.report.FindingsJson;
import io.jenkins.plugins.awsrootguard.report.HtmlReport;
import io.jenkins.plugins.awsrootguard.report.PlanSentences;
import io.jenkins.plugins.awsrootguard.report.ReportFiles;
import io.jenkins.plugins.awsrootguard.report.RunReport;
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
    private final Path out;
    private final Scope scope;
    private final boolean verbose;
    private boolean published;

    Publisher(Console console, FolderStore store, Path out, Scope scope, boolean verbose) {
        this.console = console;
        this.store = store;
        this.out = out;
        this.scope = scope;
        this.verbose = verbose;
    }

    @Override
    public void line(String text) {
        console.line(text);
    }

    @Override
    public void read(AccountState state) {
        publish(state);
        if (scope.isOrganization() && verbose) {
            AccountRow row = AccountRow.of(AccountEntry.of(state));
            long calls = state.reading().calls();
            console.line(String.format(
                    "%s %s %s: %s (%d %s)",
                    row.verdict().symbol(), row.verdict().word(), row.name(), row.worst(), calls, calls == 1 ? "call" : "calls"));
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

    /** Writes the files of an account; gives their folder. */
    Path publish(AccountState state) {
        Path dir = out.resolve(state.accountId());
        try (OutputStream json = Files.newOutputStream(dir.resolve("findings.json"));
                BufferedWriter csv = Files.newBufferedWriter(dir.resolve("findings.csv"), StandardCharsets.UTF_8)) {
            FindingsJson.write(state, json);
            FindingsCsv.write(state, csv);
            if (!scope.isOrganization()) {
                // The pages of many accounts are written at the end, with the list that they belong to.
                HtmlReport.write(state, dir);
            }
            return dir;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write the files in " + dir + ": " + e.getMessage(), e);
        }
    }

    /** Writes the files of the organization, beside the folders of its accounts. */
    RunReport publishOrganization() throws IOException {
        published = true;
        RunReport report = RunReport.of(store, false);
        ReportFiles.write(store, report, out, true);
        return report;
    }

    /** Brings the checksums of every folder that this command wrote to up to date. */
    void seal() throws IOException {
        for (String subject : store.touched()) {
            if (Files.isDirectory(out.resolve(subject))) {
                Checksums.write(out.resolve(subject));
            }
        }
        if (published) {
            Checksums.write(out);
        }
    }
}
