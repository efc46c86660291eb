package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each account's calls are evidence of the account, whatever becomes of it; those about the organization are the organization's. */
class OrganizationCallsTest extends OrganizationFixture {

    private List<JsonNode> recorded(String subject) {
        return evidence(subject).stream()
                .filter(e -> e.get("kind").asText().equals("call"))
                .toList();
    }

    private List<String> actions(String subject) {
        return recorded(subject).stream()
                .map(e -> e.get("action").asText())
                .map(action -> action.substring(action.indexOf(':') + 1))
                .toList();
    }

    @Test
    void recordsEveryCallOnceWithItsAccount() {
        EmulatedAccount with = memberWithKey(222222222222L);
        EmulatedAccount without = member(333333333333L);

        RunHeader run = run(AccountFilter.ALL, SETTINGS);

        assertEquals(calls(with), actions(with.id()));
        assertEquals(calls(without), actions(without.id()));
        assertEquals(of(with).reading().calls(), actions(with.id()).size());
        List<String> all = new ArrayList<>(actions(run.organization().id()));
        assertTrue(all.contains("ListAccounts"), all::toString);
        assertTrue(all.contains("DescribeOrganization"), all::toString);
        outcomes.keySet().forEach(id -> all.addAll(actions(id)));
        assertEquals(
                aws.calls().stream().map(c -> c.action()).sorted().toList(),
                all.stream().sorted().toList());
    }

    @Test
    void recordsADeniedCall() {
        EmulatedAccount member = member(222222222222L);
        aws.faults().deny("*", "sts:AssumeRoot");
        run(AccountFilter.ALL, SETTINGS);
        assertEquals(
                List.of("AccessDenied"),
                recorded(member.id()).stream()
                        .map(e -> e.get("outcome").asText())
                        .toList());
    }

    @Test
    void recordsTheCallsOfAnAccountThatIsCutOff() {
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

        run(AccountFilter.parse(List.of(member.id()), List.of(), List.of()), SETTINGS);

        assertEquals(AccountReading.Outcome.STOPPED, of(member).reading().outcome());
        assertTrue(
                actions(member.id()).contains("AssumeRoot"),
                () -> actions(member.id()).toString());
    }
}
