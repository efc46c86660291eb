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

    /**
     * The names that {@code report.mustache} uses.
     *
     * @param account the one account; null for many
     * @param run the accounts; null for one
     * @param links whether each account of the list has a page of its own
     */
    record Page(
            String title,
            Label label,
            String verdict,
            String reading,
            List<PhaseStrip.Step> phases,
            AccountReport account,
            RunReport run,
            boolean links,
            List<ReportFile> files) {

        static Page of(AccountRow row, AccountState state) {
            AccountReport account = AccountReport.of(state);
            boolean read = state.reading().outcome() == AccountReading.Outcome.READ;
            return new Page(
                    "Account " + account.name(),
                    row.verdict(),
                    read ? (account.verdict() + " " + account.verdictDetail()).strip() : row.worst(),
                    account.reading(),
                    account.phases(),
                    account,
                    null,
                    false,
                    List.of());
        }

        static Page of(RunReport run, boolean links) {
            return new Page(
                    run.title(),
                    run.worst().label(),
                    run.verdict(),
                    run.reading(),
                    run.phases(),
                    null,
                    run,
                    links,
                    List.of());
        }

        /** The page with links to the files of its folder. */
        private Page in(Path dir) {
            List<ReportFile> there = Arrays.stream(ReportFile.values())
                    .filter(f -> f != ReportFile.REPORT && Files.isRegularFile(dir.resolve(f.fileName())))
                    .toList();
            return new Page(title, label, verdict, reading, phases, account, run, links, there);
        }
    }

    private HtmlReport() {}

    /** Writes the page of one account, as {@link #write(Page, Path)} does. */
    public static void write(AccountState state, Path dir) throws IOException {
        write(Page.of(AccountRow.of(AccountEntry.of(state)), state), dir);
    }

    /** Writes the page and its style sheet to a folder, with links to the other report files there. Creates the folder if needed. */
    static void write(Page page, Path dir) throws IOException {
        Files.createDirectories(dir);
        try (OutputStream out = Files.newOutputStream(dir.resolve(HTML))) {
            write(page.in(dir), out);
        }
        try (OutputStream out = Files.newOutputStream(dir.resolve(CSS))) {
            writeCss(out);
        }
    }

    /** Writes the page and leaves the stream open. */
    static void write(Page page, OutputStream out) throws IOException {
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
