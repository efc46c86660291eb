package io.jenkins.plugins.awsrootguard.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Finding.Evidence;
import io.jenkins.plugins.awsrootguard.controls.Rule;
import io.jenkins.plugins.awsrootguard.controls.Rule.Reference;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFilesTest {

    @Test
    void oneRowAFindingWorstFirst() throws IOException {
        List<CSVRecord> rows = rows(
                finding("b", Severity.LOW, Status.PASS, "fine"),
                finding("a", Severity.HIGH, Status.FAIL, "says \"no\", twice\nor more"));

        assertEquals(2, rows.size());
        assertEquals("a", rows.get(0).get("control"));
        assertEquals("HIGH", rows.get(0).get("severity"));
        assertEquals("FAIL", rows.get(0).get("status"));
        assertEquals(Fixtures.ACCOUNT, rows.get(0).get("account"));
        assertEquals("says \"no\", twice\nor more", rows.get(0).get("summary"));
        assertEquals("iam:X, 2026-11-24T10:42:07Z: x = 1", rows.get(0).get("evidence"));
        assertEquals("CIS 1.4\nAWS https://example.com/a", rows.get(0).get("references"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"=HYPERLINK(\"x\")", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1"})
    void aSpreadsheetRunsNoCell(String evil) throws IOException {
        assertEquals(
                "'" + evil,
                rows(finding("a", Severity.LOW, Status.FAIL, evil)).get(0).get("summary"));
    }

    @Test
    void aNameThatIsAFormulaRunsInNoColumn() throws IOException {
        String evil = "=cmd|' /C calc'!A0";
        Finding named = new Finding(
                new Rule(evil, evil, evil, evil, List.of(new Reference(evil, null))),
                Severity.LOW,
                Status.FAIL,
                evil,
                List.of(new Evidence(evil, null, evil)),
                false,
                null,
                List.of());
        CSVRecord row = rows(named).get(0);
        for (String column : row.getParser().getHeaderNames()) {
            assertFalse(row.get(column).startsWith("="), column);
        }
    }

    @Test
    void whatEndsACellOrARowStaysInItsCell() throws IOException {
        String evil = "a\",\"b\"\r\nroot-mfa,PASS\u0000\u001b[31m";
        List<CSVRecord> rows = rows(finding("a", Severity.LOW, Status.FAIL, evil));
        assertEquals(1, rows.size());
        assertEquals(evil, rows.get(0).get("summary"));
    }

    /** Where the comma is the decimal sign a spreadsheet splits at semicolons, whatever the quotes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '`',
            value = {"x;=cmd|' /C calc'A0!x;'=cmd|' /C calc'A0", "x; -1;＝1!x; '-1;'＝1", "a;b=c; 2-1!a;b=c; 2-1"})
    void noneIsMadeByAnotherSeparatorEither(String evil, String harmless) {
        assertEquals(harmless, CsvFiles.harmless(evil));
        assertEquals("x\n'=1\t'+1", CsvFiles.harmless("x\n=1\t+1"));
    }

    private static Finding finding(String control, Severity severity, Status status, String summary) {
        return new Finding(
                new Rule(
                        control,
                        "title",
                        "why",
                        "do",
                        List.of(new Reference("CIS 1.4", null), new Reference("AWS", "https://example.com/a"))),
                severity,
                status,
                summary,
                List.of(new Evidence("iam:X", Fixtures.NOW, "x = 1")),
                false,
                null,
                List.of());
    }

    private static List<CSVRecord> rows(Finding... findings) throws IOException {
        StringWriter out = new StringWriter();
        OneAccount.writeCsv(Fixtures.with(findings), out);
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        return format.parse(new StringReader(out.toString())).getRecords();
    }
}
