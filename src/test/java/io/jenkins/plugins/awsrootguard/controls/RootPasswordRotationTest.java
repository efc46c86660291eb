package io.jenkins.plugins.awsrootguard.controls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.Times;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A person's statement that the root password was changed, and what AWS reports. */
class RootPasswordRotationTest {

    private static final Instant STATED = Facts.NOW.minus(Duration.ofHours(10));
    private static final Duration AFTER_DELAY = Duration.ofHours(4).plusMinutes(1);

    @Test
    void newerReportWithOlderChangeBeatsTheStatement() {
        Finding finding = stated(Instant.parse("2020-01-02T08:00:00Z"), STATED.plus(AFTER_DELAY));
        assertEquals(Status.FAIL, finding.status());
        assertEquals(
                "alice stated on " + Times.day(STATED)
                        + " that the password was changed, but the credential report of "
                        + Times.day(STATED.plus(AFTER_DELAY)) + " says it was last changed on 2 Jan 2020.",
                finding.summary());
    }

    @Test
    void contradictionFailsAlsoWithinTheRotationPeriod() {
        Finding finding = stated(STATED.minus(Duration.ofDays(8)), STATED.plus(AFTER_DELAY));
        assertEquals(Status.FAIL, finding.status());
        assertTrue(finding.summary().startsWith("alice stated on "), finding.summary());
    }

    @Test
    void reportWithinFourHoursDoesNotContradictTheStatement() {
        Finding finding = stated(Instant.parse("2020-01-02T08:00:00Z"), STATED.plus(Duration.ofHours(4)));
        assertEquals(Status.PASS, finding.status());
        assertTrue(finding.summary().contains(", as stated by alice."), finding.summary());
    }

    @Test
    void changeShortlyBeforeTheStatementIsShownAsReportedByAws() {
        Instant changed = STATED.minus(Duration.ofMinutes(10));
        Finding finding = stated(changed, STATED.plus(AFTER_DELAY));
        assertEquals(Status.PASS, finding.status());
        assertEquals("The root password was last changed " + Times.ago(changed, Facts.NOW) + ".", finding.summary());
    }

    @Test
    void statementAloneIsNeverShownAsReportedByAws() {
        Finding finding = Facts.unread()
                .summary(AccountSummary.PASSWORD_PRESENT, 1)
                .confirmed(STATED)
                .judge("root-password-rotation");
        assertEquals(Status.PASS, finding.status());
        assertTrue(finding.summary().contains(", as stated by alice."), finding.summary());
        assertTrue(finding.evidence().stream().anyMatch(e -> e.text().startsWith("as stated by alice")));
    }

    private static Finding stated(Instant reportedChange, Instant generatedAt) {
        return Facts.unread()
                .summary(AccountSummary.PASSWORD_PRESENT, 1)
                .report(report(reportedChange), generatedAt)
                .confirmed(STATED)
                .judge("root-password-rotation");
    }

    private static byte[] report(Instant passwordLastChanged) {
        String sample = new String(Facts.sample("unsecured.csv"), StandardCharsets.UTF_8);
        String[] lines = sample.split("\r?\n");
        int column = List.of(lines[0].split(",")).indexOf("password_last_changed");
        for (int i = 1; i < lines.length; i++) {
            if (lines[i].startsWith("<root_account>")) {
                String[] cells = lines[i].split(",", -1);
                cells[column] = passwordLastChanged.toString();
                lines[i] = String.join(",", cells);
            }
        }
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }
}
