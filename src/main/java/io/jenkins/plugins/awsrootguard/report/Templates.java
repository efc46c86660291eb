package io.jenkins.plugins.awsrootguard.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
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

/** The pages' templates and their one style sheet. */
final class Templates {

    static final String CSS = "report.css";

    private Templates() {}

    /** Escapes by default; a name that the page does not have is an error, not an empty place. */
    static Template compile(String name) {
        try (Reader reader = new InputStreamReader(resource(name), StandardCharsets.UTF_8)) {
            return Mustache.compiler()
                    .escapeHTML(true)
                    .strictSections(true)
                    .nullValue("")
                    .compile(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a page and the style sheet beside it. */
    static void write(Template template, Object page, Path html) throws IOException {
        try (Writer out = Files.newBufferedWriter(html, StandardCharsets.UTF_8)) {
            template.execute(page, out);
        }
        try (InputStream css = resource(CSS)) {
            Files.copy(css, html.resolveSibling(CSS), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = Templates.class.getResourceAsStream(name);
        if (in == null) {
            throw new FileNotFoundException(name + " is not in the class path");
        }
        return in;
    }
}
