package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.CallLog;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.CallRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each account's calls come with its outcome, whatever becomes of it; those about the organization go to the caller's thread. */
class OrganizationCallsTest extends OrganizationFixture {

    private final List<CallRecord> told = new ArrayList<>();

    private static List<String> actions(List<CallRecord> calls) {
        return calls.stream()
                .map(c -> c.action().substring(c.action().indexOf(':') + 1))
                .toList();
    }

    @Test
    void everyCallIsHandedAlongOnceAndWithItsAccount() {
        EmulatedAccount with = memberWithKey(222222222222L);
        EmulatedAccount without = member(333333333333L);
        try (CallLog.Scope listening = CallLog.tell(told::add)) {
            assertNotNull(listening);
            run(AccountFilter.ALL, SETTINGS);
        }

        assertEquals(calls(with), actions(of(with).callRecords()));
        assertEquals(calls(without), actions(of(without).callRecords()));
        assertEquals(of(with).calls(), of(with).callRecords().size());
        assertTrue(actions(told).contains("ListAccounts"), told::toString);
        assertTrue(actions(told).contains("DescribeOrganization"), told::toString);
        List<String> all = new ArrayList<>(actions(told));
        outcomes.values().forEach(o -> all.addAll(actions(o.callRecords())));
        assertEquals(
                aws.calls().stream().map(c -> c.action()).sorted().toList(),
                all.stream().sorted().toList());
    }

    @Test
    void aRefusalIsHandedAlong() {
        EmulatedAccount member = member(222222222222L);
        aws.faults().deny("*", "sts:AssumeRoot");
        run(AccountFilter.ALL, SETTINGS);
        assertEquals(
                List.of("AccessDenied"),
                of(member).callRecords().stream().map(CallRecord::outcome).toList());
    }

    @Test
    void anAccountThatIsCutOffStillTellsOfTheCallsThatWereMade() {
        EmulatedAccount member = member(222222222222L);
        aws.faults().delay("iam:GetAccountSummary", Duration.ofSeconds(2));
        Thread here = Thread.currentThread();
        Thread stopper = new Thread(() -> {
            while (!calls(member).contains("AssumeRoot")) {
                Thread.onSpinWait();
            }
            here.interrupt();
        });
        stopper.start();

        try (AccountConnection caller = connectMany(admin)) {
            OrganizationAssessment.begin(
                            caller, AccountFilter.parse(List.of(member.id()), List.of(), List.of()), SETTINGS)
                    .run(id -> null, o -> outcomes.put(o.account().id(), o), log::add);
        }

        assertEquals(AccountOutcome.Reading.STOPPED, of(member).reading());
        assertTrue(
                actions(of(member).callRecords()).contains("AssumeRoot"),
                of(member).callRecords()::toString);
    }
}
