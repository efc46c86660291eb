package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.assessment.AccountReading.Outcome;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Faults;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong with one account, or with a whole run. */
class OrganizationFaultsTest extends OrganizationFixture {

    private Interruption interruption;

    @Override
    void afterReading() {
        if (interruption != null) {
            interruption.completed();
        }
    }

    /** What can go wrong with one account's calls, for good. */
    enum Fault {
        DENIED((f, a) -> f.deny(a.root().arn(), "iam:*")),
        DENIED_SUMMARY((f, a) -> f.deny(a.root().arn(), "iam:GetAccountSummary")),
        DENIED_KEYS((f, a) -> f.deny(a.root().arn(), "iam:ListAccessKeys")),
        DENIED_LAST_USE((f, a) -> f.deny(a.root().arn(), "iam:GetAccessKeyLastUsed")),
        THROTTLED_ONCE((f, a) -> f.throttleNextOf(a.root().arn(), "iam:*", 1)),
        THROTTLED((f, a) -> f.throttleNextOf(a.root().arn(), "iam:GetAccountSummary", 500));

        private final BiConsumer<Faults, EmulatedAccount> inject;

        Fault(BiConsumer<Faults, EmulatedAccount> inject) {
            this.inject = inject;
        }
    }

    static Stream<Arguments> faults() {
        return Stream.of(Fault.values()).map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("faults")
    @Timeout(120)
    void aFaultOfOneAccountIsItsOwnAndNeverMakesItBetter(Fault fault) {
        EmulatedAccount faulty = memberWithKey(222222222222L);
        EmulatedAccount good = memberWithKey(333333333333L);
        Map<String, Status> truth = statuses(good);
        outcomes.clear();
        fault.inject.accept(aws.faults(), faulty);

        Map<String, Status> seen = statuses(faulty);

        seen.forEach((control, status) ->
                assertTrue(status == truth.get(control) || status == Status.UNKNOWN, control + " is " + status));
        assertEquals(Outcome.READ, of(good).reading().outcome());
        assertEquals(Status.FAIL, status(good, "root-access-keys"));
        if (fault == Fault.THROTTLED_ONCE) {
            assertEquals(truth, seen, "a call that fails once is tried again");
        }
    }

    private Map<String, Status> statuses(EmulatedAccount account) {
        run(AccountFilter.ALL, SETTINGS);
        Map<String, Status> statuses = new TreeMap<>();
        of(account).findings().findings().forEach(f -> statuses.put(f.control(), f.status()));
        return statuses;
    }

    @Test
    void namesTheRegionalEndpointWhenStsDoesNotKnowAssumeRoot() {
        EmulatedAccount member = memberWithKey(222222222222L);
        aws.faults().failNext("AssumeRoot", 100, 400, "InvalidAction", "Could not find operation AssumeRoot.");
        run(AccountFilter.ALL, SETTINGS);
        assertTrue(cause(member).contains("needs a regional STS endpoint"), cause(member));
    }

    @Test
    void aDeniedAssumeRootIsUnknownForEveryMemberWithItsReason() {
        EmulatedAccount member = memberWithKey(222222222222L);
        aws.faults().deny("*", "sts:AssumeRoot");

        RunHeader result = run(AccountFilter.ALL, SETTINGS);

        assertTrue(result.isComplete());
        assertEquals(1, unread());
        assertEquals(Outcome.UNREAD, of(member).reading().outcome());
        assertTrue(cause(member).contains("AWS denied sts:AssumeRoot on account " + member.id()), cause(member));
        assertEquals(1, cause(member).lines().count());
        assertEquals(17, of(member).findings().count(Status.UNKNOWN));
        assertEquals(Outcome.READ, of(management).reading().outcome());
    }

    @Test
    void featuresThatCanNotBeReadDoNotKeepTheMembersFromBeingRead() {
        EmulatedAccount member = memberWithKey(222222222222L);
        aws.faults().deny("*", "iam:ListOrganizationsFeatures");

        RunHeader result = run(AccountFilter.ALL, SETTINGS);

        assertEquals(Status.UNKNOWN, result.central().status());
        assertEquals(Status.FAIL, status(member, "root-access-keys"));
    }

    @Test
    void aListThatBreaksOffKeepsWhatWasReadAndSaysThatItIsNotAll() {
        for (long i = 0; i < 45; i++) {
            member(222222222222L + i);
        }
        aws.faults().failNext("organizations:ListAccounts", 100, 500, "ServiceException", "no");
        RunHeader result = run(AccountFilter.ALL, SETTINGS);
        assertFalse(result.isComplete());
        assertEquals(0, folders.accounts().size());
        assertEquals(Map.of(), outcomes);
    }

    @Test
    void anInterruptionKeepsWhatWasReadAndTellsTheRest() {
        for (long i = 0; i < 60; i++) {
            memberWithKey(222222222222L + i);
        }
        interruption = new Interruption(10);
        RunHeader result = run(AccountFilter.ALL, SETTINGS.withParallelism(2));

        assertFalse(Thread.interrupted(), "it is cleared, so that files can be written");
        assertFalse(result.isComplete());
        assertEquals(folders.accounts().size(), outcomes.size());
        assertTrue(count(Outcome.READ) >= 9, outcomes.toString());
        assertTrue(count(Outcome.STOPPED) > 0, outcomes.toString());
        assertEquals(count(Outcome.STOPPED), unread());
        outcomes.values().stream()
                .filter(o -> o.reading().outcome() == Outcome.STOPPED)
                .forEach(o -> assertEquals(17, o.findings().count(Status.UNKNOWN)));
    }

    private long count(Outcome outcome) {
        return outcomes.values().stream()
                .filter(o -> o.reading().outcome() == outcome)
                .count();
    }

    @Test
    void aFullDiskStopsTheRunAndIsNotHidden() {
        member(222222222222L);
        AssessmentPhase phase = new AssessmentPhase(contextOf(admin, new FullStore(folders, true)));
        Scope all = Scope.organization(AccountFilter.ALL);
        UncheckedIOException thrown = assertThrows(UncheckedIOException.class, () -> phase.run(all, SETTINGS));
        assertEquals("No space left on device", thrown.getCause().getMessage());
    }
}
