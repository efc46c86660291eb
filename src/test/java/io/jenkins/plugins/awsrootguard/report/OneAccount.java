package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

/** The files of a run over one account that is in no store. */
public final class OneAccount {

    private OneAccount() {}

    public static void writeJson(AccountState state, OutputStream out) throws IOException {
        RunReport run = new RunReport(null, List.of(AccountEntry.of(state)), false);
        try (FindingsJson json = new FindingsJson(out, run)) {
            json.add(AccountReport.of(state));
        }
    }

    public static void writeCsv(AccountState state, Writer out) throws IOException {
        try (CsvFiles csv = new CsvFiles(out)) {
            csv.add(AccountReport.of(state));
        }
    }

    public static void writeHtml(AccountState state, Path dir) throws IOException {
        RunReport run = new RunReport(null, List.of(AccountEntry.of(state)), false);
        HtmlReport.write(run, AccountReport.of(state), false, dir);
    }
}
