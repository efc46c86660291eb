package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.assessment.AccountOutcome.Reading;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Faults;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import java.io.IOException;
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
        assertEquals(Reading.READ, of(good).reading());
        assertEquals(Status.FAIL, status(good, "root-access-keys"));
        if (fault == Fault.THROTTLED_ONCE) {
            assertEquals(truth, seen, "a call that fails once is tried again");
        }
    }

    private Map<String, Status> statuses(EmulatedAccount account) {
        run(AccountFilter.ALL, SETTINGS);
        Map<String, Status> statuses = new TreeMap<>();
        of(account).state().findings().findings().forEach(f -> statuses.put(f.control(), f.status()));
        return statuses;
    }

    @Test
    void aDeniedAssumeRootIsUnknownForEveryMemberWithItsReason() {
        EmulatedAccount member = memberWithKey(222222222222L);
        aws.faults().deny("*", "sts:AssumeRoot");

        OrganizationResult result = run(AccountFilter.ALL, SETTINGS);

        assertTrue(result.isComplete());
        assertEquals(1, result.unread());
        assertEquals(Reading.UNREAD, of(member).reading());
        assertTrue(
                of(member).reason().contains("AWS denied sts:AssumeRoot on account " + member.id()),
                of(member).reason());
        assertEquals(1, of(member).reason().lines().count());
        assertEquals(15, of(member).state().findings().count(Status.UNKNOWN));
        assertEquals(Reading.READ, of(management).reading());
    }

    @Test
    void featuresThatCanNotBeReadDoNotKeepTheMembersFromBeingRead() {
        EmulatedAccount member = memberWithKey(222222222222L);
        aws.faults().deny("*", "iam:ListOrganizationsFeatures");

        OrganizationResult result = run(AccountFilter.ALL, SETTINGS);

        assertEquals(Status.UNKNOWN, result.central().status());
        assertEquals(Status.FAIL, status(member, "root-access-keys"));
    }

    @Test
    void aListThatBreaksOffKeepsWhatWasReadAndSaysThatItIsNotAll() {
        for (long i = 0; i < 45; i++) {
            member(222222222222L + i);
        }
        aws.faults().failNext("organizations:ListAccounts", 100, 500, "ServiceException", "no");
        OrganizationResult result = run(AccountFilter.ALL, SETTINGS);
        assertFalse(result.isComplete());
        assertEquals(0, result.accounts());
        assertEquals(Map.of(), outcomes);
    }

    @Test
    void anInterruptionKeepsWhatWasReadAndTellsTheRest() {
        for (long i = 0; i < 60; i++) {
            memberWithKey(222222222222L + i);
        }
        Thread here = Thread.currentThread();
        OrganizationResult result;
        try (AccountConnection caller = connectMany(admin)) {
            result = OrganizationAssessment.begin(caller, AccountFilter.ALL, SETTINGS.withParallelism(2))
                    .run(
                            id -> null,
                            outcome -> {
                                outcomes.put(outcome.account().id(), outcome);
                                if (outcomes.size() == 10) {
                                    here.interrupt();
                                }
                            },
                            log::add);
        }
        assertFalse(Thread.interrupted(), "it is cleared, so that files can be written");
        assertFalse(result.isComplete());
        assertEquals(result.accounts(), outcomes.size());
        assertTrue(count(Reading.READ) >= 9, outcomes.toString());
        assertTrue(count(Reading.STOPPED) > 0, outcomes.toString());
        assertEquals(count(Reading.STOPPED), result.unread());
        outcomes.values().stream()
                .filter(o -> o.reading() == Reading.STOPPED)
                .forEach(o -> assertEquals(15, o.state().findings().count(Status.UNKNOWN)));
    }

    private long count(Reading reading) {
        return outcomes.values().stream().filter(o -> o.reading() == reading).count();
    }

    @Test
    void aFullDiskStopsTheRunAndIsNotHidden() {
        member(222222222222L);
        try (AccountConnection caller = connectMany(admin)) {
            UncheckedIOException thrown = assertThrows(
                    UncheckedIOException.class,
                    () -> OrganizationAssessment.begin(caller, AccountFilter.ALL, SETTINGS)
                            .run(
                                    id -> null,
                                    outcome -> {
                                        throw new UncheckedIOException(new IOException("No space left on device"));
                                    },
                                    log::add));
            assertEquals("No space left on device", thrown.getCause().getMessage());
        }
    }
}
