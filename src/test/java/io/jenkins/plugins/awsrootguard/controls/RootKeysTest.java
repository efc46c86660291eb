package io.jenkins.plugins.awsrootguard.controls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.SigningCertificate;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.ReportTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The controls on root's access keys, where AWS tells of them in three places. */
class RootKeysTest {

    private static final Instant MADE = Instant.parse("2019-03-01T10:00:00Z");

    private static RootAccessKey key(boolean active) {
        return new RootAccessKey("AKIAEXAMPLE0000007XQ2", active, MADE, ReportTime.NEVER_USED, null, false);
    }

    @Test
    void aLiveSummaryWithoutKeysBeatsAReportThatStillHasOne() {
        Facts facts = Facts.ofSample("unsecured.csv").summary(AccountSummary.ACCESS_KEYS_PRESENT, 0);
        assertEquals(Status.PASS, facts.judge("root-access-keys").status());
    }

    @Test
    void aKeyThatTheReportDoesNotHaveYetIsActive() {
        Facts facts = Facts.ofSample("secured.csv").summary(AccountSummary.ACCESS_KEYS_PRESENT, 1);
        assertEquals(Status.FAIL, facts.judge("root-access-keys").status());
    }

    @Test
    void aCountedKeyOfUnknownStateIsUnknownToBothControls() {
        Facts facts = Facts.unread().summary(AccountSummary.ACCESS_KEYS_PRESENT, 1);
        assertEquals(Status.UNKNOWN, facts.judge("root-access-keys").status());
        assertEquals(Status.UNKNOWN, facts.judge("root-access-keys-inactive").status());
    }

    @Test
    void anInactiveKeyFailsOnlyItsOwnControl() {
        Facts facts = Facts.unread().keys(key(false));
        assertEquals(Status.PASS, facts.judge("root-access-keys").status());
        assertEquals(Status.FAIL, facts.judge("root-access-keys-inactive").status());
    }

    @Test
    void findingIsAboutTheKeysOfItsState() {
        Facts live = Facts.unread().keys(key(true));
        assertEquals(
                List.of(Subject.parse("ACCESS_KEY=AKIAEXAMPLE0000007XQ2")),
                live.judge("root-access-keys").subjects());
        assertEquals(List.of(), live.judge("root-access-keys-inactive").subjects());
        assertEquals(
                List.of(Subject.parse("ACCESS_KEY_SLOT=1@2019-03-01T10:00:00Z")),
                Facts.ofSample("unsecured.csv").judge("root-access-keys").subjects());
    }

    @Test
    void certificateFindingIsAboutTheCertificates() {
        Facts live = Facts.unread().certificates(new SigningCertificate("CERT1", false, MADE));
        assertEquals(
                List.of(Subject.parse("CERTIFICATE=CERT1")),
                live.judge("root-signing-certificates").subjects());
        assertEquals(
                1,
                Facts.ofSample("inactive-key-and-certificate.csv")
                        .judge("root-signing-certificates")
                        .subjects()
                        .size());
    }

    @Test
    void keyBeyondTheSlotsOfTheReportIsSubject() {
        assertEquals(
                2,
                Facts.ofSample("third-credential.csv")
                        .judge("root-access-keys")
                        .subjects()
                        .size());
    }

    @Test
    void evidenceShortensTheKeyId() {
        Finding finding = Facts.unread().keys(key(true)).judge("root-access-keys");
        assertEquals(Status.FAIL, finding.status());
        String text = finding.evidence().get(0).text();
        assertTrue(text.contains("AKIA…7XQ2"), text);
        assertFalse(text.contains("EXAMPLE"), text);
    }

    @Test
    void anEmptyListAgainstACountIsNoProof() {
        Facts facts = Facts.unread()
                .keys()
                .certificates()
                .summary(AccountSummary.ACCESS_KEYS_PRESENT, 1)
                .summary(AccountSummary.SIGNING_CERTIFICATES_PRESENT, 1);
        assertEquals(Status.UNKNOWN, facts.judge("root-access-keys").status());
        assertEquals(Status.UNKNOWN, facts.judge("root-access-keys-inactive").status());
        assertEquals(Status.UNKNOWN, facts.judge("root-signing-certificates").status());
    }
}
