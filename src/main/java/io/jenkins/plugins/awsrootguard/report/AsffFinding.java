package io.jenkins.plugins.awsrootguard.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A finding in the <a href="https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format.html">AWS Security
 * Finding Format</a>, as {@code BatchImportFindings} reads it. A finding with an exception in force is archived: Security Hub sets an
 * archived finding that becomes active to NEW, but it would keep a suppressed one suppressed after the exception has expired.
 */
@JsonNaming(UpperCamelCaseStrategy.class)
record AsffFinding(
        String schemaVersion,
        String id,
        String productArn,
        String productName,
        String generatorId,
        String awsAccountId,
        List<String> types,
        Instant createdAt,
        Instant updatedAt,
        Severity severity,
        String title,
        String description,
        Remediation remediation,
        Map<String, String> productFields,
        List<Resource> resources,
        Compliance compliance,
        ProviderFields findingProviderFields,
        String recordState) {

    private static final List<String> TYPES = List.of("Software and Configuration Checks/AWS Security Best Practices");

    @JsonNaming(UpperCamelCaseStrategy.class)
    record Severity(String label, String original) {}

    /** What updates a finding that exists: Security Hub leaves the other fields of these names to its users. */
    @JsonNaming(UpperCamelCaseStrategy.class)
    record ProviderFields(Severity severity, List<String> types) {}

    @JsonNaming(UpperCamelCaseStrategy.class)
    record Remediation(Recommendation recommendation) {}

    @JsonNaming(UpperCamelCaseStrategy.class)
    record Recommendation(String text, String url) {}

    @JsonNaming(UpperCamelCaseStrategy.class)
    record Resource(String type, String id) {}

    @JsonNaming(UpperCamelCaseStrategy.class)
    record Compliance(String status, List<String> relatedRequirements) {}

    static AsffFinding of(AccountFinding f) {
        String rating = f.finding().severity().name();
        Severity severity = new Severity(f.status().isOpen() ? rating : "INFORMATIONAL", rating);
        return new AsffFinding(
                "2018-10-08",
                f.id(),
                "arn:" + f.partition() + ":securityhub:" + region(f.partition()) + ":" + f.accountId() + ":product/"
                        + f.accountId() + "/default",
                "AWS Root Guard",
                "aws-root-guard/" + f.rule().id(),
                f.accountId(),
                TYPES,
                f.at(),
                f.at(),
                severity,
                Printable.text(f.rule().title(), 256),
                Printable.text(f.text().isBlank() ? f.rule().title() : f.text(), 1024),
                f.rule().remediation().isBlank()
                        ? null
                        : new Remediation(new Recommendation(
                                Printable.text(f.rule().remediation(), 512),
                                f.urls().stream().findFirst().orElse(null))),
                f.isAccepted() ? Map.of("aws-root-guard/exception", f.exception()) : null,
                List.of(new Resource("AwsAccount", "AWS::::Account:" + f.accountId())),
                new Compliance(
                        status(f.status()), f.requirements().stream().limit(32).toList()),
                new ProviderFields(severity, TYPES),
                f.isAccepted() || f.status() == Status.NOT_APPLICABLE ? "ARCHIVED" : "ACTIVE");
    }

    private static String status(Status status) {
        return switch (status) {
            case PASS -> "PASSED";
            case FAIL -> "FAILED";
            case NOT_CHECKED -> "WARNING";
            case UNKNOWN, NOT_APPLICABLE -> "NOT_AVAILABLE";
        };
    }

    private static String region(String partition) {
        return Arrays.stream(Partition.values())
                .filter(p -> p.id().equals(partition))
                .findFirst()
                .orElse(Partition.AWS)
                .homeRegion();
    }
}
