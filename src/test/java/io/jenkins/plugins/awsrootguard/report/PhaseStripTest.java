package io.jenkins.plugins.awsrootguard.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.ValidationResult;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhaseStripTest {

    @Test
    void showsProgressOfEachPhase() {
        assertEquals(
                List.of(PhaseStrip.DONE, PhaseStrip.NOT_RUN, PhaseStrip.NOT_RUN, PhaseStrip.NOT_RUN),
                progress(Fixtures.assessed()));
        assertEquals(
                List.of(PhaseStrip.DONE, PhaseStrip.DONE, PhaseStrip.PENDING, PhaseStrip.NOT_RUN),
                progress(Fixtures.judged()));
        assertEquals(
                List.of(PhaseStrip.DONE, PhaseStrip.DONE, PhaseStrip.DONE, PhaseStrip.NOT_RUN),
                progress(Fixtures.secured()));
        assertEquals(
                List.of(PhaseStrip.DONE, PhaseStrip.DONE, PhaseStrip.DONE, PhaseStrip.DONE),
                progress(Fixtures.validated()));
    }

    @Test
    void hasNoTimeBeforePhaseEnds() {
        assertNull(PhaseStrip.of(Fixtures.judged()).get(2).at());
        assertEquals(
                "3 changes planned, not approved",
                PhaseStrip.of(Fixtures.judged()).get(2).detail());
    }

    @Test
    void hidesCountsOfPhase2AfterValidation() {
        assertEquals("", PhaseStrip.of(Fixtures.validated()).get(1).detail());
        assertEquals(
                "2 of 2 checks passed",
                PhaseStrip.of(Fixtures.validated()).get(3).detail());
    }

    @Test
    void isIncompleteWithSkippedChange() {
        PhaseStrip.Step step = PhaseStrip.of(Fixtures.secured().withChange(deletion(ChangeRecord.Outcome.SKIPPED)))
                .get(2);
        assertEquals(PhaseStrip.INCOMPLETE, step.progress());
        assertEquals("1 of 4 not made", step.detail());
    }

    @Test
    void countsChangeByItsLastOutcome() {
        PhaseStrip.Step step = PhaseStrip.of(Fixtures.secured()
                        .withChange(deletion(ChangeRecord.Outcome.FAILED))
                        .withChange(deletion(ChangeRecord.Outcome.DONE)))
                .get(2);
        assertEquals(PhaseStrip.DONE, step.progress());
        assertEquals("4 changes made", step.detail());
    }

    @Test
    void staysIncompleteAfterDryRun() {
        for (ChangeRecord.Outcome undone :
                List.of(ChangeRecord.Outcome.FAILED, ChangeRecord.Outcome.STARTED, ChangeRecord.Outcome.SKIPPED)) {
            PhaseStrip.Step step = PhaseStrip.of(Fixtures.secured()
                            .withChange(deletion(undone))
                            .withChange(deletion(ChangeRecord.Outcome.WOULD_DO)))
                    .get(2);
            assertEquals(PhaseStrip.INCOMPLETE, step.progress(), undone::name);
            assertEquals("1 of 4 not made", step.detail());
        }
    }

    @Test
    void dropsTaskThatNewerFindingsShowAsCompleted() {
        assertEquals(
                List.of(PendingTask.What.MFA, PendingTask.What.PASSWORD),
                ManualTasks.open(Fixtures.secured()).stream()
                        .map(PendingTask::what)
                        .toList());
        assertEquals(List.of(), ManualTasks.open(Fixtures.validated()));
    }

    @Test
    void isIncompleteWhenCheckOfPhase4Fails() {
        AccountState state = Fixtures.judged();
        ValidationResult failed = new ValidationResult(
                List.of(new ValidationResult.Check("mfa", "Root MFA is enabled", Status.FAIL, "")),
                List.of(),
                state.findings());

        PhaseStrip.Step step =
                PhaseStrip.of(state.withValidation(state.facts(), failed)).get(3);

        assertEquals(PhaseStrip.INCOMPLETE, step.progress());
        assertEquals("0 of 1 check passed", step.detail());
    }

    private static ChangeRecord deletion(ChangeRecord.Outcome outcome) {
        return new ChangeRecord(
                "DELETE_ROOT_ACCESS_KEY:AKIAIOSFODNN7EXAMPLE",
                ChangeKind.DELETE_ROOT_ACCESS_KEY,
                "Delete root's other access key",
                outcome,
                null,
                Fixtures.NOW.plusSeconds(91),
                null,
                "",
                null);
    }

    private static List<Label> progress(AccountState state) {
        return PhaseStrip.of(state).stream().map(PhaseStrip.Step::progress).toList();
    }
}
