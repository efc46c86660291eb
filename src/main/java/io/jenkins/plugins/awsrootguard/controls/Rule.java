package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.util.List;

/**
 * The requirement of a control, independent of any account.
 *
 * @param id public: it stands in JSON, in suppressions and in links, and is never renamed
 * @param title the requirement, in a few words
 * @param severity how bad it is when it fails
 * @param why why it matters
 * @param remediation what to do when it fails
 * @param references the benchmarks and AWS pages that require it
 */
public record Rule(
        String id, String title, Severity severity, String why, String remediation, List<Reference> references) {

    public Rule {
        references = List.copyOf(references);
    }
}
