package io.jenkins.plugins.awsrootguard.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.jenkins.plugins.awsrootguard.phase.AccountState;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * {@code report.html} and its {@code report.css}: a page that can be archived, mailed and printed. It is readable with scripts
 * and inline styles blocked, because that is how Jenkins serves archived pages. Everything that comes from outside is escaped
 * by the template engine.
 */
public final class HtmlReport {

    public static final String HTML = "report.html";
    public static final String CSS = "report.css";

    /** Escapes by default; a name that the page does not have is an error, not an empty place. */
    private static final Template PAGE = compile();

    private HtmlReport() {}

    /**
     * Writes both files. Evidence files that are in the folder already ({@code credential-report.csv}, {@code findings.json},
     * {@code findings.csv}) are listed with their hashes, so this is written last.
     *
     * @param dir is made when it isn't there
     */
    public static void write(AccountState state, Path dir) throws IOException {
        Files.createDirectories(dir);
        ReportPage page = ReportPage.of(state, EvidenceFile.in(dir, state));
        try (Writer out = Files.newBufferedWriter(dir.resolve(HTML), StandardCharsets.UTF_8)) {
            PAGE.execute(page, out);
        }
        try (InputStream css = resource(CSS)) {
            Files.copy(css, dir.resolve(CSS), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Template compile() {
        try (Reader reader = new InputStreamReader(resource("report.mustache"), StandardCharsets.UTF_8)) {
            return Mustache.compiler()
                    .escapeHTML(true)
                    .strictSections(true)
                    .nullValue("")
                    .compile(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = HtmlReport.class.getResourceAsStream(name);
        if (in == null) {
            throw new FileNotFoundException(name + " is not in the class path");
        }
        return in;
    }
}
