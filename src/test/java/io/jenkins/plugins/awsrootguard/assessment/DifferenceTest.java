package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awsrootguard.assessment.AccountReading.Outcome;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate.UnknownPolicy;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.controls.Subject;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceTest {

    private static final QualityGate GATE =
            new QualityGate(Severity.HIGH, null, UnknownPolicy.FAIL, UnknownPolicy.FAIL, true);

    @ParameterizedTest(name = "{0}, then {1}: {2}")
    @CsvSource({
        "PASS, FAIL, new",
        "NOT_APPLICABLE, FAIL, new",
        "NOT_CHECKED, FAIL, new",
        "UNKNOWN, FAIL, new",
        ", FAIL, new",
        "PASS, UNKNOWN, new",
        "FAIL, FAIL, outstanding",
        "FAIL, UNKNOWN, outstanding",
        "UNKNOWN, UNKNOWN, outstanding",
        "FAIL, PASS, fixed",
        "UNKNOWN, PASS, fixed",
        "FAIL, NOT_APPLICABLE, none",
        "FAIL, NOT_CHECKED, none",
        "PASS, PASS, none",
        "PASS, NOT_CHECKED, none"
    })
    void comparesFindingWithReference(Status before, Status now, String expected) {
        List<AccountEntry> earlier = List.of(account("1", before == null ? new ControlStatus[0] : controls(before)));
        List<AccountEntry> later = List.of(account("1", controls(now)));

        Difference difference = Difference.of(41, earlier, later);

        assertEquals(expected.equals("new") ? 1 : 0, difference.addedCount());
        assertEquals(expected.equals("fixed") ? 1 : 0, difference.fixedCount());
        assertEquals(expected.equals("outstanding") ? 1 : 0, difference.outstanding());
        assertEquals(
                expected.equals("new") ? QualityGate.Result.FAILED : QualityGate.Result.PASSED,
                GATE.judge(null, Difference.onlyNew(earlier, later)).result());
    }

    @Test
    void everyFindingOfNewAccountIsNew() {
        Difference difference = Difference.of(
                41, List.of(account("1", controls(Status.FAIL))), List.of(account("2", controls(Status.FAIL))));

        assertEquals("2", difference.added().get(0).accountId());
        assertEquals(0, difference.outstanding());
    }

    @Test
    void findingThatGotMoreSevereIsNew() {
        ControlStatus low = new ControlStatus("root-mfa", Severity.LOW, Status.FAIL, Status.FAIL, List.of());

        assertEquals(
                1,
                Difference.of(41, List.of(account("1", low)), List.of(account("1", controls(Status.FAIL))))
                        .addedCount());
        assertEquals(
                0,
                Difference.of(41, List.of(account("1", controls(Status.FAIL))), List.of(account("1", low)))
                        .addedCount());
    }

    @Test
    void acceptedRiskIsNeitherNewNorFixed() {
        ControlStatus accepted = new ControlStatus("root-mfa", Severity.HIGH, Status.FAIL, null, List.of());

        Difference difference =
                Difference.of(41, List.of(account("1", controls(Status.FAIL))), List.of(account("1", accepted)));

        assertEquals(0, difference.addedCount() + difference.fixedCount() + difference.outstanding());
    }

    @Test
    void expiredExceptionIsNewFinding() {
        ControlStatus accepted = new ControlStatus("root-mfa", Severity.HIGH, Status.FAIL, null, List.of());

        Difference difference =
                Difference.of(41, List.of(account("1", accepted)), List.of(account("1", controls(Status.FAIL))));

        assertEquals(1, difference.addedCount());
    }

    @Test
    void accountThatCouldNotBeReadIsNotCompared() {
        AccountEntry unread = entry(
                "1",
                new AccountReading(null, "", "ACTIVE", Outcome.UNREAD, new Unread(Unread.Kind.CALLER_IS_ROOT, null), 0),
                controls(Status.UNKNOWN));

        Difference difference = Difference.of(41, List.of(account("1", controls(Status.PASS))), List.of(unread));

        assertEquals(0, difference.addedCount() + difference.fixedCount() + difference.outstanding());
        assertEquals(
                "1 account could not be read",
                GATE.judge(null, Difference.onlyNew(List.of(), List.of(unread))).reason());
    }

    @Test
    void listsWorstFindingsFirst() {
        Difference difference = Difference.of(
                41,
                List.of(),
                List.of(account(
                        "1",
                        new ControlStatus("b", Severity.LOW, Status.FAIL, Status.FAIL, List.of()),
                        new ControlStatus("a", Severity.CRITICAL, Status.FAIL, Status.FAIL, List.of()))));

        assertEquals(
                List.of("a", "b"),
                difference.added().stream().map(Difference.Item::control).toList());
    }

    @ParameterizedTest(name = "{0}, then {1}: new {2}")
    @CsvSource({
        "ACCESS_KEY=A, ACCESS_KEY=A ACCESS_KEY=B, ACCESS_KEY=B",
        "ACCESS_KEY=A, ACCESS_KEY=B, ACCESS_KEY=B",
        "ACCESS_KEY=A ACCESS_KEY=B, ACCESS_KEY=A, ''",
        "ACCESS_KEY_SLOT=1@2019, ACCESS_KEY_SLOT=1@2026, ACCESS_KEY_SLOT=1@2026",
        "CERTIFICATE=C, CERTIFICATE=C CERTIFICATE=D, CERTIFICATE=D",
        "MFA_DEVICE=phone, MFA_DEVICE=phone MFA_DEVICE=other, MFA_DEVICE=other",
        "DAY_OF_USE=2026-11-20, DAY_OF_USE=2026-11-24, DAY_OF_USE=2026-11-24",
        "DAY_OF_USE=2026-11-24, DAY_OF_USE=2026-11-20, ''",
        "ACCESS_KEY_SLOT=1, ACCESS_KEY=A ACCESS_KEY=B, more",
        "ACCESS_KEY_SLOT=1, ACCESS_KEY=A, ''",
        "ACCESS_KEY=A, '', ''",
        "'', ACCESS_KEY=A, ''"
    })
    void findingAboutAnotherSubjectIsNew(String before, String now, String expected) {
        List<AccountEntry> earlier = List.of(account("1", about(before)));
        List<AccountEntry> later = List.of(account("1", about(now)));

        Difference difference = Difference.of(41, earlier, later);

        assertEquals(expected.isEmpty() ? 0 : 1, difference.addedCount());
        assertEquals(
                expected.isEmpty() ? QualityGate.Result.PASSED : QualityGate.Result.FAILED,
                GATE.judge(null, Difference.onlyNew(earlier, later)).result());
        if (!expected.isEmpty()) {
            assertEquals(
                    subjects(expected.equals("more") ? "" : expected),
                    difference.added().get(0).subjects());
        }
    }

    private static ControlStatus about(String subjects) {
        ControlStatus about =
                new ControlStatus("root-mfa", Severity.HIGH, Status.FAIL, Status.FAIL, subjects(subjects));
        assertEquals(about, ControlStatus.parse(about.saved()));
        return about;
    }

    private static List<Subject> subjects(String saved) {
        return saved.isEmpty()
                ? List.of()
                : Arrays.stream(saved.split(" ")).map(Subject::parse).toList();
    }

    private static ControlStatus[] controls(Status status) {
        return new ControlStatus[] {new ControlStatus("root-mfa", Severity.HIGH, status, status, List.of())};
    }

    private static AccountEntry account(String id, ControlStatus... controls) {
        return entry(id, AccountReading.ONE_ACCOUNT, controls);
    }

    private static AccountEntry entry(String id, AccountReading reading, ControlStatus... controls) {
        return new AccountEntry(id, reading, Standing.AT_RISK, Arrays.asList(controls), null, 0, 0, 0, null);
    }
}
