package io.jenkins.plugins.awsrootguard.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.Standing;
import io.jenkins.plugins.awsrootguard.assessment.ValidationResult;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Rule;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.Times;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentencesTest {

    @Test
    void countsOpenFindingsAndAgeOfReportInFrontLine() {
        AccountState state = Fixtures.with(
                finding("a", Severity.CRITICAL, Status.FAIL),
                finding("b", Severity.CRITICAL, Status.FAIL),
                finding("c", Severity.HIGH, Status.FAIL),
                finding("d", Severity.LOW, Status.PASS));
        ValidationResult three = new ValidationResult(
                List.of(
                        point(Status.PASS),
                        point(Status.PASS),
                        point(Status.NOT_APPLICABLE),
                        point(Status.FAIL),
                        point(Status.UNKNOWN)),
                List.of(),
                state.findings());

        assertEquals(
                "123456789012 (prod): 2 critical, 1 high open · 3 of 5 checks passed · credential report 4 min old",
                Sentences.frontLine(state.withValidation(state.facts(), three), Fixtures.NOW));
    }

    @Test
    void saysNotEvaluatedBeforePhase2() {
        assertEquals(
                "123456789012 (prod): not evaluated · credential report 4 min old",
                Sentences.frontLine(Fixtures.assessed(), Fixtures.NOW));
        assertEquals(Standing.NOT_JUDGED, Standing.of(Fixtures.assessed()));
    }

    @Test
    void countsUnreadChecksAndNeverAsPassed() {
        AccountState state =
                Fixtures.with(finding("a", Severity.CRITICAL, Status.UNKNOWN), finding("b", Severity.LOW, Status.FAIL));

        assertEquals(Standing.UNKNOWN, Standing.of(state));
        assertEquals("1 low open, 1 unknown", AccountRow.open(AccountEntry.of(state)));
        assertEquals(
                "It is unknown whether the root user of 123456789012 (prod) is secured: 1 low finding is open, and 1 control"
                        + " could not be evaluated.",
                Sentences.verdict(state));
        assertEquals(Standing.UNKNOWN, Standing.of(Fixtures.with(finding("a", Severity.LOW, Status.UNKNOWN))));
    }

    @Test
    void saysThatPhase4HasNotRunWhenNothingIsOpen() {
        AccountState state = Fixtures.with(finding("a", Severity.CRITICAL, Status.PASS));

        assertEquals(Standing.NO_GAPS, Standing.of(state));
        assertEquals("no open findings", AccountRow.open(AccountEntry.of(state)));
        assertTrue(Sentences.verdict(state).endsWith("and phase 4 has not run yet."));
    }

    @Test
    void isSecuredAfterValidationAlthoughRootWasUsedRecently() {
        AccountState state = Fixtures.validated();

        assertEquals(
                Status.FAIL,
                state.findings().find("root-recent-use").orElseThrow().status());
        assertEquals(Standing.SECURED, Standing.of(state));
        assertTrue(
                Sentences.verdict(state)
                        .startsWith(
                                "The root user of 123456789012 (prod) is secured: 2 of 2 checks passed on 24 Nov 2026,"
                                        + " 10:42 UTC, and 1 high"),
                Sentences.verdict(state));
    }

    @Test
    void isAtRiskWithCriticalFindingDespiteValidation() {
        AccountState state = Fixtures.with(finding("a", Severity.CRITICAL, Status.FAIL));
        ValidationResult proven = new ValidationResult(List.of(point(Status.PASS)), List.of(), state.findings());

        assertEquals(Standing.AT_RISK, Standing.of(state.withValidation(state.facts(), proven)));
    }

    @Test
    void namesCheckThatDidNotPass() {
        AccountState state = Fixtures.with(finding("a", Severity.MEDIUM, Status.FAIL));
        ValidationResult half = new ValidationResult(
                List.of(
                        point(Status.PASS),
                        new ValidationResult.Check("mfa", "Root MFA is enabled", Status.FAIL, ""),
                        new ValidationResult.Check("accepted", "An accepted risk", Status.FAIL, "", true)),
                List.of(),
                state.findings());

        AccountState validated = state.withValidation(state.facts(), half);
        assertEquals(Standing.ATTENTION, Standing.of(validated));
        assertTrue(Sentences.verdictDetail(validated).endsWith("Not passed: Root MFA is enabled."));
    }

    @Test
    void countsChangesMadeSinceTheFindings() {
        assertTrue(Sentences.verdictDetail(Fixtures.secured())
                .endsWith("Since then 3 changes were made. Run phase 4 to verify."));
    }

    @Test
    void writesAgesInLargestUnit() {
        assertEquals("less than a minute", age(Duration.ofSeconds(59)));
        assertEquals("less than a minute", age(Duration.ofSeconds(-90)));
        assertEquals("1 min", age(Duration.ofSeconds(60)));
        assertEquals("59 min", age(Duration.ofMinutes(59)));
        assertEquals("4 h", age(Duration.ofHours(4)));
        assertEquals("3 h 5 min", age(Duration.ofMinutes(185)));
        assertEquals("1 day", age(Duration.ofHours(47)));
        assertEquals("12 days", age(Duration.ofDays(12)));
    }

    private static String age(Duration age) {
        return Times.age(Fixtures.NOW.minus(age), Fixtures.NOW);
    }

    private static ValidationResult.Check point(Status status) {
        return new ValidationResult.Check("p", "Point", status, "");
    }

    static Finding finding(String control, Severity severity, Status status) {
        return new Finding(
                new Rule(control, "Title of " + control, "why", "do", List.of()),
                severity,
                status,
                "Summary of " + control,
                List.of(),
                false,
                null,
                List.of());
    }

    @Test
    void countsChecksThatWereNotMadeAndNamesWhatWouldMakeThem() {
        AccountState state = Fixtures.with(
                finding("a", Severity.CRITICAL, Status.PASS),
                finding("b", Severity.LOW, Status.NOT_CHECKED),
                finding("c", Severity.LOW, Status.NOT_CHECKED));

        assertEquals("2 controls were not checked.", Sentences.verdictDetail(state));
    }
}
