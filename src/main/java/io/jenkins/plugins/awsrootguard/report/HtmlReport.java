package io.jenkins.plugins.awsrootguard.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationResult;
import io.jenkins.plugins.awsrootguard.assessment.Standing;
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

    /** Writes the page of one account. Creates the folder when there is none; lists the other files that are in it. */
    public static void write(AccountState state, Path dir) throws IOException {
        AccountReport account = AccountReport.of(state);
        Standing standing = Standing.of(state);
        write(
                new ReportPage(
                        "Account " + account.name(),
                        standing.cssName(),
                        standing.symbol(),
                        standing.word(),
                        account.verdict(),
                        account.verdictDetail(),
                        account.reading(),
                        account.phases(),
                        account,
                        null,
                        files(dir)),
                dir);
    }

    /** Writes the page of an organization, with links to the pages of its accounts. */
    public static void write(OrganizationResult result, OrganizationTally tally, Path dir) throws IOException {
        List<OrganizationTally.VerdictLine> verdicts = tally.verdicts();
        boolean none = verdicts.isEmpty();
        write(
                new ReportPage(
                        "Organization " + result.organization().id(),
                        none ? "unknown" : verdicts.get(0).tone(),
                        none ? "?" : verdicts.get(0).symbol(),
                        none ? "No accounts were read" : verdicts.get(0).word(),
                        OrganizationSentences.verdict(result, verdicts),
                        "",
                        "Read on " + Times.minutes(result.endedAt()) + ". Management account "
                                + result.organization().managementAccountId() + ". "
                                + OrganizationSentences.calls(result, tally) + ".",
                        List.of(),
                        null,
                        new AccountsReport(
                                FindingRow.of(result.central()), tally.accounts(), verdicts, tally.controls()),
                        files(dir)),
                dir);
    }

    private static void write(ReportPage page, Path dir) throws IOException {
        Files.createDirectories(dir);
        try (Writer out = Files.newBufferedWriter(dir.resolve(HTML), StandardCharsets.UTF_8)) {
            PAGE.execute(page, out);
        }
        try (InputStream css = resource(CSS)) {
            Files.copy(css, dir.resolve(CSS), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static List<ReportFile> files(Path dir) {
        return Arrays.stream(ReportFile.values())
                .filter(f -> Files.isRegularFile(dir.resolve(f.fileName())))
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
