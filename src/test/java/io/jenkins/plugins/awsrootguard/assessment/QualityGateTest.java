package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awsrootguard.assessment.QualityGate.Result;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate.UnknownPolicy;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Rule;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one finding does to a build, by gate. */
class QualityGateTest {

    /** The findings are failed and unknown ones of that severity. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 | 0 | CRITICAL | CRITICAL | HIGH | FAIL     | 1 finding of severity CRITICAL
            2 | 0 | HIGH     | HIGH     | HIGH | FAIL     | 2 findings of severity HIGH or worse
            0 | 3 | HIGH     | HIGH     | HIGH | FAIL     | 0 findings and 3 that could not be read, of severity HIGH or worse
            1 | 3 | HIGH     | HIGH     | HIGH | FAIL     | 1 finding and 3 that could not be read, of severity HIGH or worse
            1 | 3 | HIGH     | HIGH     | HIGH | IGNORE   | 1 finding of severity HIGH or worse
            2 | 1 | HIGH     | CRITICAL | HIGH | UNSTABLE | 2 findings and 1 that could not be read, of severity HIGH or worse
            0 | 1 | CRITICAL | CRITICAL |      | UNSTABLE | 0 findings and 1 that could not be read, of severity CRITICAL
            0 | 1 | LOW      | HIGH     | HIGH | FAIL     | ''
            """)
    void itsReasonCountsWhatFailedAndWhatWasNotRead(
            int failed,
            int unread,
            Severity severity,
            Severity failOn,
            Severity unstableOn,
            UnknownPolicy unknown,
            String expected) {
        List<Finding> all = new ArrayList<>();
        for (int i = 0; i < failed + unread; i++) {
            Status status = i < failed ? Status.FAIL : Status.UNKNOWN;
            all.add(new Finding(
                    new Rule("c" + i, "t", "w", "r", List.of()),
                    severity,
                    status,
                    "s",
                    List.of(),
                    false,
                    null,
                    List.of()));
        }
        assertEquals(
                expected,
                new QualityGate(failOn, unstableOn, unknown, UnknownPolicy.FAIL, false)
                        .judge(null, List.of(entry(all)))
                        .reason());
    }

    @ParameterizedTest(name = "{0} accounts unread, unreadAccounts {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            0 | FAIL     | PASSED   | ''
            1 | FAIL     | FAILED   | 1 account could not be read
            2 | UNSTABLE | UNSTABLE | 2 accounts could not be read
            2 | IGNORE   | PASSED   | ''
            """)
    void countsUnreadAccountsWhateverUnknownSays(int unread, UnknownPolicy effect, Result result, String reason) {
        QualityGate gate = new QualityGate(null, null, UnknownPolicy.IGNORE, effect, false);
        AccountEntry account = AccountEntry.damaged("123456789012", null);
        QualityGate.Outcome outcome = gate.judge(null, Collections.nCopies(unread, account));
        assertEquals(result, outcome.result());
        assertEquals(reason, outcome.reason());
    }

    @ParameterizedTest(name = "{0} {1}, failOn {2}, unstableOn {3}, unknown {4}: {5}")
    @CsvSource(textBlock = """
            FAIL,           CRITICAL, CRITICAL, , FAIL,     FAILED
            FAIL,           HIGH,     CRITICAL, , FAIL,     PASSED
            FAIL,           HIGH,     CRITICAL, HIGH, FAIL, UNSTABLE
            FAIL,           MEDIUM,   , HIGH,     FAIL,     PASSED
            FAIL,           CRITICAL, , ,         FAIL,     PASSED
            UNKNOWN,        CRITICAL, CRITICAL, , FAIL,     FAILED
            UNKNOWN,        CRITICAL, CRITICAL, , UNSTABLE, UNSTABLE
            UNKNOWN,        CRITICAL, CRITICAL, , IGNORE,   PASSED
            UNKNOWN,        HIGH,     , HIGH,     FAIL,     UNSTABLE
            UNKNOWN,        HIGH,     , HIGH,     UNSTABLE, UNSTABLE
            UNKNOWN,        LOW,      , HIGH,     FAIL,     PASSED
            PASS,           CRITICAL, LOW, LOW,   FAIL,     PASSED
            NOT_CHECKED,    CRITICAL, LOW, LOW,   FAIL,     PASSED
            NOT_APPLICABLE, CRITICAL, LOW, LOW,   FAIL,     PASSED
            """)
    void gates(
            Status status,
            Severity severity,
            Severity failOn,
            Severity unstableOn,
            UnknownPolicy unknown,
            Result expected) {
        Finding finding = new Finding(
                new Rule("c", "t", "w", "r", List.of()), severity, status, "s", List.of(), false, null, List.of());
        assertEquals(
                expected,
                new QualityGate(failOn, unstableOn, unknown, UnknownPolicy.FAIL, false)
                        .judge(null, List.of(entry(List.of(finding))))
                        .result());
    }

    private static AccountEntry entry(List<Finding> all) {
        Findings findings =
                new Findings("123456789012", "123456789012", "aws", Instant.EPOCH, null, Policy.DEFAULT.source(), all);
        RemediationPlan none = new RemediationPlan("123456789012", Instant.EPOCH, List.of(), List.of(), List.of());
        return AccountEntry.of(AccountState.unread("123456789012").withGaps(findings, none));
    }
}
