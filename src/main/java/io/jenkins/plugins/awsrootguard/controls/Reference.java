package io.jenkins.plugins.awsrootguard.controls;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * Where a control's rule is written.
 *
 * @param label for example {@code CIS AWS Foundations 3.0.0 1.4} or {@code Security Hub IAM.4}
 * @param url a public page; null without one
 * @param isRequirement whether it requires the rule, as a benchmark does, and does not only explain it
 */
public record Reference(
        String label, String url, @JsonIgnore boolean isRequirement) {

    public Reference(String label, String url) {
        this(label, url, true);
    }
}
