package io.jenkins.plugins.awsrootguard.report;

import static io.jenkins.plugins.awsrootguard.facts.Json.object;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jenkins.plugins.awsrootguard.controls.Rule;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Writes all findings as an array in JSON, in the format of another security tool. One account is held in memory at a time. Not
 * thread-safe.
 */
final class FindingsArray implements ReportFile.AccountWriter {

    private static final List<String> TYPES = List.of("Software and Configuration Checks/AWS Security Best Practices");

    private final JsonGenerator json;
    private final RunReport run;
    private final Function<AccountFinding, Object> format;

    private FindingsArray(OutputStream out, RunReport run, Function<AccountFinding, Object> format) throws IOException {
        this.run = run;
        this.format = format;
        json = SarifFile.MAPPER.createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    /**
     * Begins an object with the findings in the <a
     * href="https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format.html">AWS Security Finding
     * Format</a>, as {@code BatchImportFindings} reads it.
     */
    static FindingsArray asff(OutputStream out, RunReport run) throws IOException {
        FindingsArray file = new FindingsArray(out, run, FindingsArray::asff);
        file.json.writeStartObject();
        file.json.writeFieldName("Findings");
        return file.begin();
    }

    /** Begins an array of <a href="https://schema.ocsf.io/1.8.0/classes/compliance_finding">Compliance Findings of OCSF 1.8.0</a>. */
    static FindingsArray ocsf(OutputStream out, RunReport run) throws IOException {
        return new FindingsArray(out, run, FindingsArray::ocsf).begin();
    }

    private FindingsArray begin() throws IOException {
        json.writeStartArray();
        add(AccountFinding.of(run));
        return this;
    }

    @Override
    public void add(AccountReport account) throws IOException {
        add(AccountFinding.of(account, run));
    }

    private void add(Stream<AccountFinding> findings) throws IOException {
        for (AccountFinding finding : findings.toList()) {
            json.writeObject(format.apply(finding));
        }
    }

    /** Ends what is open. */
    @Override
    public void close() throws IOException {
        json.close();
    }

    /**
     * A finding with an exception in force is archived: Security Hub sets an archived finding that becomes active to NEW, but it would
     * keep a suppressed one suppressed after the exception has expired.
     */
    private static Map<String, Object> asff(AccountFinding f) {
        Rule rule = f.rule();
        String account = f.accountId();
        String rating = f.finding().severity().name();
        Object severity = object("Label", f.status().isOpen() ? rating : "INFORMATIONAL", "Original", rating);
        Object recommendation = object(
                "Text", Printable.text(rule.remediation(), 512),
                "Url", f.urls().stream().findFirst().orElse(null));
        List<String> requirements = f.requirements().stream().limit(32).toList();
        String arn = "arn:" + f.partition() + ":securityhub:" + region(f.partition()) + ":" + account;
        return object(
                "SchemaVersion",
                "2018-10-08",
                "Id",
                f.id(),
                "ProductArn",
                arn + ":product/" + account + "/default",
                "ProductName",
                "AWS Root Guard",
                "GeneratorId",
                "aws-root-guard/" + rule.id(),
                "AwsAccountId",
                account,
                "Types",
                TYPES,
                "CreatedAt",
                f.at(),
                "UpdatedAt",
                f.at(),
                "Severity",
                severity,
                "Title",
                Printable.text(rule.title(), 256),
                "Description",
                Printable.text(f.text().isBlank() ? rule.title() : f.text(), 1024),
                "Remediation",
                rule.remediation().isBlank() ? null : object("Recommendation", recommendation),
                "ProductFields",
                f.isAccepted() ? object("aws-root-guard/exception", f.exception()) : null,
                "Resources",
                List.of(object("Type", "AwsAccount", "Id", "AWS::::Account:" + account)),
                "Compliance",
                object("Status", asff(f.status()), "RelatedRequirements", requirements),
                // What updates a finding that exists: Security Hub leaves the other fields of these names to its users.
                "FindingProviderFields",
                object("Severity", severity, "Types", TYPES),
                "RecordState",
                f.isAccepted() || f.status() == Status.NOT_APPLICABLE ? "ARCHIVED" : "ACTIVE");
    }

    private static String asff(Status status) {
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

    private static Map<String, Object> ocsf(AccountFinding f) {
        Rule rule = f.rule();
        String name = f.name().isEmpty() ? null : f.name();
        boolean open = f.status().isOpen();
        Object product = object(
                "name", "AWS Root Guard",
                "vendor_name", "Jenkins",
                "url_string", "https://plugins.jenkins.io/aws-root-guard/");
        Object analytic = object("uid", rule.id(), "name", rule.title(), "type_id", 1, "type", "Rule");
        Object compliance = object(
                "control", rule.title(),
                "desc", rule.why(),
                "requirements", f.requirements(),
                "status_id", ocsf(f.status()),
                "status",
                        f.status() == Status.UNKNOWN
                                ? "Warning"
                                : Label.of(f.status()).word(),
                "status_code", f.status().name());
        Object account = object("uid", f.accountId(), "name", name, "type_id", 10, "type", "AWS Account");
        Object resource =
                object("uid", f.rootArn(), "name", name, "type", "AWS account", "cloud_partition", f.partition());
        Object remediation = object("desc", rule.remediation(), "references", f.urls());
        return object(
                "activity_id",
                1,
                "activity_name",
                "Create",
                "category_uid",
                2,
                "category_name",
                "Findings",
                "class_uid",
                2003,
                "class_name",
                "Compliance Finding",
                "type_uid",
                200301,
                "type_name",
                "Compliance Finding: Create",
                "time",
                f.at().toEpochMilli(),
                "severity_id",
                open ? 5 - f.finding().severity().ordinal() : 1,
                "severity",
                open ? Label.word(f.finding().severity()) : "Informational",
                "status_id",
                f.isAccepted() ? 3 : 1,
                "status",
                f.isAccepted() ? "Suppressed" : "New",
                "status_detail",
                f.exception(),
                "message",
                f.text(),
                "metadata",
                object("version", "1.8.0", "product", product, "profiles", List.of("cloud"), "event_code", rule.id()),
                "finding_info",
                object("uid", f.id(), "title", rule.title(), "desc", f.text(), "analytic", analytic),
                "compliance",
                compliance,
                "cloud",
                object("provider", "AWS", "cloud_partition", f.partition(), "account", account),
                "resources",
                List.of(resource),
                "remediation",
                rule.remediation().isBlank() ? null : remediation);
    }

    private static int ocsf(Status status) {
        return switch (status) {
            case PASS -> 1;
            case UNKNOWN -> 2;
            case FAIL -> 3;
            case NOT_CHECKED, NOT_APPLICABLE -> 99;
        };
    }
}
