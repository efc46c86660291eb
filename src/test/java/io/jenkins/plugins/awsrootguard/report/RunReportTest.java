package io.jenkins.plugins.awsrootguard.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountReading;
import io.jenkins.plugins.awsrootguard.assessment.ControlStatus;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.RunPolicy;
import io.jenkins.plugins.awsrootguard.assessment.Scope;
import io.jenkins.plugins.awsrootguard.assessment.Standing;
import io.jenkins.plugins.awsrootguard.assessment.StopCause;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.Organization;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunReportTest {

    private static final Instant NOW = Fixtures.NOW;

    @Test
    void countsAccountsByVerdictWorstFirst() {
        RunReport run = run(
                ended(null),
                entry("200000000002", Standing.SECURED, Status.PASS, true),
                entry("200000000001", Standing.AT_RISK, Status.FAIL, null),
                unread("200000000003"));

        assertEquals("3 accounts: 1 at risk, 1 could not be read, 1 secured.", run.verdict());
        assertEquals("At risk", run.label().word());
        assertEquals("Organization o-a1b2c3d4e5", run.title());
        assertEquals(1, run.count(e -> e.reading().isMissing()));
        assertFalse(run.isOneAccount());
    }

    @Test
    void usesPluralOfVerdictForSeveralAccounts() {
        AccountEntry first = entry("200000000001", Standing.ATTENTION, Status.PASS, null);
        AccountEntry second = entry("200000000002", Standing.ATTENTION, Status.PASS, null);

        assertEquals(
                "2 accounts: 2 need attention.", run(ended(null), first, second).verdict());
        assertEquals("1 account: 1 needs attention.", run(ended(null), first).verdict());
    }

    @Test
    void namesAcceptedRiskOfAnAccountThatIsNotTheWorst() {
        RunReport run = run(
                ended(null),
                entry("200000000001", Standing.NO_GAPS, Status.PASS, null),
                entry("200000000002", Standing.ACCEPTED, Status.PASS, true));

        assertEquals("No gaps except accepted risks", run.label().word());
        assertEquals("2 accounts: 1 without gaps, 1 secured except accepted risks.", run.verdict());
    }

    @Test
    void countsEachControlOverAllAccounts() {
        RunReport run = run(
                ended(null),
                entry("200000000001", Standing.AT_RISK, Status.FAIL, null),
                entry("200000000002", Standing.SECURED, Status.PASS, true));

        ControlRow row = run.controls().get(0);
        assertEquals("root-mfa", row.control());
        assertEquals(1, row.count(Status.FAIL));
        assertEquals(1, row.count(Status.PASS));
        assertEquals(Status.values().length, row.cells().size());
    }

    @Test
    void saysWhyRunEndedEarly() {
        AccountEntry one = entry("200000000001", Standing.SECURED, Status.PASS, true);

        assertEquals(
                "1 account: 1 secured. The run was stopped before it had read every account.",
                run(ended(new StopCause(StopCause.Kind.INTERRUPTED, null)), one).verdict());
        assertEquals(
                "1 account: 1 secured. The run ended before it had read every account.",
                run(header(null, null), one).verdict());
        assertEquals(
                "1 account: 1 secured. The accounts are still being read.",
                new RunReport(header(null, null), List.of(one), true).verdict());
    }

    @Test
    void showsProgressOfEachPhase() {
        RunReport run = run(
                ended(null),
                new AccountEntry(
                        "200000000001",
                        reading(AccountReading.Outcome.READ, null),
                        Standing.AT_RISK,
                        List.of(),
                        null,
                        2,
                        1,
                        1,
                        null),
                entry("200000000002", Standing.SECURED, Status.PASS, true));

        List<PhaseStrip.Step> steps = run.phases();
        assertEquals("2 of 2 accounts read", steps.get(0).detail());
        assertEquals(
                "1 change made, 1 failed; 2 changes planned in 1 account",
                steps.get(2).detail());
        assertEquals(PhaseStrip.INCOMPLETE, steps.get(2).progress());
        assertEquals("1 of 1 account secured", steps.get(3).detail());
    }

    @Test
    void isEmptyWithoutAccountsAndOrganization() {
        assertTrue(new RunReport(null, List.of(), false).isEmpty());
    }

    @Test
    void showsOpenFindingsOfOneAccountInFrontLine() {
        RunReport run = run(null, entry("200000000001", Standing.AT_RISK, Status.FAIL, null));

        assertTrue(run.isOneAccount());
        assertEquals("200000000001: 1 critical open", run.frontLine());
    }

    private static RunReport run(RunHeader header, AccountEntry... entries) {
        return new RunReport(header, List.of(entries), false);
    }

    private static RunHeader ended(StopCause stopped) {
        return header(NOW.plusSeconds(30), stopped);
    }

    private static RunHeader header(Instant ended, StopCause stopped) {
        return new RunHeader(
                Scope.organization(AccountFilter.ALL),
                new Organization("o-a1b2c3d4e5", "100000000000"),
                Partition.ofArn("arn:aws:iam::100000000000:user/security"),
                "100000000000",
                "arn:aws:iam::100000000000:user/security",
                null,
                RunPolicy.DEFAULT,
                NOW,
                ended,
                10,
                stopped);
    }

    private static AccountEntry entry(String id, Standing standing, Status status, Boolean validated) {
        return new AccountEntry(
                id,
                reading(AccountReading.Outcome.READ, null),
                standing,
                List.of(new ControlStatus("root-mfa", Severity.CRITICAL, status, status, List.of())),
                null,
                0,
                0,
                0,
                validated);
    }

    private static AccountEntry unread(String id) {
        return new AccountEntry(
                id,
                reading(
                        AccountReading.Outcome.UNREAD,
                        new Unread(Unread.Kind.NO_ANSWER, "sts:AssumeRoot", "connection reset")),
                Standing.UNKNOWN,
                List.of(),
                null,
                0,
                0,
                0,
                null);
    }

    private static AccountReading reading(AccountReading.Outcome outcome, Unread cause) {
        return new AccountReading(NOW, "", "ACTIVE", outcome, cause, 5);
    }
}
