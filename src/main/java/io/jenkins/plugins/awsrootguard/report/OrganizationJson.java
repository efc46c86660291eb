package io.jenkins.plugins.awsrootguard.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsrootguard.assessment.AccountOutcome;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationResult;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.facts.Json;
import io.jenkins.plugins.awsrootguard.facts.Organization;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/**
 * {@code findings.json} of an organization, written while the accounts are read: none is kept in memory. The accounts stand in
 * the order in which they were read, one a line; what is the same for all, such as a control's remedy, stands once. Its fields
 * are public, as those of {@link FindingsJson} are. Thread-safe.
 */
public final class OrganizationJson implements Closeable {

    private static final int SCHEMA = 1;

    private final JsonGenerator json;

    /** Begins the file; {@link #close} closes the stream. */
    public OrganizationJson(OutputStream out, Organization organization) throws IOException {
        json = Json.MAPPER.createGenerator(out);
        json.writeStartObject();
        json.writeNumberField("schema", SCHEMA);
        json.writeStringField("organizationId", organization.id());
        json.writeStringField("managementAccountId", organization.managementAccountId());
        json.writeArrayFieldStart("accounts");
    }

    public synchronized void add(AccountOutcome outcome) throws IOException {
        ObjectNode one = Json.MAPPER.createObjectNode();
        Findings findings = outcome.state().findings();
        AccountLine line = AccountLine.of(outcome, null);
        one.put("accountId", outcome.account().id());
        one.put("accountName", outcome.account().name());
        one.put("state", outcome.account().state());
        one.put("reading", outcome.reading().name());
        one.put("reason", outcome.reason());
        one.put("verdict", line.word());
        one.put("route", outcome.state().facts().route().name());
        one.put("generatedAt", findings.generatedAt().toString());
        one.put("calls", outcome.calls());
        ArrayNode all = one.putArray("findings");
        for (Finding f : findings.findings()) {
            ObjectNode finding = all.addObject();
            finding.put("control", f.control());
            finding.put("severity", f.severity().name());
            finding.put("status", f.status().name());
            finding.put("summary", f.summary());
            finding.set("evidence", Json.MAPPER.valueToTree(f.evidence()));
        }
        one.set("changes", FindingsJson.changes(outcome.state()));
        one.set("validation", FindingsJson.validation(outcome.state()));
        one.set("counts", FindingsJson.counts(findings));
        json.writeRaw('\n');
        json.writeTree(one);
    }

    /** Ends the file with what is known at the end only. */
    public synchronized void finish(OrganizationResult result, OrganizationTally tally) throws IOException {
        json.writeEndArray();
        json.writeStringField("partition", result.partition().id());
        json.writeStringField("startedAt", result.startedAt().toString());
        json.writeStringField("endedAt", result.endedAt().toString());
        json.writeBooleanField("complete", result.isComplete());
        json.writeStringField("stoppedBecause", result.stoppedBecause());
        json.writeStringField("verdict", OrganizationSentences.verdict(result, tally));
        json.writeNumberField("calls", result.calls());
        json.writeNumberField("mostCallsOfOneAccount", tally.mostCalls());
        json.writeFieldName("findings");
        json.writeTree(Json.MAPPER.createArrayNode().add((com.fasterxml.jackson.databind.JsonNode)
                Json.MAPPER.valueToTree(result.central())));
        json.writeObjectFieldStart("verdicts");
        for (OrganizationTally.VerdictLine v : tally.verdicts()) {
            json.writeNumberField(v.word(), v.accounts());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("controls");
        for (Finding rule : tally.rules()) {
            ObjectNode one = Json.MAPPER.createObjectNode();
            one.put("title", rule.title());
            one.put("severity", rule.severity().name());
            one.put("why", rule.why());
            one.put("remediation", rule.remediation());
            one.set("references", Json.MAPPER.valueToTree(rule.references()));
            json.writeFieldName(rule.control());
            json.writeTree(one);
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeRaw('\n');
    }

    @Override
    public synchronized void close() throws IOException {
        json.close();
    }
}
