package io.jenkins.plugins.awsrootguard.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.util.List;

/** A finding as <a href="https://schema.ocsf.io/1.8.0/classes/compliance_finding">Compliance Finding of OCSF 1.8.0</a>. */
@JsonNaming(SnakeCaseStrategy.class)
record OcsfFinding(
        int activityId,
        String activityName,
        int categoryUid,
        String categoryName,
        int classUid,
        String className,
        int typeUid,
        String typeName,
        long time,
        int severityId,
        String severity,
        int statusId,
        String status,
        String statusDetail,
        String message,
        Metadata metadata,
        FindingInfo findingInfo,
        Compliance compliance,
        Cloud cloud,
        List<Resource> resources,
        Remediation remediation) {

    private static final String VERSION = "1.8.0";

    @JsonNaming(SnakeCaseStrategy.class)
    record Metadata(String version, Product product, List<String> profiles, String eventCode) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Product(String name, String vendorName, String urlString) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record FindingInfo(String uid, String title, String desc, Analytic analytic) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Analytic(String uid, String name, int typeId, String type) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Compliance(
            String control, String desc, List<String> requirements, int statusId, String status, String statusCode) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Cloud(String provider, String cloudPartition, Account account) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Account(String uid, String name, int typeId, String type) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Resource(String uid, String name, String type, String cloudPartition) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Remediation(String desc, List<String> references) {}

    /** A value of an enumeration of OCSF. */
    private record Value(int id, String caption) {}

    static OcsfFinding of(AccountFinding f) {
        Value severity = severity(f);
        Value compliance = compliance(f.status());
        String name = f.name().isEmpty() ? null : f.name();
        return new OcsfFinding(
                1,
                "Create",
                2,
                "Findings",
                2003,
                "Compliance Finding",
                200301,
                "Compliance Finding: Create",
                f.at().toEpochMilli(),
                severity.id,
                severity.caption,
                f.isAccepted() ? 3 : 1,
                f.isAccepted() ? "Suppressed" : "New",
                f.exception(),
                f.text(),
                new Metadata(
                        VERSION,
                        new Product("AWS Root Guard", "Jenkins", "https://plugins.jenkins.io/aws-root-guard/"),
                        List.of("cloud"),
                        f.rule().id()),
                new FindingInfo(
                        f.id(),
                        f.rule().title(),
                        f.text(),
                        new Analytic(f.rule().id(), f.rule().title(), 1, "Rule")),
                new Compliance(
                        f.rule().title(),
                        f.rule().why(),
                        f.requirements(),
                        compliance.id,
                        compliance.caption,
                        f.status().name()),
                new Cloud("AWS", f.partition(), new Account(f.accountId(), name, 10, "AWS Account")),
                List.of(new Resource(f.rootArn(), name, "AWS account", f.partition())),
                f.rule().remediation().isBlank()
                        ? null
                        : new Remediation(f.rule().remediation(), f.urls()));
    }

    private static Value severity(AccountFinding f) {
        if (!f.status().isOpen()) {
            return new Value(1, "Informational");
        }
        Severity severity = f.finding().severity();
        return new Value(5 - severity.ordinal(), Label.word(severity));
    }

    private static Value compliance(Status status) {
        return switch (status) {
            case PASS -> new Value(1, "Pass");
            case UNKNOWN -> new Value(2, "Warning");
            case FAIL -> new Value(3, "Fail");
            case NOT_CHECKED -> new Value(99, "Not checked");
            case NOT_APPLICABLE -> new Value(99, "Not applicable");
        };
    }
}
