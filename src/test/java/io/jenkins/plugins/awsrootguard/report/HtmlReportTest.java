package io.jenkins.plugins.awsrootguard.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Finding.Evidence;
import io.jenkins.plugins.awsrootguard.controls.Rule;
import io.jenkins.plugins.awsrootguard.controls.Rule.Reference;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {

    private static final String EVIL = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>";

    @TempDir
    Path dir;

    @Test
    void needsNoScriptAndNoInlineStyle() throws IOException {
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
    void escapesEveryValue() throws IOException {
        Finding finding = new Finding(
                new Rule(
                        "root-mfa",
                        EVIL,
                        EVIL,
                        EVIL,
                        List.of(
                                new Reference(EVIL, "https://example.com/\"><script>"),
                                new Reference("no link", "javascript:alert(1)"))),
                Severity.HIGH,
                Status.FAIL,
                EVIL,
                List.of(new Evidence(EVIL, Fixtures.NOW, EVIL)),
                false,
                null,
                List.of());

        String html = html(Fixtures.with(finding));

        assertFalse(html.contains("<script") || html.contains("<img"), html);
        assertFalse(html.contains("javascript:"), "only https addresses become links");
        assertTrue(html.contains("&lt;script&gt;"));
    }

    @Test
    void putsVerdictFirstAndFailuresBeforePasses() throws IOException {
        String html = html(Fixtures.judged());

        int verdict = html.indexOf("is at risk: 11 findings are open (2 critical, 3 high, 6 medium)");
        int task = html.indexOf("Enable MFA for the root user");
        int critical = html.indexOf("class=\"finding fail critical\"");
        int unknown = html.indexOf("class=\"finding unknown");
        int passed = html.indexOf("class=\"finding pass");
        assertTrue(0 < verdict && verdict < task && task < critical && critical < unknown && unknown < passed);
    }

    @Test
    void foldsPassedFindingsOnly() throws IOException {
        String html = html(Fixtures.judged());

        int folded = html.indexOf("<details id=\"settled\"");
        assertTrue(html.lastIndexOf("class=\"finding fail") < folded
                && html.lastIndexOf("class=\"finding unknown") < folded);
        assertTrue(folded < html.indexOf("class=\"finding pass"));
    }

    @Test
    void foldsAcceptedFindingWithOwnerAndExpiry() throws IOException {
        Finding f = SentencesTest.finding("x", Severity.HIGH, Status.FAIL);
        Finding.Acceptance accepted =
                new Finding.Acceptance("Used by the break-glass test", "Ada", LocalDate.of(2027, 1, 31), true);
        String html = html(Fixtures.with(new Finding(
                f.rule(), f.severity(), f.status(), f.summary(), f.evidence(), false, accepted, List.of())));

        assertTrue(html.contains("No finding is open."), html);
        assertTrue(html.contains("<summary>1 finding is accepted by an exception of the policy</summary>"), html);
        assertTrue(
                html.contains("Accepted until 31 Jan 2027 (owner: Ada). Reason: Used by the break-glass test."), html);
        assertFalse(html.contains("Remediation"), html);
    }

    @Test
    void doesNotSayThatUnreadFindingFailed() throws IOException {
        String html = html(Fixtures.with(SentencesTest.finding("x", Severity.HIGH, Status.UNKNOWN)));

        assertTrue(html.contains("</span> Unknown</span>"), html);
        assertTrue(html.contains("Grant the missing permission and run phase 1 again."));
        assertFalse(html.contains("</span> Fail</span>"));
    }

    @Test
    void doesNotSayNothingIsOpenBeforePhase2() throws IOException {
        String html = html(Fixtures.assessed());

        assertTrue(html.contains("has not been evaluated yet"));
        assertFalse(html.contains("No finding is open"));
        assertTrue(html.contains("AccountMFAEnabled &#x3D; 0"), html);
    }

    @Test
    void listsFilesOfTheFolder() throws IOException {
        Files.writeString(dir.resolve("findings.json"), "{}");

        String html = html(Fixtures.judged());

        assertTrue(html.contains("<a href=\"findings.json\">"));
        assertFalse(html.contains("credential-report.csv"), "it is not there");
    }

    @Test
    void showsNoWholeKeyId() throws IOException {
        for (AccountState state : List.of(Fixtures.judged(), Fixtures.secured())) {
            String html = html(state);
            assertFalse(html.contains(Fixtures.KEY_ID));
            assertTrue(html.contains("AKIA…7XQ2"));
        }
    }

    @Test
    void namesApproverOfChange() throws IOException {
        String html = html(Fixtures.secured());

        assertTrue(html.contains("Ada Lovelace") && html.contains("0f7a3c1e-2f64-4b0e-9d0a-5e2f1a9b7c3d"));
        assertFalse(html.contains("Planned changes"), "the changes are listed with their outcomes");
        assertTrue(html(Fixtures.judged()).contains("Planned changes"));
    }

    @Test
    void hasUniqueIds() throws IOException {
        List<String> ids = Pattern.compile(" id=\"([^\"]+)\"")
                .matcher(html(Fixtures.validated()))
                .results()
                .map(m -> m.group(1))
                .toList();

        assertEquals(ids.stream().distinct().toList(), ids);
        assertFalse(ids.isEmpty());
    }

    private String html(AccountState state) throws IOException {
        OneAccount.writeHtml(state, dir);
        return Files.readString(dir.resolve(HtmlReport.HTML));
    }
}
