package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.controls.Evidence;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Reference;
import java.io.IOException;
import java.io.Writer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The findings as a table for a spreadsheet: RFC 4180, a header and one row a finding, worst first. */
public final class FindingsCsv {

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

    private FindingsCsv() {}

    /** Writes the table, flushes, and leaves the writer open. */
    public static void write(Findings findings, Writer out) throws IOException {
        CSVPrinter printer = new CSVPrinter(out, FORMAT);
        for (Finding f : findings.findings()) {
            printer.printRecord(
                    harmless(findings.accountId()),
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
        printer.flush();
    }

    private static String text(Evidence e) {
        return e.call() + (e.at() == null ? "" : ", " + e.at()) + ": " + e.text();
    }

    private static String text(Reference r) {
        return r.url() == null ? r.label() : r.label() + " " + r.url();
    }

    /**
     * A cell that a spreadsheet shows and does not calculate: users and tags are named by others, and a name such as
     * {@code =HYPERLINK(...)} would be run when the file is opened. An apostrophe in front makes it text; also behind what
     * begins a cell for a spreadsheet that does not split at commas, as where these are decimal signs.
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
