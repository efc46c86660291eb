package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.report.FactsFixture;
import io.jenkins.plugins.awsrootguard.report.Fixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StateJsonTest {

    private static final String ACCOUNT = Fixtures.secured().accountId();

    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void whatIsSavedComesBackTheSame() throws IOException {
        for (AccountState state :
                List.of(Fixtures.assessed(), Fixtures.judged(), Fixtures.secured(), Fixtures.validated())) {
            assertEquals(state, StateJson.read(StateJson.write(state), state.accountId()));
        }
    }

    @Test
    void aNameThatIsNoneOfAwsIsNotKeptForItCouldNotBeReadBack() {
        assertEquals(
                Map.of(AccountSummary.MFA_ENABLED, 1),
                new AccountSummary(Map.of(AccountSummary.MFA_ENABLED, 1, "A".repeat(65_536), 2)).values());
    }

    @Test
    void itHoldsDataAndNoConclusions() throws IOException {
        ObjectNode json = saved();

        assertEquals("2026-11-24T10:42:07Z", json.path("assessedAt").asText());
        assertFalse(json.path("plan").path("changes").path(0).has("blocked"));
        assertFalse(json.path("facts").path("caller").has("root"));
    }

    @Test
    void aFieldOfANewerVersionIsIgnored() throws IOException {
        ObjectNode json = saved();
        json.put("invented", 1);
        json.withObject("/facts").put("inventedToo", "x");

        assertEquals(Fixtures.secured(), read(json));
    }

    @Test
    void factsThatAnOlderVersionDidNotReadAreNeverJudgedAsFailed() throws IOException {
        ObjectNode json = saved();
        List<String> facts = new ArrayList<>();
        json.path("facts").fields().forEachRemaining(field -> {
            if (field.getValue().has("source")) {
                facts.add(field.getKey());
            }
        });
        assertTrue(facts.contains("securityContact"), facts.toString());
        facts.forEach(json.withObject("/facts")::remove);

        Findings findings = Controls.judge(read(json).facts(), Policy.DEFAULT, Set.of());

        assertEquals(0, findings.count(Status.FAIL), findings.toString());
    }

    @Test
    void aListThatAnOlderVersionDidNotHaveIsEmpty() throws IOException {
        ObjectNode json = saved();
        json.remove("changes");
        json.withObject("/plan").remove("pending");

        AccountState read = read(json);
        assertEquals(List.of(), read.changes());
        assertEquals(List.of(), read.plan().pending());
    }

    @Test
    void ofAnAdministratorOfAnOlderVersionNothingMoreIsKnownThanThatItIsListed() throws IOException {
        AccountState hardened = AccountState.assessed(FactsFixture.hardened("prod"));
        ObjectNode json = (ObjectNode) mapper.readTree(StateJson.write(hardened));
        ((ObjectNode) json.at("/facts/administrators/value/0")).remove(List.of("standing", "because"));

        AccountState back = read(json);
        assertEquals(
                Administrator.Standing.LISTED,
                back.facts().administrators().get().get(0).standing());
    }

    @Test
    void aMissingAnswerIsAnErrorAndNeverFalse() throws IOException {
        ObjectNode json = saved();
        ((ObjectNode) json.at("/facts/accessKeys/value/0")).remove("active");

        assertDamaged(mapper.writeValueAsBytes(json));
    }

    @Test
    void aDamagedFileIsSaidInOneLine() {
        assertDamaged("{\"accountId\": \"1234".getBytes(StandardCharsets.UTF_8));
        assertDamaged(new byte[0]);
        assertDamaged("[]".getBytes(StandardCharsets.UTF_8));
        assertDamaged("{}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aChangeOfANewerVersionIsSaidAndNotDropped() throws IOException {
        ObjectNode json = saved();
        ((ObjectNode) json.at("/changes/0")).put("kind", "INVENTED_LATER");
        assertDamaged(mapper.writeValueAsBytes(json));
    }

    @Test
    void aStateInWhichNothingWasReadYetKeepsItsChanges() throws IOException {
        AccountState state = AccountState.unread("123456789012")
                .withChange(new ChangeRecord(
                        "ENABLE_ROOT_SESSIONS:123456789012",
                        ChangeKind.ENABLE_ROOT_SESSIONS,
                        "Enable privileged root actions",
                        ChangeRecord.Outcome.DONE,
                        "alice",
                        Instant.parse("2026-11-24T08:00:00Z"),
                        null,
                        "enabled",
                        null));
        assertEquals(state, StateJson.read(StateJson.write(state), state.accountId()));
    }

    @Test
    void aNewerSchemaIsSaid() throws IOException {
        String message = assertDamaged(mapper.writeValueAsBytes(saved().put("schema", 2)));
        assertTrue(message.contains("schema 2"), message);
    }

    private AccountState read(ObjectNode json) throws IOException {
        return StateJson.read(mapper.writeValueAsBytes(json), ACCOUNT);
    }

    private ObjectNode saved() throws IOException {
        return (ObjectNode) mapper.readTree(StateJson.write(Fixtures.secured()));
    }

    private static String assertDamaged(byte[] saved) {
        String message = assertThrows(IOException.class, () -> StateJson.read(saved, ACCOUNT))
                .getMessage();
        assertTrue(message.contains("Move the file away"), message);
        assertFalse(message.contains("\n"), message);
        return message;
    }
}
