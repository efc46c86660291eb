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
import java.util.LinkedHashMap;
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
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("SchemaVersion", "2018-10-08");
        all.put("Id", f.id());
        all.put("ProductArn", arn + ":product/" + account + "/default");
        all.put("ProductName", "AWS Root Guard");
        all.put("GeneratorId", "aws-root-guard/" + rule.id());
        all.put("AwsAccountId", account);
        all.put("Types", TYPES);
        all.put("CreatedAt", f.at());
        all.put("UpdatedAt", f.at());
        all.put("Severity", severity);
        all.put("Title", Printable.text(rule.title(), 256));
        all.put("Description", Printable.text(f.text().isBlank() ? rule.title() : f.text(), 1024));
        all.put("Remediation", rule.remediation().isBlank() ? null : object("Recommendation", recommendation));
        all.put("ProductFields", f.isAccepted() ? object("aws-root-guard/exception", f.exception()) : null);
        all.put("Resources", List.of(object("Type", "AwsAccount", "Id", "AWS::::Account:" + account)));
        all.put("Compliance", object("Status", asff(f.status()), "RelatedRequirements", requirements));
        // What updates a finding that exists: Security Hub leaves the other fields of these names to its users.
        all.put("FindingProviderFields", object("Severity", severity, "Types", TYPES));
        all.put("RecordState", f.isAccepted() || f.status() == Status.NOT_APPLICABLE ? "ARCHIVED" : "ACTIVE");
        return all;
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
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("activity_id", 1);
        all.put("activity_name", "Create");
        all.put("category_uid", 2);
        all.put("category_name", "Findings");
        all.put("class_uid", 2003);
        all.put("class_name", "Compliance Finding");
        all.put("type_uid", 200301);
        all.put("type_name", "Compliance Finding: Create");
        all.put("time", f.at().toEpochMilli());
        all.put("severity_id", open ? 5 - f.finding().severity().ordinal() : 1);
        all.put("severity", open ? Label.word(f.finding().severity()) : "Informational");
        all.put("status_id", f.isAccepted() ? 3 : 1);
        all.put("status", f.isAccepted() ? "Suppressed" : "New");
        all.put("status_detail", f.exception());
        all.put("message", f.text());
        all.put(
                "metadata",
                object("version", "1.8.0", "product", product, "profiles", List.of("cloud"), "event_code", rule.id()));
        all.put("finding_info", object("uid", f.id(), "title", rule.title(), "desc", f.text(), "analytic", analytic));
        all.put("compliance", compliance);
        all.put("cloud", object("provider", "AWS", "cloud_partition", f.partition(), "account", account));
        all.put("resources", List.of(resource));
        all.put("remediation", rule.remediation().isBlank() ? null : remediation);
        return all;
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
