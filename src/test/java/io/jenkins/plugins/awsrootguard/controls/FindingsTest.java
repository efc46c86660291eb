package io.jenkins.plugins.awsrootguard.controls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Fact.Source;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Counting findings, and the settings that they are judged by. */
class FindingsTest {

    private static final String ORGANIZATION = "central-root-management";
    private static final Findings UNSECURED =
            Controls.judge(Facts.ofSample("unsecured.csv").build(), Policy.DEFAULT, Set.of());

    @Test
    void eachStatusIsCountedAndEachSeverityOfIt() {
        for (Status status : Status.values()) {
            List<Finding> of = UNSECURED.findings().stream()
                    .filter(f -> f.status() == status)
                    .toList();
            assertEquals(of.size(), UNSECURED.count(status));
            for (Severity severity : Severity.values()) {
                assertEquals(
                        of.stream().filter(f -> f.severity() == severity).count(), UNSECURED.count(status, severity));
            }
        }
        assertEquals(2, UNSECURED.count(Status.FAIL, Severity.CRITICAL));
        assertTrue(UNSECURED.count(Status.FAIL) > 2);
        assertTrue(UNSECURED.count(Status.UNKNOWN) > 0);
    }

    @Test
    void aGateAsksForTheSeverityAndWhatIsWorse() {
        assertEquals(
                List.of("root-access-keys", "root-mfa"), controls(UNSECURED.atLeast(Status.FAIL, Severity.CRITICAL)));
        assertEquals(
                List.of("root-access-keys", "root-mfa", "root-recent-use"),
                controls(UNSECURED.atLeast(Status.FAIL, Severity.HIGH)));
        assertEquals(
                UNSECURED.count(Status.UNKNOWN),
                UNSECURED.atLeast(Status.UNKNOWN, Severity.LOW).size());
    }

    @Test
    void aMemberIsJudgedByAllButTheOrganizationsControl() {
        Findings member = Controls.judgeMember(Facts.ofSample("unsecured.csv").build(), Policy.DEFAULT, Set.of());
        assertTrue(member.find(ORGANIZATION).isEmpty());
        assertEquals(
                UNSECURED.findings().stream()
                        .filter(f -> !f.control().equals(ORGANIZATION))
                        .toList(),
                member.findings());
    }

    @Test
    void theOrganizationIsJudgedOnce() {
        Finding on = Controls.judgeOrganization(
                Fact.known(Facts.central(true, true, true), new Source("iam:ListOrganizationsFeatures", Facts.NOW)),
                Policy.DEFAULT,
                "111122223333",
                Set.of());
        assertEquals(ORGANIZATION, on.control());
        assertEquals(Status.PASS, on.status());
    }

    @Test
    void anAccountThatCanNotBeReadIsUnknownInAll() {
        Findings unread = Controls.unread(
                Facts.unread().build(), Policy.DEFAULT, Set.of(), new Unread(Unread.Kind.STOPPED, null));
        assertEquals(Controls.all().size() - 1, unread.count(Status.UNKNOWN));
        unread.findings()
                .forEach(f -> assertEquals(
                        "The account could not be read: The run was stopped before this account was read.",
                        f.summary()));
    }

    @Test
    void anAccountThatNobodyCanUseIsNotApplicableInAll() {
        Findings closed =
                Controls.notApplicable(Facts.unread().build(), Policy.DEFAULT, Set.of(), "The account is closed.");
        assertEquals(Controls.all().size() - 1, closed.count(Status.NOT_APPLICABLE));
        closed.findings().forEach(f -> assertEquals("The account is closed.", f.summary()));
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void whatFailedOrIsUnknownIsOpen(Status status) {
        assertEquals(status.name().equals("FAIL") || status.name().equals("UNKNOWN"), status.isOpen());
    }

    @Test
    void aSeverityIsReadInAnyCaseAndElseExplained() {
        assertEquals(Severity.HIGH, Severity.parse("failOn", " high "));
        assertEquals("medium", Severity.MEDIUM.lowerCase());
        assertTrue(Severity.HIGH.isAtLeast(Severity.HIGH));
        assertTrue(Severity.CRITICAL.isAtLeast(Severity.LOW));
        assertFalse(Severity.LOW.isAtLeast(Severity.MEDIUM));
        assertEquals(
                "failOn 'severe' is not a severity: use CRITICAL, HIGH, MEDIUM or LOW",
                assertThrows(InvalidInputException.class, () -> Severity.parse("failOn", "severe"))
                        .getMessage());
        assertThrows(InvalidInputException.class, () -> Severity.parse("failOn", null));
    }

    private static List<String> controls(List<Finding> findings) {
        return findings.stream().map(Finding::control).toList();
    }
}
