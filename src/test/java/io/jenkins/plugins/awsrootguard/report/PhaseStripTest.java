package io.jenkins.plugins.awsrootguard.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.awsrootguard.phase.AccountState;
import io.jenkins.plugins.awsrootguard.phase.PendingTask;
import io.jenkins.plugins.awsrootguard.report.PhaseStrip.Progress;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhaseStripTest {

    @Test
    void eachPhaseIsDoneWaitingOrNotRun() {
        assertEquals(
                List.of(Progress.DONE, Progress.NOT_RUN, Progress.NOT_RUN, Progress.NOT_RUN),
                progress(Fixtures.assessed()));
        assertEquals(
                List.of(Progress.DONE, Progress.DONE, Progress.WAITING, Progress.NOT_RUN), progress(Fixtures.judged()));
        assertEquals(
                List.of(Progress.DONE, Progress.DONE, Progress.DONE, Progress.NOT_RUN), progress(Fixtures.secured()));
        assertEquals(
                List.of(Progress.DONE, Progress.DONE, Progress.DONE, Progress.DONE), progress(Fixtures.validated()));
    }

    @Test
    void aPhaseThatIsNotDoneHasNoTime() {
        assertNull(PhaseStrip.of(Fixtures.judged()).get(2).at());
        assertEquals(
                "3 changes planned, not approved",
                PhaseStrip.of(Fixtures.judged()).get(2).detail());
    }

    @Test
    void afterValidationTheGapsOfPhase2AreNotToldByItsFindings() {
        assertEquals("", PhaseStrip.of(Fixtures.validated()).get(1).detail());
        assertEquals("2 of 2 proven", PhaseStrip.of(Fixtures.validated()).get(3).detail());
    }

    @Test
    void aTaskThatNewerFindingsShowToBeDoneNoLongerWaits() {
        assertEquals(
                List.of(PendingTask.What.MFA, PendingTask.What.PASSWORD),
                Waiting.tasks(Fixtures.secured()).stream()
                        .map(PendingTask::what)
                        .toList());
        assertEquals(List.of(), Waiting.tasks(Fixtures.validated()));
    }

    private static List<Progress> progress(AccountState state) {
        return PhaseStrip.of(state).stream().map(PhaseStrip.Step::progress).toList();
    }
}
