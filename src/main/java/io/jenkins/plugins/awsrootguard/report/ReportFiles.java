package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.AccountStore;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Writes the files of a run for people and programs. One account's state is held in memory at a time. */
public final class ReportFiles {

    private ReportFiles() {}

    /**
     * Writes {@code findings.json}, {@code findings.csv}, {@code report.html} with its style sheet and, unless the report is on
     * one account, {@code accounts.csv}.
     *
     * @param dir the folder, which is created if it does not exist
     * @param links whether each of several accounts has a page in {@code dir/ACCOUNT_ID/}
     */
    public static void write(AccountStore store, RunReport run, Path dir, boolean links) throws IOException {
        Files.createDirectories(dir);
        try (OutputStream out = open(dir, ReportFile.FINDINGS_JSON);
                FindingsJson json = new FindingsJson(out, run);
                Writer writer = utf8(open(dir, ReportFile.FINDINGS_CSV));
                FindingsCsv csv = new FindingsCsv(writer)) {
            each(store, run, (row, state) -> {
                json.add(row, state);
                csv.add(state);
            });
        }
        if (run.isOneAccount()) {
            each(store, run, (row, state) -> HtmlReport.write(HtmlReport.Page.of(row, state), dir));
            return;
        }
        try (Writer csv = utf8(open(dir, ReportFile.ACCOUNTS_CSV))) {
            AccountsCsv.write(run, csv);
        }
        HtmlReport.write(HtmlReport.Page.of(run, links), dir);
    }

    /**
     * Writes one file and leaves the stream open.
     *
     * @throws IllegalArgumentException when the file is stored and not made
     */
    public static void write(AccountStore store, RunReport run, ReportFile file, OutputStream out) throws IOException {
        switch (file) {
            case REPORT -> {
                if (run.isOneAccount()) {
                    each(store, run, (row, state) -> HtmlReport.write(HtmlReport.Page.of(row, state), out));
                } else {
                    HtmlReport.write(HtmlReport.Page.of(run, false), out);
                }
            }
            case FINDINGS_JSON -> {
                try (FindingsJson json = new FindingsJson(out, run)) {
                    each(store, run, json::add);
                }
            }
            case FINDINGS_CSV -> {
                try (FindingsCsv csv = new FindingsCsv(utf8(out))) {
                    each(store, run, (row, state) -> csv.add(state));
                }
            }
            case ACCOUNTS_CSV -> AccountsCsv.write(run, utf8(out));
            default -> throw new IllegalArgumentException(file + " is stored");
        }
    }

    /** What is done with an account and its state. */
    @FunctionalInterface
    private interface Each {
        void accept(AccountRow row, AccountState state) throws IOException;
    }

    private static void each(AccountStore store, RunReport run, Each each) throws IOException {
        for (AccountRow row : run.accounts()) {
            Unread cause = row.entry().reading().cause();
            boolean damaged = cause != null && cause.kind() == Unread.Kind.DAMAGED;
            Optional<AccountState> state = damaged ? Optional.empty() : store.state(row.accountId());
            if (state.isPresent()) {
                each.accept(row, state.get());
            }
        }
    }

    private static OutputStream open(Path dir, ReportFile file) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(dir.resolve(file.fileName())));
    }

    private static Writer utf8(OutputStream out) {
        return new OutputStreamWriter(out, StandardCharsets.UTF_8);
    }
}
