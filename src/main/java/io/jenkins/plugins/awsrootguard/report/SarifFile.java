package io.jenkins.plugins.awsrootguard.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Rule;
import io.jenkins.plugins.awsrootguard.controls.Rule.Reference;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.Json;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes {@code findings.sarif}, in <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>: a
 * result for each finding that failed or could not be read. Findings with an exception in force are suppressed results; accounts
 * that could not be read are notifications. One account is held in memory at a time. Not thread-safe.
 */
final class SarifFile implements Closeable {

    static final JsonMapper MAPPER =
            (JsonMapper) Json.MAPPER.copy().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

    private record Message(String text) {}

    private record Driver(String name, String informationUri, List<Descriptor> rules) {}

    private record Descriptor(
            String id,
            Message shortDescription,
            Message fullDescription,
            Message help,
            String helpUri,
            Tags properties) {}

    private record Tags(List<String> tags) {}

    private record Result(
            String ruleId,
            String kind,
            String level,
            Message message,
            List<Location> locations,
            Map<String, String> partialFingerprints,
            List<Suppression> suppressions,
            Rating properties) {}

    /** @param securitySeverity from 0.0 to 10.0, as code scanning at GitHub reads it */
    private record Rating(@JsonProperty("security-severity") String securitySeverity) {}

    private record Location(Physical physicalLocation, List<Logical> logicalLocations) {}

    private record Physical(Artifact artifactLocation) {}

    private record Artifact(String uri) {}

    private record Logical(String name, String fullyQualifiedName, String kind) {}

    private record Suppression(String kind, String status, String justification) {}

    private record Invocation(
            boolean executionSuccessful,
            Instant startTimeUtc,
            Instant endTimeUtc,
            List<Notification> toolExecutionNotifications) {}

    private record Notification(String level, Message message) {}

    private final JsonGenerator json;
    private final RunReport run;
    private final List<Notification> notifications = new ArrayList<>();

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
        json.writeObjectField(
                "tool",
                Map.of(
                        "driver",
                        new Driver(
                                "AWS Root Guard",
                                "https://plugins.jenkins.io/aws-root-guard/",
                                Controls.all().stream()
                                        .map(c -> descriptor(c.rule()))
                                        .toList())));
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

    private static Descriptor descriptor(Rule rule) {
        return new Descriptor(
                rule.id(),
                new Message(rule.title()),
                new Message(rule.why()),
                new Message(rule.remediation()),
                rule.references().stream()
                        .map(Reference::url)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                new Tags(Stream.concat(
                                Stream.of("security"),
                                rule.references().stream().map(Reference::label))
                        .collect(Collectors.toList())));
    }

    /** Adds the findings of an account. */
    void add(AccountReport account) throws IOException {
        if (!account.isRead()) {
            notifications.add(new Notification(
                    "error",
                    new Message(account.row().name() + ": "
                            + Sentences.sentence(account.row().worst()))));
        } else if (account.state().findings() != null) {
            for (Finding finding : account.state().findings().findings()) {
                add(
                        finding,
                        account.row().name(),
                        "arn:" + account.state().findings().partition() + ":iam::"
                                + account.row().accountId() + ":root");
            }
        }
    }

    private void add(Finding f, String name, String arn) throws IOException {
        boolean accepted = f.isExcepted() && f.status().isOpen();
        if (!accepted && !f.isOpen()) {
            return;
        }
        boolean failed = f.status() == Status.FAIL;
        json.writeObject(new Result(
                f.control(),
                failed ? "fail" : "open",
                failed ? level(f.severity()) : "none",
                new Message(f.sentence()),
                List.of(new Location(new Physical(new Artifact(arn)), List.of(new Logical(name, arn, "resource")))),
                Map.of("accountControl/v1", arn + "/" + f.control()),
                accepted ? List.of(new Suppression("external", "accepted", new FindingRow(f).exception())) : null,
                new Rating(rating(f.severity()))));
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW -> "note";
        };
    }

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
        boolean complete = notifications.isEmpty() && (run.header() == null || run.isComplete());
        Instant began = run.header() == null ? null : run.header().began();
        Instant ended = run.header() == null ? null : run.header().ended();
        json.writeObjectField("invocations", List.of(new Invocation(complete, began, ended, notifications)));
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.close();
    }
}
