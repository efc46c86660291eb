package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountCause;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.AccountStore;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Writes the files of a run for people and programs: {@code findings.json}, {@code findings.csv}, {@code accounts.csv},
 * {@code report.html} and its style sheet. One account's state is held in memory at a time.
 */
public final class ReportFiles {

    private ReportFiles() {}

    /**
     * Writes the files of all accounts of a store.
     *
     * @param dir the folder, which is created when there is none
     * @param accountPages whether each of several accounts gets a page of its own in {@code dir/ACCOUNT_ID/}
     */
    public static void write(AccountStore store, boolean running, Path dir, boolean accountPages) throws IOException {
        Files.createDirectories(dir);
        RunReport run = RunReport.of(store, running);
        try (OutputStream out = new BufferedOutputStream(
                        Files.newOutputStream(dir.resolve(ReportFile.FINDINGS_JSON.fileName())));
                FindingsJson json = new FindingsJson(out, run);
                BufferedWriter csv = Files.newBufferedWriter(
                        dir.resolve(ReportFile.FINDINGS_CSV.fileName()), StandardCharsets.UTF_8);
                FindingsCsv findings = new FindingsCsv(csv)) {
            for (AccountRow line : run.accounts()) {
                Optional<AccountState> state = isDamaged(line) ? Optional.empty() : store.state(line.accountId());
                if (state.isEmpty()) {
                    continue;
                }
                json.add(line, state.get());
                findings.add(state.get());
                if (accountPages && !run.isOneAccount()) {
                    HtmlReport.write(line, state.get(), dir.resolve(line.accountId()));
                }
            }
        }
        try (BufferedWriter csv =
                Files.newBufferedWriter(dir.resolve(ReportFile.ACCOUNTS_CSV.fileName()), StandardCharsets.UTF_8)) {
            AccountsCsv.write(run, csv);
        }
        if (run.isOneAccount() && !isDamaged(run.accounts().get(0))) {
            AccountRow line = run.accounts().get(0);
            HtmlReport.write(line, store.state(line.accountId()).orElseThrow(), dir);
        } else {
            HtmlReport.write(run, accountPages, dir);
        }
    }

    private static boolean isDamaged(AccountRow line) {
        AccountCause cause = line.entry().reading().cause();
        return cause != null && cause.kind() == AccountCause.Kind.DAMAGED;
    }
}
