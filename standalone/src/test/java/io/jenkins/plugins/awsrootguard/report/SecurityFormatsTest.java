package io.jenkins.plugins.awsrootguard.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Rule.Reference;
import io.jenkins.plugins.awsrootguard.controls.Rule;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.Organization;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SecurityFormatsTest {

    @ParameterizedTest
    @MethodSource("io.jenkins.plugins.awsrootguard.report.FormatsTest#states")
    void asffMatchesTheModelOfBatchImportFindings(AccountState state) throws IOException {
        JsonNode file = asff(state);
        if (!file.path("Findings").isEmpty()) {
            assertValid("asff.schema.json", file);
        }
    }

    @ParameterizedTest
    @MethodSource("io.jenkins.plugins.awsrootguard.report.FormatsTest#states")
    void ocsfMatchesTheSchemaOfComplianceFinding(AccountState state) throws IOException {
        for (JsonNode event : ocsf(state)) {
            assertValid("ocsf-1.8.0-compliance-finding.schema.json", event);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FAIL, FAILED, HIGH, ACTIVE",
        "UNKNOWN, NOT_AVAILABLE, HIGH, ACTIVE",
        "NOT_CHECKED, WARNING, INFORMATIONAL, ACTIVE",
        "PASS, PASSED, INFORMATIONAL, ACTIVE",
        "NOT_APPLICABLE, NOT_AVAILABLE, INFORMATIONAL, ARCHIVED"
    })
    void securityHubShowsEachStatus(Status status, String compliance, String label, String record) throws IOException {
        JsonNode finding = onlyAsff(FormatsTest.finding("root-mfa", Severity.HIGH, status, null));

        assertEquals(compliance, finding.at("/Compliance/Status").asText());
        assertEquals(label, finding.at("/Severity/Label").asText());
        assertEquals(label, finding.at("/FindingProviderFields/Severity/Label").asText());
        assertEquals("HIGH", finding.at("/Severity/Original").asText());
        assertEquals(record, finding.path("RecordState").asText());
    }

    @Test
    void securityHubUpdatesOneFindingInEveryRun() throws IOException {
        JsonNode finding = onlyAsff(FormatsTest.finding("root-mfa", Severity.HIGH, Status.FAIL, null));

        assertEquals(
                "aws-root-guard/" + Fixtures.ACCOUNT + "/root-mfa",
                finding.path("Id").asText());
        assertEquals(
                "arn:aws:securityhub:us-east-1:" + Fixtures.ACCOUNT + ":product/" + Fixtures.ACCOUNT + "/default",
                finding.path("ProductArn").asText());
        assertEquals("summary of root-mfa", finding.path("Description").asText());
    }

    @Test
    void securityHubArchivesAcceptedRiskUntilItExpires() throws IOException {
        JsonNode accepted =
                onlyAsff(FormatsTest.finding("root-mfa", Severity.HIGH, Status.FAIL, FormatsTest.ACCEPTED));
        assertEquals("FAILED", accepted.at("/Compliance/Status").asText());
        assertEquals("ARCHIVED", accepted.path("RecordState").asText());
        assertEquals(
                "Accepted until 31 Dec 2999 (owner: ops). Reason: a mainframe.",
                accepted.at("/ProductFields/aws-root-guard~1exception").asText());

        JsonNode expired = onlyAsff(FormatsTest.finding("root-mfa", Severity.HIGH, Status.FAIL, FormatsTest.EXPIRED));
        assertEquals("ACTIVE", expired.path("RecordState").asText());
        assertTrue(expired.path("ProductFields").isMissingNode());
    }

    @Test
    void securityHubAcceptsTheLongestTexts() throws IOException {
        String endless = "x".repeat(5000);
        List<Reference> references = IntStream.range(0, 40)
                .mapToObj(i -> new Reference("benchmark " + i, "https://example.com/" + i))
                .toList();
        Rule rule = new Rule("root-mfa", endless, endless, endless, references);
        JsonNode file = asff(
                Fixtures.with(new Finding(rule, Severity.HIGH, Status.FAIL, endless, List.of(), false, null, List.of())));

        assertValid("asff.schema.json", file);
        assertEquals(1024, file.at("/Findings/0/Description").asText().length());
    }

    @Test
    void securityHubShowsUnreadAccountAsNotAvailable() throws IOException {
        JsonNode findings = asff(FormatsTest.unread()).path("Findings");

        assertTrue(findings.size() > 10, findings.toString());
        for (JsonNode finding : findings) {
            assertEquals("NOT_AVAILABLE", finding.at("/Compliance/Status").asText());
        }
    }

    @Test
    void managementAccountHasFindingAboutOrganization() throws IOException {
        RunHeader one = RunHeader.of(Fixtures.judged());
        RunHeader header = new RunHeader(
                one.scope(),
                new Organization("o-a1b2c3d4e5", "111111111111"),
                one.partition(),
                one.callerAccountId(),
                one.callerArn(),
                FormatsTest.finding("central-root-management", Severity.MEDIUM, Status.FAIL, null),
                one.policy(),
                Fixtures.NOW,
                Fixtures.NOW,
                1,
                null);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FindingsArray.asff(out, new RunReport(header, List.of(), false)).close();

        JsonNode finding = new ObjectMapper().readTree(out.toByteArray()).at("/Findings/0");
        assertEquals("111111111111", finding.path("AwsAccountId").asText());
        assertEquals(
                "AWS::::Account:111111111111", finding.at("/Resources/0/Id").asText());
    }

    @ParameterizedTest
    @CsvSource({
        "FAIL, 3, Fail, 4, High",
        "UNKNOWN, 2, Warning, 4, High",
        "NOT_CHECKED, 99, Not checked, 1, Informational",
        "PASS, 1, Pass, 1, Informational",
        "NOT_APPLICABLE, 99, Not applicable, 1, Informational"
    })
    void ocsfHasEachStatus(Status status, int id, String caption, int severityId, String severity)
            throws IOException {
        JsonNode event = onlyOcsf(FormatsTest.finding("root-mfa", Severity.HIGH, status, null));

        assertEquals(id, event.at("/compliance/status_id").asInt());
        assertEquals(caption, event.at("/compliance/status").asText());
        assertEquals(severityId, event.path("severity_id").asInt());
        assertEquals(severity, event.path("severity").asText());
        assertEquals(
                "arn:aws:iam::" + Fixtures.ACCOUNT + ":root",
                event.at("/resources/0/uid").asText());
    }

    @Test
    void ocsfSuppressesAcceptedRisk() throws IOException {
        JsonNode event = onlyOcsf(FormatsTest.finding("root-mfa", Severity.HIGH, Status.FAIL, FormatsTest.ACCEPTED));

        assertEquals("Fail", event.at("/compliance/status").asText());
        assertEquals("Suppressed", event.path("status").asText());
        assertEquals(
                "Accepted until 31 Dec 2999 (owner: ops). Reason: a mainframe.",
                event.path("status_detail").asText());
    }

    private static void assertValid(String schema, JsonNode json) throws IOException {
        try (InputStream in = SecurityFormatsTest.class.getResourceAsStream(schema)) {
            Schema parsed = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(in);
            assertEquals(List.of(), parsed.validate(json));
        }
    }

    @Test
    void findingsOfAccountThatIsNotInUseAreArchived() throws Exception {
        JsonNode finding = asff(FormatsTest.notInUse()).path("Findings").path(0);
        assertEquals("ARCHIVED", finding.path("RecordState").asText());
        assertEquals("Not applicable", ocsf(FormatsTest.notInUse()).at("/0/compliance/status").asText());
    }

    private static JsonNode asff(AccountState state) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (FindingsArray asff = FindingsArray.asff(out, FormatsTest.run(state))) {
            asff.add(AccountReport.of(state));
        }
        return new ObjectMapper().readTree(out.toByteArray());
    }

    private static JsonNode ocsf(AccountState state) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (FindingsArray ocsf = FindingsArray.ocsf(out, FormatsTest.run(state))) {
            ocsf.add(AccountReport.of(state));
        }
        return new ObjectMapper().readTree(out.toByteArray());
    }

    private static JsonNode onlyAsff(Finding finding) throws IOException {
        JsonNode findings = asff(Fixtures.with(finding)).path("Findings");
        assertEquals(1, findings.size());
        return findings.path(0);
    }

    private static JsonNode onlyOcsf(Finding finding) throws IOException {
        JsonNode events = ocsf(Fixtures.with(finding));
        assertEquals(1, events.size());
        return events.path(0);
    }
}
