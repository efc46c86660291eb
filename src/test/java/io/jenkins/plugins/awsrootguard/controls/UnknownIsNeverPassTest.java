package io.jenkins.plugins.awsrootguard.controls;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.ReportTime;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What could not be read is UNKNOWN with its reason, whichever control asks. */
class UnknownIsNeverPassTest {

    @Test
    void nothingReadGivesNoPassAndNoNotApplicable() {
        Findings findings = Controls.judge(Facts.unread().build(), Policy.DEFAULT, Set.of());
        assertEquals(18, findings.findings().size());
        assertAll(findings.findings().stream().map(f -> () -> {
            assertNotEquals(Status.PASS, f.status(), f.control());
            assertNotEquals(Status.NOT_APPLICABLE, f.status(), f.control());
        }));
    }

    @Test
    void everyUnknownFindingSaysWhatWasDenied() {
        Findings findings = Controls.judge(Facts.unread().build(), Policy.DEFAULT, Set.of());
        assertAll(findings.findings().stream()
                .filter(f -> f.status() == Status.UNKNOWN)
                .map(f -> () -> assertTrue(f.summary().contains("AWS denied"), f.control() + ": " + f.summary())));
    }

    @Test
    void aStaleReportIsUnknownAndSaysHowOldItIs() {
        Facts facts = Facts.unread().report(Facts.sample("secured.csv"), Facts.NOW.minus(Duration.ofHours(25)));
        Finding finding = facts.judge("root-access-keys");
        assertEquals(Status.UNKNOWN, finding.status());
        assertTrue(finding.summary().contains("The credential report is 25 hours old"), finding.summary());
    }

    @Test
    void aSummaryWithoutTheKeyIsNotZero() {
        Facts facts = Facts.unread().summary(AccountSummary.PASSWORD_PRESENT, 1);
        assertEquals(Status.UNKNOWN, facts.judge("root-access-keys").status());
        assertEquals(Status.UNKNOWN, facts.judge("root-mfa").status());
    }

    @Test
    void aMissingColumnMakesOnlyItsOwnFactsUnknown() {
        String csv = new String(Facts.sample("secured.csv"), java.nio.charset.StandardCharsets.UTF_8)
                .replace("access_key_2_active", "renamed_by_aws");
        Facts facts = Facts.unread().report(csv.getBytes(java.nio.charset.StandardCharsets.UTF_8), Facts.NOW);
        assertEquals(Status.UNKNOWN, facts.judge("root-access-keys").status());
        assertEquals(Status.PASS, facts.judge("root-mfa").status());
    }

    @Test
    void aKeyThatTheReportDoesNotKnowYetAndWhoseUseCouldNotBeReadIsNoProofOfNoUse() {
        RootAccessKey key =
                new RootAccessKey("AKIAEXAMPLEEXAMP7XQ2", true, Facts.NOW, ReportTime.NOT_TOLD, null, false);
        Finding use = Facts.ofSample("secured.csv").keys(key).judge("root-recent-use");
        assertEquals(Status.UNKNOWN, use.status());
        assertTrue(use.summary().contains("Could not read when AKIA…7XQ2 was last used."), use.summary());
    }
}
