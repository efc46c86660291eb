package io.jenkins.plugins.awsrootguard.report;

import static io.jenkins.plugins.awsrootguard.facts.Json.object;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.RunPolicy;
import io.jenkins.plugins.awsrootguard.assessment.StopCause;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Rule;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.Json;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Writes {@code findings.json}, the file for other programs: the header of the run and an array of accounts, whose schema is
 * {@code docs/findings.schema.json}. Within one schema version fields are added and never renamed. Times are in ISO 8601 UTC. One
 * account is held in memory at a time; the texts of the controls stand once. Not thread-safe.
 */
final class FindingsJson implements ReportFile.AccountWriter {

    private static final int SCHEMA = 1;

    private final JsonGenerator json;
    private final Map<String, Object> controls = new TreeMap<>();

    /** Begins the file in UTF-8 with the header of the run. {@link #close} ends it and leaves the stream open. */
    FindingsJson(OutputStream out, RunReport run) throws IOException {
        json = Json.MAPPER.createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartObject();
        json.writeNumberField("schema", SCHEMA);
        json.writeObjectField("run", run(run));
        json.writeArrayFieldStart("accounts");
    }

    @Override
    public void add(AccountReport account) throws IOException {
        json.writeRaw('\n');
        json.writeObject(account(account.row(), account.state()));
    }

    @Override
    public void close() throws IOException {
        json.writeEndArray();
        json.writeObjectField("controls", controls);
        json.writeEndObject();
        json.writeRaw('\n');
        json.close();
    }

    private Map<String, Object> run(RunReport run) {
        RunHeader h = run.header();
        return object(
                "organizationId", run.isOrganization() ? h.organization().id() : null,
                "managementAccountId", run.isOrganization() ? h.organization().managementAccountId() : null,
                "partition", of(h, x -> x.partition().id()),
                "callerArn", of(h, RunHeader::callerArn),
                "startedAt", of(h, RunHeader::began),
                "endedAt", of(h, RunHeader::ended),
                "complete", run.isComplete(),
                "stopCause", of(of(h, RunHeader::stopped), StopCause::kind),
                "calls", h == null ? 0 : h.calls(),
                "verdict", run.verdict(),
                "policy", of(of(h, RunHeader::policy), RunPolicy::source),
                "exceptions", run.exceptions(),
                "findings", h == null || h.central() == null ? List.of() : List.of(finding(h.central())));
    }

    private Map<String, Object> account(AccountRow row, AccountState state) {
        AccountFacts facts = state.facts();
        Findings findings = state.findings();
        return object(
                "accountId", state.accountId(),
                "accountName", Sentences.name(state),
                "partition", of(facts, f -> f.partition().id()),
                "reading", state.reading().outcome(),
                "cause", of(state.reading().cause(), FindingsJson::cause),
                "accessMethod", of(facts, AccountFacts::route),
                "generatedAt", findings == null ? state.assessedAt() : findings.generatedAt(),
                "policy", of(findings, Findings::policy),
                "reportGeneratedAt", Sentences.reportGeneratedAt(state),
                "standing", row.entry().standing(),
                "verdict", row.entry().reading().cause() == null ? Sentences.verdict(state) : row.worst(),
                "calls", state.reading().calls(),
                "findings",
                        of(
                                findings,
                                f -> f.findings().stream().map(this::finding).toList()),
                "manualTasks", ManualTasks.open(state),
                "changes", state.changes().stream().map(FindingsJson::change).toList(),
                "validation",
                        of(
                                state.validation(),
                                v -> object(
                                        "validatedAt", state.validatedAt(),
                                        "secured", v.isSecured(),
                                        "checks", v.points(),
                                        "disagreements", v.disagreements())),
                "counts", of(findings, FindingsJson::counts));
    }

    private static String cause(Unread cause) {
        return cause.isOfAccount() ? cause.kind().name() : "REFUSED";
    }

    /** Without {@link Finding#subjects()}, which can be whole access key ids; the evidence has them shortened. */
    private JsonNode finding(Finding f) {
        Rule rule = f.rule();
        controls.computeIfAbsent(
                rule.id(),
                id -> object(
                        "title", rule.title(),
                        "severity", f.severity(),
                        "why", rule.why(),
                        "remediation", rule.remediation(),
                        "references", rule.references()));
        return Json.MAPPER.<ObjectNode>valueToTree(f).without("subjects");
    }

    /** Without {@link ChangeRecord#id()}, which can be a whole access key id; the description has it shortened. */
    private static JsonNode change(ChangeRecord c) {
        return Json.MAPPER
                .<ObjectNode>valueToTree(c)
                .retain("kind", "description", "outcome", "approvedBy", "at", "requestId", "detail");
    }

    private static Map<String, Object> counts(Findings findings) {
        Map<String, Object> counts = new LinkedHashMap<>();
        Arrays.stream(Status.values()).forEach(s -> counts.put(s.name(), findings.count(s)));
        Map<Severity, Long> failed = new LinkedHashMap<>();
        Arrays.stream(Severity.values()).forEach(s -> failed.put(s, findings.count(Status.FAIL, s)));
        counts.put("failedBySeverity", failed);
        return counts;
    }

    private static <T, R> R of(T value, Function<T, R> part) {
        return value == null ? null : part.apply(value);
    }
}
