package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.ControlStatus;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Finding.Evidence;
import io.jenkins.plugins.awsrootguard.controls.Rule.Reference;
import io.jenkins.plugins.awsrootguard.controls.Status;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes {@code findings.csv} and {@code accounts.csv} for spreadsheets, in RFC 4180 with a header. Writers are left open. */
final class CsvFiles implements ReportFile.AccountWriter {

    private static final String[] FINDING =
            "account,control,severity,status,title,summary,evidence,why,remediation,references".split(",");
    static final List<String> ACCOUNT = List.of(
            "account_id,name,verdict,critical,high,medium,low,unknown,worst,planned,made,failed,validated".split(","));

    private static final Pattern INSIDE = Pattern.compile("(?s)(?<=.)([;\\t\\r\\n]\\s*)(?=[=+\\-@＝＋－＠])");

    private final CSVPrinter csv;

    /** Begins a table of findings. */
    CsvFiles(Writer out) throws IOException {
        csv = new CSVPrinter(out, CSVFormat.RFC4180.builder().setHeader(FINDING).get());
    }

    /** Adds a row for each finding of an account, worst first; none before phase 2. */
    @Override
    public void add(AccountReport account) throws IOException {
        AccountState state = account.state();
        for (Finding f :
                state.findings() == null ? List.<Finding>of() : state.findings().findings()) {
            csv.printRecord(Stream.of(
                            state.accountId(),
                            f.control(),
                            f.severity().name(),
                            f.status().name(),
                            f.rule().title(),
                            f.sentence(),
                            f.evidence().stream().map(CsvFiles::text).collect(Collectors.joining("\n")),
                            f.rule().why(),
                            f.rule().remediation(),
                            f.rule().references().stream().map(CsvFiles::text).collect(Collectors.joining("\n")))
                    .map(CsvFiles::harmless));
        }
    }

    @Override
    public void close() throws IOException {
        csv.flush();
    }

    /** Writes a row for each account, worst first, with the status of each control, and flushes. */
    static void accounts(RunReport run, Writer out) throws IOException {
        CSVPrinter csv = new CSVPrinter(out, CSVFormat.RFC4180);
        List<String> controls = run.controls().stream().map(ControlRow::control).toList();
        csv.printRecord(Stream.concat(ACCOUNT.stream(), controls.stream()));
        for (AccountRow row : run.accounts()) {
            AccountEntry entry = row.entry();
            Map<String, Status> statuses =
                    entry.controls().stream().collect(Collectors.toMap(ControlStatus::control, ControlStatus::status));
            Stream<Stream<?>> account = Stream.of(
                    Stream.of(
                            entry.id(),
                            harmless(entry.reading().name()),
                            row.verdict().word()),
                    row.counts().stream().map(AccountRow.Count::findings),
                    Stream.of(harmless(row.worst()), entry.planned(), entry.made(), entry.failed()),
                    Stream.of(entry.validated() == null ? "" : entry.validated()),
                    controls.stream().map(statuses::get));
            csv.printRecord(account.flatMap(Function.identity()));
        }
        csv.flush();
    }

    private static String text(Evidence e) {
        return e.call() + (e.at() == null ? "" : ", " + e.at()) + ": " + e.text();
    }

    private static String text(Reference r) {
        return r.url() == null ? r.label() : r.label() + " " + r.url();
    }

    /**
     * Returns a cell that a spreadsheet shows and does not calculate. Others name users and tags, and a spreadsheet would run a
     * name such as {@code =HYPERLINK(...)} when it opens the file. A leading apostrophe makes the cell text, also behind a
     * semicolon or tab, where a spreadsheet with a decimal comma begins a cell.
     *
     * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">OWASP: CSV injection</a>
     */
    static String harmless(String cell) {
        if (cell == null || cell.isEmpty()) {
            return "";
        }
        String rest = INSIDE.matcher(cell).replaceAll("$1'");
        return "=+-@\t\r\n＝＋－＠".indexOf(cell.charAt(0)) >= 0 ? "'" + rest : rest;
    }
}
