package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.ControlStatus;
import io.jenkins.plugins.awsrootguard.controls.Status;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes {@code accounts.csv}: a row for each account, worst first, with the status of each control. */
public final class AccountsCsv {

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
            "validated");

    private AccountsCsv() {}

    /** Writes the table, flushes, and leaves the writer open. */
    public static void write(RunReport run, Writer out) throws IOException {
        CSVPrinter csv = new CSVPrinter(out, CSVFormat.RFC4180);
        List<String> controls = run.controls().stream().map(ControlRow::control).toList();
        List<Object> header = new ArrayList<>(HEADER);
        header.addAll(controls);
        csv.printRecord(header);
        for (AccountRow line : run.accounts()) {
            csv.printRecord(cells(line, controls));
        }
        csv.flush();
    }

    private static List<Object> cells(AccountRow line, List<String> controls) {
        AccountEntry entry = line.entry();
        List<Object> cells = new ArrayList<>(List.of(
                entry.id(),
                FindingsCsv.harmless(entry.reading().name()),
                line.verdict().word(),
                line.critical(),
                line.high(),
                line.medium(),
                line.low(),
                line.unknown(),
                FindingsCsv.harmless(line.worst()),
                entry.planned(),
                entry.made(),
                entry.failed(),
                entry.validated() == null ? "" : entry.validated()));
        Map<String, Status> statuses =
                entry.controls().stream().collect(Collectors.toMap(ControlStatus::control, ControlStatus::status));
        for (String control : controls) {
            Status status = statuses.get(control);
            cells.add(status == null ? "" : status.name());
        }
        return cells;
    }
}
