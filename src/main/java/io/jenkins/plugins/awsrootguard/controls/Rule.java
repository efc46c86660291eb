package io.jenkins.plugins.awsrootguard.controls;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awsrootguard.facts.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The requirement of a control, independent of any account and policy. {@code rules.yml} has them all.
 *
 * @param id public: it is used in policies, JSON and links, and is never renamed
 * @param remediation what to do when it fails
 * @param references the benchmarks and AWS pages that require it
 */
public record Rule(@JsonValue String id, String title, String why, String remediation, List<Reference> references) {

    /**
     * Where a control's rule is written.
     *
     * @param label for example {@code CIS AWS Foundations 3.0.0 1.4} or {@code Security Hub IAM.4}
     * @param url a public page; null without one
     * @param isRequirement whether it requires the rule, as a benchmark does, and does not only explain it
     */
    public record Reference(
            String label, String url, @JsonIgnore boolean isRequirement) {

        /** An address that is not https, such as {@code javascript:}, is replaced by null. */
        public Reference {
            url = url != null && url.startsWith("https://") ? url : null;
        }

        public Reference(String label, String url) {
            this(label, url, true);
        }
    }

    private static final String CIS_PAGE = "https://www.cisecurity.org/benchmark/amazon_web_services";
    private static final String HUB_PAGES = "https://docs.aws.amazon.com/securityhub/latest/userguide/";
    private static final Map<String, Rule> ALL = read();

    public Rule {
        references = List.copyOf(references);
    }

    private static Map<String, Rule> read() {
        return Json.yaml(Rule.class, "rules.yml").properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, r -> parse(r.getKey(), r.getValue())));
    }

    /** The rule of a control; one without texts for a control that this version does not have. */
    @JsonCreator
    public static Rule of(String id) {
        Rule rule = ALL.get(id);
        return rule == null ? new Rule(id, id, "", "", List.of()) : rule;
    }

    private static Rule parse(String id, JsonNode rule) {
        List<Reference> references = new ArrayList<>();
        rule.path("requiredBy").forEach(label -> references.add(requirement(label.asText())));
        references.add(new Reference(
                "AWS: " + rule.get("guide").asText(), rule.get("url").asText(), false));
        return new Rule(
                id,
                rule.get("title").asText(),
                rule.get("why").asText(),
                rule.get("remediation").asText(),
                references);
    }

    /** PCI DSS has no page to link to. */
    private static Reference requirement(String label) {
        if (label.startsWith("Security Hub ")) {
            String anchor = label.substring("Security Hub ".length())
                    .toLowerCase(Locale.ROOT)
                    .replace('.', '-');
            String service = anchor.substring(0, anchor.indexOf('-'));
            return new Reference(label, HUB_PAGES + service + "-controls.html#" + anchor);
        }
        return new Reference(label, label.startsWith("CIS ") ? CIS_PAGE : null);
    }
}
