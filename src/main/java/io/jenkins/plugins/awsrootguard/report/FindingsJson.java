package io.jenkins.plugins.awsrootguard.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.ValidationResult;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.Json;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes {@code findings.json}, the file for other programs: the header of the run and an array of accounts, whose schema is
 * {@code docs/findings.schema.json}. Within one schema version fields are added and never renamed. Times are in ISO 8601 UTC. One
 * account is held in memory at a time; the texts of the controls stand once. Not thread-safe.
 */
public final class FindingsJson implements Closeable {

    private static final int SCHEMA = 1;

    private final JsonGenerator json;
    private final Map<String, Finding> controls = new TreeMap<>();

    /** Begins the file in UTF-8 with the header of the run. {@link #close} ends it and leaves the stream open. */
    public FindingsJson(OutputStream out, RunReport run) throws IOException {
        json = Json.MAPPER.createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartObject();
        json.writeNumberField("schema", SCHEMA);
        json.writeFieldName("run");
        json.writeTree(run(run));
        json.writeArrayFieldStart("accounts");
    }

    /** Writes one account in UTF-8 and leaves the stream open. */
    public static void write(AccountState state, OutputStream out) throws IOException {
        RunReport run = new RunReport(null, List.of(AccountEntry.of(state)), false);
        try (FindingsJson json = new FindingsJson(out, run)) {
            json.add(run.accounts().get(0), state);
        }
    }

    /** Adds an account. */
    public void add(AccountRow line, AccountState state) throws IOException {
        json.writeRaw('\n');
        json.writeTree(account(line, state));
    }

    @Override
    public void close() throws IOException {
        json.writeEndArray();
        json.writeObjectFieldStart("controls");
        for (Finding f : controls.values()) {
            ObjectNode one = Json.MAPPER.createObjectNode();
            one.put("title", f.title());
            one.put("severity", f.severity().name());
            one.put("why", f.why());
            one.put("remediation", f.remediation());
            one.set("references", Json.MAPPER.valueToTree(f.references()));
            json.writeFieldName(f.control());
            json.writeTree(one);
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeRaw('\n');
        json.close();
    }

    private ObjectNode run(RunReport run) {
        RunHeader header = run.header();
        ObjectNode one = Json.MAPPER.createObjectNode();
        one.put("organizationId", run.isOrganization() ? header.organization().id() : null);
        one.put(
                "managementAccountId",
                run.isOrganization() ? header.organization().managementAccountId() : null);
        one.put("partition", header == null ? null : header.partition().id());
        one.put("callerArn", header == null ? null : header.callerArn());
        one.put("startedAt", header == null ? null : time(header.began()));
        one.put("endedAt", header == null ? null : time(header.ended()));
        one.put("complete", run.isComplete());
        one.put(
                "stopCause",
                header == null || header.stopped() == null
                        ? null
                        : header.stopped().kind().name());
        one.put("calls", header == null ? 0 : header.calls());
        one.put("verdict", run.verdict());
        ArrayNode findings = one.putArray("findings");
        if (header != null && header.central() != null) {
            findings.add(finding(header.central()));
        }
        return one;
    }

    private ObjectNode account(AccountRow line, AccountState state) {
        Findings findings = state.findings();
        ObjectNode one = Json.MAPPER.createObjectNode();
        one.put("accountId", state.accountId());
        one.put("accountName", Sentences.name(state));
        one.put(
                "partition",
                state.facts() == null ? null : state.facts().partition().id());
        one.put("reading", state.reading().outcome().name());
        Unread cause = state.reading().cause();
        one.put("cause", cause == null ? null : cause.isOfAccount() ? cause.kind().name() : "REFUSED");
        one.put(
                "accessMethod",
                state.facts() == null ? null : state.facts().route().name());
        one.put("generatedAt", time(findings == null ? state.assessedAt() : findings.generatedAt()));
        one.put("reportGeneratedAt", time(Sentences.reportGeneratedAt(state)));
        one.put("standing", line.entry().standing().name());
        one.put("verdict", line.entry().reading().cause() == null ? Sentences.verdict(state) : line.worst());
        one.put("calls", state.reading().calls());
        one.set("findings", findings == null ? null : findings(findings));
        one.set("manualTasks", Json.MAPPER.valueToTree(Waiting.tasks(state)));
        one.set("changes", changes(state));
        one.set("validation", validation(state));
        one.set("counts", findings == null ? null : counts(findings));
        return one;
    }

    private ArrayNode findings(Findings findings) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        findings.findings().forEach(f -> all.add(finding(f)));
        return all;
    }

    private ObjectNode finding(Finding f) {
        controls.putIfAbsent(f.control(), f);
        ObjectNode one = Json.MAPPER.createObjectNode();
        one.put("control", f.control());
        one.put("severity", f.severity().name());
        one.put("status", f.status().name());
        one.put("summary", f.summary());
        one.set("evidence", Json.MAPPER.valueToTree(f.evidence()));
        return one;
    }

    /** Without {@link ChangeRecord#id()}, which can be a whole access key id; the description has it shortened. */
    private static ArrayNode changes(AccountState state) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        for (ChangeRecord c : state.changes()) {
            ObjectNode one = all.addObject();
            one.put("kind", c.kind().name());
            one.put("description", c.description());
            one.put("outcome", c.outcome().name());
            one.put("approvedBy", c.approvedBy());
            one.put("at", time(c.at()));
            one.put("requestId", c.requestId());
            one.put("detail", c.detail());
        }
        return all;
    }

    private static ObjectNode validation(AccountState state) {
        ValidationResult v = state.validation();
        if (v == null) {
            return null;
        }
        ObjectNode one = Json.MAPPER.createObjectNode();
        one.put("validatedAt", time(state.validatedAt()));
        one.put("secured", v.isSecured());
        one.set("checks", Json.MAPPER.valueToTree(v.points()));
        one.set("disagreements", Json.MAPPER.valueToTree(v.disagreements()));
        return one;
    }

    private static ObjectNode counts(Findings findings) {
        ObjectNode one = Json.MAPPER.createObjectNode();
        for (Status status : Status.values()) {
            one.put(status.name(), findings.count(status));
        }
        ObjectNode failed = one.putObject("failedBySeverity");
        for (Severity severity : Severity.values()) {
            failed.put(severity.name(), findings.count(Status.FAIL, severity));
        }
        return one;
    }

    private static String time(Instant at) {
        return at == null ? null : at.toString();
    }
}
