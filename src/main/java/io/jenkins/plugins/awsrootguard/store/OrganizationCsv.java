package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.report.AccountLine;
import io.jenkins.plugins.awsrootguard.report.FindingsCsv;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** {@code accounts.csv} of an organization: an account a line, worst first, with the status of each control. */
public final class OrganizationCsv {

    private static final List<String> HEADER = List.of(
            "account_id",
            "name",
            "verdict",
            "critical",
            "high",
            "medium",
            "low",
            "unknown",
            "worst",
            "planned",
            "made",
            "failed",
            "proven");

    private OrganizationCsv() {}

    /** Writes it in UTF-8 and leaves the stream open. */
    public static void write(OrganizationSummary summary, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        CSVPrinter csv = new CSVPrinter(writer, CSVFormat.RFC4180);
        List<String> controls =
                summary.controls().stream().map(ControlCount::control).toList();
        List<Object> header = new ArrayList<>(HEADER);
        header.addAll(controls);
        csv.printRecord(header);
        for (IndexedAccount account : summary.accounts()) {
            csv.printRecord(cells(account, controls));
        }
        csv.flush();
    }

    private static List<Object> cells(IndexedAccount account, List<String> controls) {
        AccountLine line = account.line();
        List<Object> cells = new ArrayList<>(List.of(
                account.id(),
                FindingsCsv.harmless(account.account().name()),
                line.word(),
                line.critical(),
                line.high(),
                line.medium(),
                line.low(),
                line.unknown(),
                FindingsCsv.harmless(line.worst()),
                account.planned(),
                account.made(),
                account.failed(),
                account.proven() == null ? "" : account.proven()));
        for (String control : controls) {
            Status status = account.statuses().get(control);
            cells.add(status == null ? "" : status.name());
        }
        return cells;
    }
}
