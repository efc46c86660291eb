package io.jenkins.plugins.awsrootguard.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountReading;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.StopCause;
import io.jenkins.plugins.awsrootguard.controls.Finding.Evidence;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Rule;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.Organization;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class FormatsTest {

    static final Finding.Acceptance ACCEPTED =
            new Finding.Acceptance("a mainframe", "ops", LocalDate.of(2999, 12, 31), true);
    static final Finding.Acceptance EXPIRED =
            new Finding.Acceptance("a mainframe", "ops", LocalDate.of(2020, 1, 1), false);

    static Stream<AccountState> states() {
        return Stream.of(
                Fixtures.assessed(), Fixtures.judged(), Fixtures.secured(), Fixtures.validated(), unread(), everyStatus());
    }

    @ParameterizedTest
    @MethodSource("states")
    void sarifMatchesTheSchemaOfOasis(AccountState state) throws IOException {
        String schema;
        try (InputStream in = ClassLoader.getSystemResourceAsStream("schema/sarif-schema-2.1.0.json")) {
            schema = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertEquals(
                List.of(),
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                        .getSchema(schema)
                        .validate(sarif(state).toString(), InputFormat.JSON));
    }

    @ParameterizedTest(name = "{0} {1}: {2} {3}")
    @CsvSource({
        "CRITICAL, FAIL, fail, error",
        "HIGH, FAIL, fail, error",
        "MEDIUM, FAIL, fail, warning",
        "LOW, FAIL, fail, note",
        "HIGH, UNKNOWN, open, none"
    })
    void sarifHasResultForOpenFinding(Severity severity, Status status, String kind, String level)
            throws IOException {
        JsonNode run = firstRun(Fixtures.with(finding("root-mfa", severity, status, null)));
        assertEquals(1, run.path("results").size());
        JsonNode result = run.path("results").path(0);
        assertEquals("root-mfa", result.path("ruleId").asText());
        assertEquals(kind, result.path("kind").asText());
        assertEquals(level, result.path("level").asText());
        assertEquals("summary of root-mfa", result.path("message").path("text").asText());
        assertEquals(
                "arn:aws:iam::" + Fixtures.ACCOUNT + ":root",
                result.at("/locations/0/physicalLocation/artifactLocation/uri").asText());
        assertTrue(run.path("tool").path("driver").path("rules").findValuesAsText("id").contains("root-mfa"));
    }

    @ParameterizedTest
    @CsvSource({"PASS", "NOT_CHECKED", "NOT_APPLICABLE"})
    void sarifHasNoResultForOtherFindings(Status status) throws IOException {
        JsonNode run = firstRun(Fixtures.with(finding("root-mfa", Severity.HIGH, status, null)));
        assertEquals(0, run.path("results").size());
        assertTrue(run.at("/invocations/0/executionSuccessful").asBoolean());
    }

    @Test
    void sarifSuppressesAcceptedRiskUntilItExpires() throws IOException {
        JsonNode results = firstRun(Fixtures.with(
                        finding("root-mfa", Severity.HIGH, Status.FAIL, ACCEPTED),
                        finding("root-access-keys", Severity.HIGH, Status.FAIL, EXPIRED)))
                .path("results");
        assertEquals(2, results.size());
        for (JsonNode result : results) {
            boolean accepted = result.path("ruleId").asText().equals("root-mfa");
            assertEquals(accepted ? 1 : 0, result.path("suppressions").size());
        }
        assertEquals(
                "Accepted until 31 Dec 2999 (owner: ops). Reason: a mainframe.",
                results.findValue("justification").asText());
    }

    @Test
    void sarifReportsAccountThatCouldNotBeReadAsNotification() throws IOException {
        JsonNode run = firstRun(unread());
        assertEquals(0, run.path("results").size());
        JsonNode invocation = run.path("invocations").path(0);
        assertFalse(invocation.path("executionSuccessful").asBoolean());
        String text = invocation.at("/toolExecutionNotifications/0/message/text").asText();
        assertTrue(text.startsWith(Fixtures.ACCOUNT), text);
    }

    @Test
    void junitHasSuiteForAccountAndTestCaseForControl() throws Exception {
        Element suite = suite(everyStatus());
        assertEquals(Fixtures.ACCOUNT, suite.getAttribute("name").substring(0, 12));
        assertEquals("7", suite.getAttribute("tests"));
        assertEquals("2", suite.getAttribute("failures"));
        assertEquals("1", suite.getAttribute("errors"));
        assertEquals("3", suite.getAttribute("skipped"));
        assertEquals("failure", outcome(suite, "fail"));
        assertEquals("failure", outcome(suite, "expired"));
        assertEquals("error", outcome(suite, "unknown"));
        assertEquals("skipped", outcome(suite, "accepted"));
        assertEquals("skipped", outcome(suite, "not-checked"));
        assertEquals("skipped", outcome(suite, "not-applicable"));
        assertEquals("", outcome(suite, "pass"));
        assertEquals("aws." + Fixtures.ACCOUNT, testCase(suite, "fail").getAttribute("classname"));
        assertEquals("summary of fail", child(testCase(suite, "fail")).getAttribute("message"));
    }

    @Test
    void junitHasErrorForAccountThatCouldNotBeRead() throws Exception {
        Element suite = suite(unread());
        assertEquals("1", suite.getAttribute("errors"));
        assertEquals("error", outcome(suite, "account-is-readable"));
    }

    @Test
    void junitHasErrorForRunThatDidNotReadEveryAccount() throws Exception {
        RunHeader header = RunHeader.of(Fixtures.judged());
        RunHeader stopped = new RunHeader(
                header.scope(),
                new Organization("o-a1b2c3d4e5", "111111111111"),
                header.partition(),
                header.callerAccountId(),
                header.callerArn(),
                null,
                header.policy(),
                Fixtures.NOW,
                Fixtures.NOW,
                1,
                new StopCause(StopCause.Kind.LISTING_FAILED, "AWS throttled organizations:ListAccounts"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new JUnitFile(out, new RunReport(stopped, List.of(), false)).close();
        String xml = out.toString(StandardCharsets.UTF_8);
        assertTrue(xml.contains("name=\"run-is-complete\""), xml);
        assertTrue(xml.contains("AWS throttled organizations:ListAccounts"), xml);
    }

    @Test
    void junitIsWellFormedWhateverAwsReports() throws Exception {
        String hostile = "</testcase>]]>\u0000\u001b[31m\ud800&\"'<\n\t\uffff\ud83d\ude00";
        Finding finding = new Finding(
                new Rule("evil", hostile, hostile, hostile, List.of()),
                Severity.HIGH,
                Status.FAIL,
                hostile,
                List.of(new Evidence(hostile, null, hostile)),
                false,
                null, List.of());
        Element suite = suite(Fixtures.with(finding));
        String message = child(testCase(suite, "evil")).getAttribute("message");
        assertTrue(message.startsWith("</testcase>]]>\ufffd\ufffd[31m"), message);
        assertTrue(message.endsWith("\ud83d\ude00"), message);
    }

    /** An organization with a suspended account is no failure of the run. */
    @Test
    void accountThatIsNotInUseIsNoErrorAndSkipped() throws Exception {
        assertTrue(firstRun(notInUse()).at("/invocations/0/toolExecutionNotifications").isEmpty());
        Element suite = suite(notInUse());
        assertEquals("0", suite.getAttribute("errors"));
        assertEquals("1", suite.getAttribute("skipped"));
    }

    static AccountState notInUse() {
        return Fixtures.with(finding("root-mfa", Severity.HIGH, Status.NOT_APPLICABLE, null))
                .withReading(new AccountReading(
                        Fixtures.NOW,
                        "prod",
                        "SUSPENDED",
                        AccountReading.Outcome.NOT_APPLICABLE,
                        new Unread(Unread.Kind.NOT_IN_USE, null, "SUSPENDED"),
                        0));
    }

    static AccountState unread() {
        AccountState judged = Fixtures.judged();
        return judged.withReading(new AccountReading(
                Fixtures.NOW,
                "prod",
                "ACTIVE",
                AccountReading.Outcome.UNREAD,
                new Unread(Unread.Kind.MANAGEMENT_ACCOUNT, null),
                0));
    }

    static AccountState everyStatus() {
        return Fixtures.with(
                finding("fail", Severity.HIGH, Status.FAIL, null),
                finding("expired", Severity.HIGH, Status.FAIL, EXPIRED),
                finding("accepted", Severity.HIGH, Status.FAIL, ACCEPTED),
                finding("unknown", Severity.HIGH, Status.UNKNOWN, null),
                finding("not-checked", Severity.HIGH, Status.NOT_CHECKED, null),
                finding("not-applicable", Severity.HIGH, Status.NOT_APPLICABLE, null),
                finding("pass", Severity.HIGH, Status.PASS, null));
    }

    static Finding finding(String control, Severity severity, Status status, Finding.Acceptance exception) {
        return new Finding(
                new Rule(control, "Title of " + control, "why", "do", List.of()),
                severity,
                status,
                "summary of " + control,
                List.of(),
                false,
                exception, List.of());
    }

    static RunReport run(AccountState state) {
        return new RunReport(null, List.of(AccountEntry.of(state)), false);
    }

    private static JsonNode sarif(AccountState state) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SarifFile sarif = new SarifFile(out, run(state))) {
            sarif.add(AccountReport.of(state));
        }
        return new ObjectMapper().readTree(out.toByteArray());
    }

    private static JsonNode firstRun(AccountState state) throws IOException {
        return sarif(state).path("runs").path(0);
    }

    private static Element suite(AccountState state) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JUnitFile junit = new JUnitFile(out, run(state))) {
            junit.add(AccountReport.of(state));
        }
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(out.toByteArray()))
                .getDocumentElement();
        assertEquals("testsuites", root.getTagName());
        assertEquals(1, root.getElementsByTagName("testsuite").getLength());
        return (Element) root.getElementsByTagName("testsuite").item(0);
    }

    private static Element testCase(Element suite, String name) {
        NodeList cases = suite.getElementsByTagName("testcase");
        return IntStream.range(0, cases.getLength())
                .mapToObj(i -> (Element) cases.item(i))
                .filter(c -> c.getAttribute("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Element child(Element testCase) {
        return (Element) testCase.getFirstChild();
    }

    private static String outcome(Element suite, String name) {
        Element child = child(testCase(suite, name));
        return child == null ? "" : child.getTagName();
    }
}
