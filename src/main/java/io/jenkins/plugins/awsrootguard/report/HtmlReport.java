package io.jenkins.plugins.awsrootguard.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
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
     * @param whole the run
     * @param account the account that the page is about; null for all accounts of the run
     * @param links whether each account of the list has a page of its own
     * @param files the other files of the folder
     */
    record Page(RunReport whole, AccountReport account, boolean links, List<ReportFile> files) {

        Object subject() {
            return account == null ? whole : account;
        }

        RunReport run() {
            return account == null ? whole : null;
        }

        List<String> exceptions() {
            return whole.exceptions();
        }
    }

    private HtmlReport() {}

    /**
     * Writes the page and its style sheet to a folder, with links to the other report files there.
     *
     * @param account the account that the page is about; null for all accounts of the run
     */
    static void write(RunReport run, AccountReport account, boolean links, Path dir) throws IOException {
        Files.createDirectories(dir);
        List<ReportFile> files = Arrays.stream(ReportFile.values())
                .filter(f -> f != ReportFile.REPORT && Files.isRegularFile(dir.resolve(f.fileName())))
                .toList();
        try (OutputStream out = Files.newOutputStream(dir.resolve(HTML))) {
            write(new Page(run, account, links, files), out);
        }
        try (OutputStream out = Files.newOutputStream(dir.resolve(CSS))) {
            writeCss(out);
        }
    }

    /** Writes the page without links to other files, and leaves the stream open. */
    static void write(RunReport run, AccountReport account, OutputStream out) throws IOException {
        write(new Page(run, account, false, List.of()), out);
    }

    private static void write(Page page, OutputStream out) throws IOException {
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
                .zeroIsFalse(true)
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
