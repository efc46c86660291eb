package io.jenkins.plugins.awsrootguard.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Rule;
import io.jenkins.plugins.awsrootguard.controls.Rule.Reference;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingsJsonTest {

    @Test
    void namesRunAccountFindingAndControl() throws IOException {
        JsonNode json = json(Fixtures.secured());

        assertEquals(1, json.path("schema").asInt());
        assertTrue(json.path("run").path("organizationId").isNull());
        JsonNode account = account(json);
        assertEquals(Fixtures.ACCOUNT, account.path("accountId").asText());
        assertEquals("aws", account.path("partition").asText());
        assertEquals("2026-11-24T10:42:07Z", account.path("generatedAt").asText());
        assertEquals("2026-11-24T10:38:01Z", account.path("reportGeneratedAt").asText());
        JsonNode first = account.path("findings").path(0);
        assertEquals("root-access-keys", first.path("control").asText());
        assertEquals("CRITICAL", first.path("severity").asText());
        assertEquals("FAIL", first.path("status").asText());
        assertEquals(
                "iam:GetAccountSummary",
                first.path("evidence").path(0).path("call").asText());
        assertEquals(
                "2026-11-24T10:42:07Z",
                first.path("evidence").path(0).path("at").asText());
        JsonNode control = json.path("controls").path("root-access-keys");
        assertTrue(control.path("references").path(0).hasNonNull("label"));
        for (String field : new String[] {"title", "why", "remediation"}) {
            assertFalse(control.path(field).asText().isBlank(), field);
        }
    }

    @Test
    void countsFindingsByStatus() throws IOException {
        JsonNode account = account(json(Fixtures.judged()));

        int counted = 0;
        for (String status : new String[] {"FAIL", "UNKNOWN", "NOT_CHECKED", "PASS", "NOT_APPLICABLE"}) {
            counted += account.path("counts").path(status).asInt();
        }
        assertEquals(account.path("findings").size(), counted);
        assertEquals(
                2,
                account.path("counts").path("failedBySeverity").path("CRITICAL").asInt());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"}], \"status\": \"PASS\"",
                "</script><script>",
                "\\u0000\u0000\u001b[2J",
                "\u2028\n\r\t",
                "\ud800",
                "=1"
            })
    void keepsHostileNameAsText(String evil) throws IOException {
        Finding named = new Finding(
                new Rule("root-mfa", evil, evil, evil, List.of(new Reference(evil, null))),
                Severity.LOW,
                Status.FAIL,
                evil,
                List.of(),
                false,
                null,
                List.of());
        JsonNode json = json(Fixtures.with(named));
        JsonNode account = account(json);
        assertEquals(1, account.path("findings").size());
        JsonNode finding = account.path("findings").path(0);
        assertEquals("FAIL", finding.path("status").asText());
        assertEquals(evil, finding.path("summary").asText());
        assertEquals(1, account.path("counts").path("FAIL").asInt());
    }

    @Test
    void hasNullFindingsBeforePhase2() throws IOException {
        JsonNode json = account(json(Fixtures.assessed()));

        assertTrue(json.has("findings") && json.path("findings").isNull());
        assertTrue(json.has("counts") && json.path("counts").isNull());
        assertEquals("2026-11-24T10:42:07Z", json.path("generatedAt").asText());
    }

    @Test
    void listsChangesWithoutWholeKeyId() throws IOException {
        JsonNode json = account(json(Fixtures.secured()));

        JsonNode last = json.path("changes").path(2);
        assertEquals("DELETE_ROOT_ACCESS_KEY", last.path("kind").asText());
        assertEquals("DONE", last.path("outcome").asText());
        assertEquals("Ada Lovelace", last.path("approvedBy").asText());
        assertFalse(json.toString().contains(Fixtures.KEY_ID));
    }

    @Test
    void hasValidationAfterPhase4() throws IOException {
        assertTrue(account(json(Fixtures.secured())).path("validation").isNull());
        JsonNode validation = account(json(Fixtures.validated())).path("validation");
        assertTrue(validation.path("secured").asBoolean());
        assertEquals("mfa", validation.path("checks").path(0).path("id").asText());
    }

    private static JsonNode account(JsonNode json) {
        return json.path("accounts").path(0);
    }

    private static JsonNode json(AccountState state) throws IOException {
        boolean[] closed = {false};
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        OneAccount.writeJson(state, out);
        assertFalse(closed[0], "the stream is its owner's to close");
        return new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
    }
}
