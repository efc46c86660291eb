package io.jenkins.plugins.awsrootguard.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Reference;
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
    void itHasTheFieldsOfSchema1() throws IOException {
        JsonNode json = json(Fixtures.secured());

        assertEquals(1, json.path("schema").asInt());
        assertEquals(Fixtures.ACCOUNT, json.path("accountId").asText());
        assertEquals("aws", json.path("partition").asText());
        assertEquals("2026-11-24T10:42:07Z", json.path("generatedAt").asText());
        assertEquals("2026-11-24T10:38:01Z", json.path("reportGeneratedAt").asText());
        JsonNode first = json.path("findings").path(0);
        assertEquals("root-access-keys", first.path("control").asText());
        assertEquals("CRITICAL", first.path("severity").asText());
        assertEquals("FAIL", first.path("status").asText());
        assertEquals(
                "iam:GetAccountSummary",
                first.path("evidence").path(0).path("call").asText());
        assertEquals(
                "2026-11-24T10:42:07Z",
                first.path("evidence").path(0).path("at").asText());
        assertTrue(first.path("references").path(0).hasNonNull("label"));
        for (String field : new String[] {"title", "summary", "why", "remediation"}) {
            assertFalse(first.path(field).asText().isBlank(), field);
        }
    }

    @Test
    void theCountsAreThoseOfTheFindings() throws IOException {
        JsonNode json = json(Fixtures.judged());

        int counted = 0;
        for (String status : new String[] {"FAIL", "UNKNOWN", "PASS", "NOT_APPLICABLE"}) {
            counted += json.path("counts").path(status).asInt();
        }
        assertEquals(json.path("findings").size(), counted);
        assertEquals(
                2, json.path("counts").path("failedBySeverity").path("CRITICAL").asInt());
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
    void aHostileNameIsTextAndNothingElse(String evil) throws IOException {
        Finding named = new Finding(
                evil, evil, Severity.LOW, Status.FAIL, evil, List.of(), evil, evil, List.of(new Reference(evil, null)));
        JsonNode json = json(Fixtures.with(named));
        assertEquals(1, json.path("findings").size());
        JsonNode finding = json.path("findings").path(0);
        assertEquals("FAIL", finding.path("status").asText());
        assertEquals(evil, finding.path("summary").asText());
        assertEquals(1, json.path("counts").path("FAIL").asInt());
    }

    @Test
    void beforePhase2FindingsAreNullAndNotAnEmptyList() throws IOException {
        JsonNode json = json(Fixtures.assessed());

        assertTrue(json.has("findings") && json.path("findings").isNull());
        assertTrue(json.has("counts") && json.path("counts").isNull());
        assertEquals("2026-11-24T10:42:07Z", json.path("generatedAt").asText());
    }

    @Test
    void changesAreThereWithoutAWholeKeyId() throws IOException {
        JsonNode json = json(Fixtures.secured());

        JsonNode last = json.path("changes").path(2);
        assertEquals("DELETE_ROOT_ACCESS_KEY", last.path("kind").asText());
        assertEquals("DONE", last.path("outcome").asText());
        assertEquals("Ada Lovelace", last.path("approvedBy").asText());
        assertFalse(json.toString().contains(Fixtures.KEY_ID));
    }

    @Test
    void theProofIsThereAfterPhase4() throws IOException {
        assertTrue(json(Fixtures.secured()).path("validation").isNull());
        JsonNode proof = json(Fixtures.validated()).path("validation");
        assertTrue(proof.path("secured").asBoolean());
        assertEquals("mfa", proof.path("points").path(0).path("id").asText());
    }

    private static JsonNode json(AccountState state) throws IOException {
        boolean[] closed = {false};
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        FindingsJson.write(state, out);
        assertFalse(closed[0], "the stream is its owner's to close");
        return new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
    }
}
