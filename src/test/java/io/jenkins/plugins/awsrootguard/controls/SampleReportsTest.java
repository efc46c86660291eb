package io.jenkins.plugins.awsrootguard.controls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each sample credential report tells by itself, without any live call. */
class SampleReportsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            # file,                           keys, inactive, certificate, mfa,           recent use, rotation
            unsecured.csv,                    FAIL, PASS,     PASS,        FAIL,           FAIL,       FAIL
            secured.csv,                      PASS, PASS,     PASS,        PASS,           PASS,       PASS
            inactive-key-and-certificate.csv, PASS, FAIL,     FAIL,        PASS,           PASS,       FAIL
            no-root-password.csv,             PASS, PASS,     PASS,        NOT_APPLICABLE, PASS,       NOT_APPLICABLE
            older-report.csv,                 FAIL, PASS,     PASS,        PASS,           FAIL,       FAIL
            govcloud.csv,                     FAIL, PASS,     PASS,        NOT_APPLICABLE, PASS,       NOT_APPLICABLE
            newer-columns.csv,                PASS, PASS,     PASS,        PASS,           FAIL,       PASS
            """)
    void eachSampleGivesItsFindings(
            String file,
            Status keys,
            Status inactiveKeys,
            Status certificates,
            Status mfa,
            Status recentUse,
            Status rotation) {
        Facts facts = Facts.ofSample(file).activity(null, null);
        assertEquals(keys, facts.judge("root-access-keys").status(), "root-access-keys");
        assertEquals(inactiveKeys, facts.judge("root-access-keys-inactive").status(), "root-access-keys-inactive");
        assertEquals(certificates, facts.judge("root-signing-certificates").status(), "root-signing-certificates");
        assertEquals(mfa, facts.judge("root-mfa").status(), "root-mfa");
        assertEquals(recentUse, facts.judge("root-recent-use").status(), "root-recent-use");
        assertEquals(rotation, facts.judge("root-password-rotation").status(), "root-password-rotation");
    }
}
