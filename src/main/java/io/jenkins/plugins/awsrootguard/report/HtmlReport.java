package io.jenkins.plugins.awsrootguard.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountReading;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationResult;
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

    /** Writes the page of one account. Creates the folder when there is none; lists the report files that are in it. */
    public static void write(AccountRow line, AccountState state, Path dir) throws IOException {
        AccountReport account = AccountReport.of(state);
        boolean read = state.reading().outcome() == AccountReading.Outcome.READ;
        write(
                new ReportPage(
                        "Account " + line.name(),
                        line.tone(),
                        line.symbol(),
                        line.word(),
                        read ? account.verdict() : line.worst(),
                        read ? account.verdictDetail() : "",
                        account.reading(),
                        account.phases(),
                        account,
                        null,
                        files(dir)),
                dir);
    }

    /** Writes the page of many accounts; {@code links} says whether each account has a page of its own. */
    public static void write(RunReport run, boolean links, Path dir) throws IOException {
        RunReport.VerdictRow worst = run.worst();
        write(
                new ReportPage(
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
                        files(dir)),
                dir);
    }

    /** Writes the page of one account. */
    public static void write(AccountState state, Path dir) throws IOException {
        write(AccountRow.of(AccountEntry.of(state)), state, dir);
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
                        new ReportPage.Accounts(
                                new AccountsReport(
                                        FindingRow.of(result.central()), tally.accounts(), verdicts, tally.controls()),
                                tally.accounts().stream().anyMatch(a -> a.link() != null)),
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
