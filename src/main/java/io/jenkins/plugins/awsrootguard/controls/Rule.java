package io.jenkins.plugins.awsrootguard.controls;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * The requirement of a control, independent of any account and policy.
 *
 * @param id public: it is used in policies, JSON and links, and is never renamed
 * @param title the requirement, in a few words
 * @param why why it matters
 * @param remediation what to do when it fails
 * @param references the benchmarks and AWS pages that require it
 */
public record Rule(@JsonValue String id, String title, String why, String remediation, List<Reference> references) {

    public Rule {
        references = List.copyOf(references);
    }

    /** The rule of a control; one without texts for a control that this version does not have. */
    @JsonCreator
    static Rule of(String id) {
        return Controls.all().stream()
                .map(Control::rule)
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseGet(() -> new Rule(id, id, "", "", List.of()));
    }
}
