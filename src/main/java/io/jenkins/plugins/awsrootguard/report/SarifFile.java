package io.jenkins.plugins.awsrootguard.report;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;
import static io.jenkins.plugins.awsrootguard.facts.Json.object;

import com.fasterxml.jackson.annotation.JsonInclude.Value;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Rule;
import io.jenkins.plugins.awsrootguard.controls.Rule.Reference;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.Json;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Writes {@code findings.sarif}, in <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>: a
 * result for each finding that failed or could not be read. Findings with an exception in force are suppressed results; accounts
 * that could not be read are notifications. One account is held in memory at a time. Not thread-safe.
 */
final class SarifFile implements ReportFile.AccountWriter {

    /** Leaves out what is null. */
    static final JsonMapper MAPPER =
            (JsonMapper) Json.MAPPER.copy().setDefaultPropertyInclusion(Value.construct(NON_NULL, NON_NULL));

    private final JsonGenerator json;
    private final RunReport run;
    private final List<Object> notifications = new ArrayList<>();

    /** Begins the file in UTF-8. {@link #close} ends it and leaves the stream open. */
    SarifFile(OutputStream out, RunReport run) throws IOException {
        this.run = run;
        json = MAPPER.createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartObject();
        json.writeStringField("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.writeStringField("version", "2.1.0");
        json.writeArrayFieldStart("runs");
        json.writeStartObject();
        Object driver = object(
                "name", "AWS Root Guard",
                "informationUri", "https://plugins.jenkins.io/aws-root-guard/",
                "rules", Controls.all().stream().map(SarifFile::rule).toList());
        json.writeObjectField("tool", object("driver", driver));
        json.writeArrayFieldStart("results");
        if (run.central() != null) {
            String organization = run.header().organization().id();
            add(
                    run.central().finding(),
                    organization,
                    "arn:" + run.header().partition().id() + ":organizations::"
                            + run.header().organization().managementAccountId() + ":organization/" + organization);
        }
    }

    private static Object rule(Rule rule) {
        List<String> tags = new ArrayList<>(List.of("security"));
        rule.references().forEach(r -> tags.add(r.label()));
        return object(
                "id", rule.id(),
                "shortDescription", text("Required: " + rule.title()),
                "fullDescription", text(rule.why()),
                "help", text(rule.remediation()),
                "helpUri",
                        rule.references().stream()
                                .map(Reference::url)
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse(null),
                "properties", object("tags", tags));
    }

    private static Object text(String text) {
        return object("text", text);
    }

    @Override
    public void add(AccountReport account) throws IOException {
        AccountRow row = account.row();
        Findings findings = account.state().findings();
        if (account.state().reading().isMissing()) {
            String why = row.name() + ": " + Sentences.sentence(row.worst());
            notifications.add(object("level", "error", "message", text(why)));
        } else if (findings != null) {
            String arn = "arn:" + findings.partition() + ":iam::" + row.accountId() + ":root";
            for (Finding finding : findings.findings()) {
                add(finding, row.name(), arn);
            }
        }
    }

    private void add(Finding f, String name, String arn) throws IOException {
        boolean accepted = f.isExcepted() && f.status().isOpen();
        if (!accepted && !f.isOpen()) {
            return;
        }
        boolean failed = f.status() == Status.FAIL;
        Object resource = object("name", name, "fullyQualifiedName", arn, "kind", "resource");
        Object physical = object("artifactLocation", object("uri", arn));
        json.writeObject(object(
                "ruleId", f.control(),
                "kind", failed ? "fail" : "open",
                "level", failed ? level(f.severity()) : "none",
                "message", text(f.sentence()),
                "locations", List.of(object("physicalLocation", physical, "logicalLocations", List.of(resource))),
                "partialFingerprints", object("accountControl/v1", arn + "/" + f.control()),
                "suppressions", accepted ? List.of(suppression(f)) : null,
                // As code scanning at GitHub reads it.
                "properties", object("security-severity", rating(f.severity()))));
    }

    private static Object suppression(Finding f) {
        return object("kind", "external", "status", "accepted", "justification", new FindingRow(f).exception());
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW -> "note";
        };
    }

    /** From 0.0 to 10.0. */
    private static String rating(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "9.5";
            case HIGH -> "8.0";
            case MEDIUM -> "5.5";
            case LOW -> "3.0";
        };
    }

    @Override
    public void close() throws IOException {
        json.writeEndArray();
        RunHeader header = run.header();
        Object invocation = object(
                "executionSuccessful",
                notifications.isEmpty() && (header == null || run.isComplete()),
                "startTimeUtc",
                header == null ? null : header.began(),
                "endTimeUtc",
                header == null ? null : header.ended(),
                "toolExecutionNotifications",
                notifications);
        json.writeObjectField("invocations", List.of(invocation));
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.close();
    }
}
