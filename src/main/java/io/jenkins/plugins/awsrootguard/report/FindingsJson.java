package io.jenkins.plugins.awsrootguard.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.ValidationResult;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.Json;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/**
 * {@code findings.json}, the file for other programs. Its fields are public: within schema 1 they may be added to, and never
 * renamed or given another meaning. Times are ISO-8601 in UTC.
 */
public final class FindingsJson {

    private static final int SCHEMA = 1;

    private FindingsJson() {}

    /**
     * Writes the file in UTF-8 and leaves the stream open.
     *
     * <p>Before phase 2 there are no findings, which is told by {@code null} for {@code findings} and {@code counts}: an empty
     * list would read as "nothing is wrong".
     */
    public static void write(AccountState state, OutputStream out) throws IOException {
        Findings findings = state.findings();
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("schema", SCHEMA);
        json.put("accountId", state.accountId());
        json.put("accountName", Sentences.name(state));
        json.put("partition", partition(state));
        json.put("generatedAt", time(findings == null ? state.assessedAt() : findings.generatedAt()));
        json.put("reportGeneratedAt", time(Sentences.reportGeneratedAt(state)));
        json.put("verdict", Sentences.verdict(state));
        json.set("findings", findings == null ? null : findings(findings));
        json.set("pending", Json.MAPPER.valueToTree(Waiting.tasks(state)));
        json.set("changes", changes(state));
        json.set("validation", validation(state));
        json.set("counts", findings == null ? null : counts(findings));
        try (JsonGenerator generator = Json.MAPPER.createGenerator(out)) {
            generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            generator.useDefaultPrettyPrinter();
            generator.writeTree(json);
        }
        out.write('\n');
    }

    private static ArrayNode findings(Findings findings) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        findings.findings().forEach(f -> all.add(finding(f)));
        return all;
    }

    static ObjectNode finding(Finding f) {
        ObjectNode one = Json.MAPPER.createObjectNode();
        one.put("control", f.control());
        one.put("title", f.title());
        one.put("severity", f.severity().name());
        one.put("status", f.status().name());
        one.put("summary", f.summary());
        one.set("evidence", Json.MAPPER.valueToTree(f.evidence()));
        one.put("why", f.why());
        one.put("remediation", f.remediation());
        one.set("references", Json.MAPPER.valueToTree(f.references()));
        return one;
    }

    /** Without {@link ChangeRecord#id()}, which can hold a whole access key id; the description names it shortened. */
    static ArrayNode changes(AccountState state) {
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

    static ObjectNode validation(AccountState state) {
        ValidationResult v = state.validation();
        if (v == null) {
            return null;
        }
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("validatedAt", time(state.validatedAt()));
        json.put("secured", v.isSecured());
        json.set("points", Json.MAPPER.valueToTree(v.points()));
        json.set("disagreements", Json.MAPPER.valueToTree(v.disagreements()));
        return json;
    }

    static ObjectNode counts(Findings findings) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        for (Status status : Status.values()) {
            json.put(status.name(), findings.count(status));
        }
        ObjectNode failed = json.putObject("failedBySeverity");
        for (Severity severity : Severity.values()) {
            failed.put(severity.name(), findings.count(Status.FAIL, severity));
        }
        return json;
    }

    private static String partition(AccountState state) {
        if (state.facts() != null) {
            return state.facts().partition().id();
        }
        return state.findings() == null ? null : state.findings().partition();
    }

    private static String time(Instant at) {
        return at == null ? null : at.toString();
    }
}
