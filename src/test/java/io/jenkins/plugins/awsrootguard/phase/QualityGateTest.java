package io.jenkins.plugins.awsrootguard.phase;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awsrootguard.control.Finding;
import io.jenkins.plugins.awsrootguard.control.Findings;
import io.jenkins.plugins.awsrootguard.control.Severity;
import io.jenkins.plugins.awsrootguard.control.Status;
import io.jenkins.plugins.awsrootguard.phase.QualityGate.Result;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one finding does to a build, by gate. */
class QualityGateTest {

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
            NOT_APPLICABLE, CRITICAL, LOW, LOW,   FAIL,     PASSED
            """)
    void gates(
            Status status,
            Severity severity,
            Severity failOn,
            Severity unstableOn,
            UnknownPolicy unknown,
            Result expected) {
        Finding finding = new Finding("c", "t", severity, status, "s", List.of(), "w", "r", List.of());
        Findings findings = new Findings("123456789012", "123456789012", "aws", Instant.EPOCH, null, List.of(finding));
        assertEquals(
                expected,
                new QualityGate(failOn, unstableOn, unknown).judge(findings).result());
    }
}
