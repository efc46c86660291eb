package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.controls.Evidence;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Reference;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes {@code findings.csv} for spreadsheets: RFC 4180, a header and one row a finding, worst first in each account. */
public final class FindingsCsv implements Closeable {

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader(
                    "account",
                    "control",
                    "severity",
                    "status",
                    "title",
                    "summary",
                    "evidence",
                    "why",
                    "remediation",
                    "references")
            .get();

    private static final Pattern INSIDE = Pattern.compile("(?s)(?<=.)([;\\t\\r\\n]\\s*)(?=[=+\\-@＝＋－＠])");

    private final CSVPrinter printer;

    /** Begins the table. {@link #close} flushes it and leaves the writer open. */
    public FindingsCsv(Writer out) throws IOException {
        printer = new CSVPrinter(out, FORMAT);
    }

    /** Writes the findings of one account, flushes, and leaves the writer open. */
    public static void write(AccountState state, Writer out) throws IOException {
        try (FindingsCsv csv = new FindingsCsv(out)) {
            csv.add(state);
        }
    }

    /** Adds the findings of an account; nothing before phase 2. */
    public void add(AccountState state) throws IOException {
        if (state.findings() == null) {
            return;
        }
        for (Finding f : state.findings().findings()) {
            printer.printRecord(
                    harmless(state.accountId()),
                    harmless(f.control()),
                    f.severity().name(),
                    f.status().name(),
                    harmless(f.title()),
                    harmless(f.summary()),
                    harmless(f.evidence().stream().map(FindingsCsv::text).collect(Collectors.joining("\n"))),
                    harmless(f.why()),
                    harmless(f.remediation()),
                    harmless(f.references().stream().map(FindingsCsv::text).collect(Collectors.joining("\n"))));
        }
    }

    @Override
    public void close() throws IOException {
        printer.flush();
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
    public static String harmless(String cell) {
        if (cell == null || cell.isEmpty()) {
            return "";
        }
        String rest = INSIDE.matcher(cell).replaceAll("$1'");
        return "=+-@\t\r\n＝＋－＠".indexOf(cell.charAt(0)) >= 0 ? "'" + rest : rest;
    }
}
