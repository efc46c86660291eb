package io.jenkins.plugins.awsrootguard.report;

import com.samskivert.mustache.Template;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code report.html} and its {@code report.css}: a page that can be archived, mailed and printed. It is readable with scripts
 * and inline styles blocked, because that is how Jenkins serves archived pages. Everything that comes from outside is escaped
 * by the template engine.
 */
public final class HtmlReport {

    public static final String HTML = "report.html";
    public static final String CSS = Templates.CSS;

    private static final Template PAGE = Templates.compile("report.mustache");

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
        Templates.write(PAGE, page, dir.resolve(HTML));
    }
}
