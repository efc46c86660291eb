package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.util.Comparator;
import java.util.List;

/**
 * A control's verdict on one account.
 *
 * @param control the control's public id, for example {@code root-mfa}
 * @param title the requirement, in a few words
 * @param summary what was found, in plain words
 * @param why why it matters
 * @param remediation what to do
 */
public record Finding(
        String control,
        String title,
        Severity severity,
        Status status,
        String summary,
        List<Evidence> evidence,
        String why,
        String remediation,
        List<Reference> references) {

    /** Worst first: what failed, then what is unknown, then the rest; within these by severity, then by id. */
    public static final Comparator<Finding> WORST_FIRST = Comparator.comparing(Finding::status)
            .thenComparing(Finding::severity)
            .thenComparing(Finding::control);

    public Finding {
        evidence = List.copyOf(evidence);
        references = List.copyOf(references);
    }
}
