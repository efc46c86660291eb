package io.jenkins.plugins.awsrootguard.injenkins.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.assessment.AccountOutcome;
import io.jenkins.plugins.awsrootguard.report.AccountLine;
import io.jenkins.plugins.awsrootguard.report.PhaseStrip.Progress;
import io.jenkins.plugins.awsrootguard.store.IndexedAccount;
import io.jenkins.plugins.awsrootguard.store.OrganizationHeader;
import io.jenkins.plugins.awsrootguard.store.OrganizationSummary;
import io.jenkins.plugins.awsrootguard.ui.OrganizationStrip;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How far phase 3 of an organization has come, out of the numbers of its accounts. */
class OrganizationStripTest {

    private static IndexedAccount account(int n, int planned, int made, int failed) {
        AccountOutcome o = SampleOrganization.outcome(n, "team-" + n);
        AccountLine line = AccountLine.of(o, null);
        return new IndexedAccount(
                o.account(), o.reading(), o.reason(), line, Map.of(), planned, made, failed, null, 0, 0);
    }

    private static OrganizationStrip.Step secure(IndexedAccount... accounts) {
        OrganizationSummary summary = new OrganizationSummary(SampleOrganization.header(), List.of(accounts), false);
        return OrganizationStrip.of(SampleOrganization.header(), summary, false).get(2);
    }

    private static void assertSecure(Progress progress, String detail, OrganizationStrip.Step step) {
        assertEquals(3, step.number());
        assertEquals(progress + ": " + detail, step.progress() + ": " + step.detail());
    }

    @Test
    void theLastReadingsTimeStandsWithThePhaseThatReadLast() {
        OrganizationHeader header = SampleOrganization.header().ended(SampleOrganization.result(1));
        assertTrue(header.endedAt() != null);
        IndexedAccount read = account(1, 0, 0, 0);
        IndexedAccount proven =
                new IndexedAccount(read.account(), read.reading(), null, read.line(), Map.of(), 0, 0, 0, true, 0, 0);
        List<OrganizationStrip.Step> assessed =
                OrganizationStrip.of(header, new OrganizationSummary(header, List.of(read), false), false);
        assertEquals(header.endedAt(), assessed.get(0).at());
        assertEquals(null, assessed.get(3).at());
        List<OrganizationStrip.Step> validated =
                OrganizationStrip.of(header, new OrganizationSummary(header, List.of(proven), false), false);
        assertEquals(null, validated.get(0).at());
        assertEquals(header.endedAt(), validated.get(3).at());
        assertEquals(Progress.DONE, validated.get(3).progress());
    }

    @Test
    void withNothingPlannedItIsNotRun() {
        assertSecure(Progress.NOT_RUN, "nothing planned", secure(account(1, 0, 0, 0)));
    }

    @Test
    void itWaitsWhileNoChangeIsBegun() {
        assertSecure(
                Progress.WAITING, "3 changes planned in 2 accounts", secure(account(1, 1, 0, 0), account(2, 2, 0, 0)));
    }

    @Test
    void itIsNotCompleteWhileChangesAreLeft() {
        assertSecure(
                Progress.INCOMPLETE,
                "1 change made; 1 change planned in 1 account",
                secure(account(1, 0, 1, 0), account(2, 1, 0, 0)));
    }

    @Test
    void itIsNotCompleteWhenAChangeFailed() {
        assertSecure(
                Progress.INCOMPLETE,
                "2 changes made, 1 not confirmed",
                secure(account(1, 0, 2, 0), account(2, 0, 0, 1)));
        assertSecure(Progress.INCOMPLETE, "no change made, 1 not confirmed", secure(account(1, 0, 0, 1)));
    }

    @Test
    void itIsDoneWhenAllChangesAreMade() {
        assertSecure(Progress.DONE, "1 change made", secure(account(1, 0, 1, 0), account(2, 0, 0, 0)));
    }
}
