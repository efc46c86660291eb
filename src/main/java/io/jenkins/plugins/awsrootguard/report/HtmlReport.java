package io.jenkins.plugins.awsrootguard.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountReading;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import java.io.BufferedWriter;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Writes {@code report.html} and its {@code report.css}, which can be archived, mailed and printed. The page needs no script and
 * no inline style, because Jenkins serves archived pages with both blocked. The template engine escapes every value.
 */
public final class HtmlReport {

    public static final String HTML = "report.html";
    public static final String CSS = "report.css";

    private static final Template PAGE = compile("report.mustache");

    private HtmlReport() {}

    /** Writes the page of one account. Creates the folder when there is none; lists the report files that are in it. */
    static void write(AccountRow row, AccountState state, Path dir) throws IOException {
        write(page(row, state, files(dir)), dir);
    }

    /** Writes the page of one account and leaves the stream open. */
    static void write(AccountRow row, AccountState state, OutputStream out) throws IOException {
        write(page(row, state, List.of()), out);
    }

    /** Writes the page of many accounts; {@code links} says whether each account has a page of its own. */
    static void write(RunReport run, boolean links, Path dir) throws IOException {
        write(page(run, links, files(dir)), dir);
    }

    /** Writes the page of many accounts and leaves the stream open. */
    static void write(RunReport run, OutputStream out) throws IOException {
        write(page(run, false, List.of()), out);
    }

    private static ReportPage page(AccountRow row, AccountState state, List<ReportFile> files) {
        AccountReport account = AccountReport.of(state);
        boolean read = state.reading().outcome() == AccountReading.Outcome.READ;
        return new ReportPage(
                "Account " + account.name(),
                row.tone(),
                row.symbol(),
                row.word(),
                read ? account.verdict() : row.worst(),
                read ? account.verdictDetail() : "",
                account.reading(),
                account.phases(),
                account,
                null,
                files);
    }

    private static ReportPage page(RunReport run, boolean links, List<ReportFile> files) {
        RunReport.VerdictRow worst = run.worst();
        return new ReportPage(
                run.title(),
                worst.tone(),
                worst.symbol(),
                worst.word(),
                run.verdict(),
                "",
                run.reading(),
                run.phases(),
                null,
                new ReportPage.Accounts(run, links),
                files);
    }

    /** Writes the page of one account. */
    public static void write(AccountState state, Path dir) throws IOException {
        write(AccountRow.of(AccountEntry.of(state)), state, dir);
    }

    private static void write(ReportPage page, Path dir) throws IOException {
        Files.createDirectories(dir);
        try (OutputStream out = Files.newOutputStream(dir.resolve(HTML))) {
            write(page, out);
        }
        try (OutputStream out = Files.newOutputStream(dir.resolve(CSS))) {
            writeCss(out);
        }
    }

    private static void write(ReportPage page, OutputStream out) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        PAGE.execute(page, writer);
        writer.flush();
    }

    /** Writes the style sheet and leaves the stream open. */
    public static void writeCss(OutputStream out) throws IOException {
        try (InputStream css = resource(CSS)) {
            css.transferTo(out);
        }
    }

    private static List<ReportFile> files(Path dir) {
        return Arrays.stream(ReportFile.values())
                .filter(f -> f != ReportFile.REPORT && Files.isRegularFile(dir.resolve(f.fileName())))
                .toList();
    }

    /** Compiles a template that escapes by default and fails on a name that the page does not have. */
    private static Template compile(String name) {
        Mustache.Compiler compiler = Mustache.compiler()
                .escapeHTML(true)
                .strictSections(true)
                .nullValue("")
                .withLoader(HtmlReport::reader);
        try (Reader reader = reader(name)) {
            return compiler.compile(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reader reader(String name) throws IOException {
        return new InputStreamReader(resource(name), StandardCharsets.UTF_8);
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = HtmlReport.class.getResourceAsStream(name);
        if (in == null) {
            throw new FileNotFoundException(name + " is not on the class path");
        }
        return in;
    }
}
