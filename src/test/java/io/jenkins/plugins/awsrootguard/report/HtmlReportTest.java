package io.jenkins.plugins.awsrootguard.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.controls.Evidence;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Reference;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {

    private static final String EVIL = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>";

    @TempDir
    Path dir;

    @Test
    void itIsReadableWithScriptsAndInlineStylesBlocked() throws IOException {
        for (AccountState state :
                List.of(Fixtures.assessed(), Fixtures.judged(), Fixtures.secured(), Fixtures.validated())) {
            String html = html(state);
            assertFalse(Pattern.compile("<script|<style|\\sstyle=|\\son[a-z]+=|javascript:", Pattern.CASE_INSENSITIVE)
                    .matcher(html)
                    .find());
            assertTrue(html.contains("<link rel=\"stylesheet\" href=\"report.css\">"));
        }
        String css = Files.readString(dir.resolve(HtmlReport.CSS));
        assertTrue(css.contains("prefers-color-scheme: dark") && css.contains("@media print"));
        assertFalse(css.contains("url(") || css.contains("@import"), "the page loads nothing from elsewhere");
    }

    @Test
    void whatComesFromOutsideIsEscaped() throws IOException {
        Finding finding = new Finding(
                EVIL,
                EVIL,
                Severity.HIGH,
                Status.FAIL,
                EVIL,
                List.of(new Evidence(EVIL, Fixtures.NOW, EVIL)),
                EVIL,
                EVIL,
                List.of(
                        new Reference(EVIL, "https://example.com/\"><script>"),
                        new Reference("no link", "javascript:alert(1)")));

        String html = html(Fixtures.with(finding));

        assertFalse(html.contains("<script") || html.contains("<img"), html);
        assertFalse(html.contains("javascript:"), "only https addresses become links");
        assertTrue(html.contains("&lt;script&gt;"));
    }

    @Test
    void theVerdictComesFirstAndFailuresBeforePasses() throws IOException {
        String html = html(Fixtures.judged());

        int verdict = html.indexOf("is at risk: 2 critical, 3 high and 6 medium findings are open");
        int waiting = html.indexOf("Enable MFA for the root user");
        int critical = html.indexOf("id=\"failed-critical\"");
        int unknown = html.indexOf("id=\"unknown\"");
        int passed = html.indexOf("id=\"passed\"");
        assertTrue(0 < verdict && verdict < waiting && waiting < critical && critical < unknown && unknown < passed);
    }

    @Test
    void passedFindingsAreFoldedAndUnknownOnesNever() throws IOException {
        String html = html(Fixtures.judged());

        assertTrue(html.contains("<details id=\"passed\""));
        assertTrue(html.contains("<h3 id=\"unknown\""));
        assertFalse(html.contains("<details id=\"unknown\"") || html.contains("<details id=\"failed"));
    }

    @Test
    void anUnreadFindingDoesNotSayItFailed() throws IOException {
        String html = html(Fixtures.with(SentencesTest.finding("x", Severity.HIGH, Status.UNKNOWN)));

        assertTrue(html.contains("</span> Unknown</span>"), html);
        assertTrue(html.contains("Make it readable and look again."));
        assertFalse(html.contains("</span> Fail</span>"));
    }

    @Test
    void beforePhase2ItDoesNotSayThatNothingIsOpen() throws IOException {
        String html = html(Fixtures.assessed());

        assertTrue(html.contains("has not been judged yet"));
        assertFalse(html.contains("Nothing is open"));
        assertTrue(html.contains("AccountMFAEnabled &#x3D; 0"), html);
    }

    @Test
    void evidenceFilesAreListedWithTheirHash() throws IOException {
        Files.writeString(dir.resolve("findings.json"), "{}");

        String html = html(Fixtures.judged());

        assertTrue(html.contains("<a href=\"findings.json\">"));
        assertTrue(html.contains("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"));
        assertFalse(html.contains("credential-report.csv"), "it is not there");
    }

    @Test
    void aCredentialReportThatIsNotTheOneThatWasReadIsSaid() throws IOException {
        Files.writeString(dir.resolve("credential-report.csv"), "user,arn\n");

        assertTrue(html(Fixtures.judged()).contains("Not the report that these findings rest on"));
    }

    @Test
    void noWholeKeyIdIsShown() throws IOException {
        for (AccountState state : List.of(Fixtures.judged(), Fixtures.secured())) {
            String html = html(state);
            assertFalse(html.contains(Fixtures.KEY_ID));
            assertTrue(html.contains("AKIA…7XQ2"));
        }
    }

    @Test
    void changesTellWhoApprovedThem() throws IOException {
        String html = html(Fixtures.secured());

        assertTrue(html.contains("Ada Lovelace") && html.contains("0f7a3c1e-2f64-4b0e-9d0a-5e2f1a9b7c3d"));
        assertFalse(html.contains("Planned changes"), "what became of the plan is told by the changes");
        assertTrue(html(Fixtures.judged()).contains("Planned changes"));
    }

    @Test
    void everyIdIsUnique() throws IOException {
        List<String> ids = Pattern.compile(" id=\"([^\"]+)\"")
                .matcher(html(Fixtures.validated()))
                .results()
                .map(m -> m.group(1))
                .toList();

        assertEquals(ids.stream().distinct().toList(), ids);
        assertFalse(ids.isEmpty());
    }

    private String html(AccountState state) throws IOException {
        HtmlReport.write(state, dir);
        return Files.readString(dir.resolve(HtmlReport.HTML));
    }
}
