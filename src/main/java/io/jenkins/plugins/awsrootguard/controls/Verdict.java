package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.controls.Finding.Evidence;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a control says of one account.
 *
 * @param subjects what a failed control is about; empty when it has no parts, or when they are not known
 */
public record Verdict(Status status, String summary, List<Evidence> evidence, List<Subject> subjects) {

    public Verdict {
        evidence = List.copyOf(evidence);
        subjects = List.copyOf(subjects);
    }

    private Verdict(Status status, String summary, List<Evidence> evidence) {
        this(status, summary, evidence, List.of());
    }

    static Verdict pass(String summary, List<Evidence> evidence) {
        return new Verdict(Status.PASS, summary, evidence);
    }

    static Verdict fail(String summary, List<Evidence> evidence) {
        return new Verdict(Status.FAIL, summary, evidence);
    }

    Verdict about(Stream<Subject> found) {
        return new Verdict(
                status,
                summary,
                evidence,
                found.distinct().sorted(Subject.ORDER).toList());
    }

    /**
     * A verdict without the facts it needs: NOT_CHECKED when by AWS's rules this run can't read any of them, else UNKNOWN.
     *
     * @param subject what could not be read, for example {@code whether root has MFA}
     * @param causes why; where there are none, AWS's answers lack it
     */
    static Verdict unread(String subject, List<Unread> causes, List<Evidence> evidence) {
        boolean notChecked = !causes.isEmpty() && causes.stream().allMatch(Unread::isNotChecked);
        String why = causes.isEmpty()
                ? "AWS does not report it."
                : causes.stream().map(Unread::sentence).collect(Collectors.joining(" "));
        return notChecked
                ? new Verdict(Status.NOT_CHECKED, "Not checked: " + subject + ". " + why, evidence)
                : unknown("Could not read " + subject + ". " + why, evidence);
    }

    static Verdict unread(String subject, RootEvidence evidence) {
        return unread(subject, evidence.causes(), evidence.evidence());
    }

    static Verdict unknown(String summary, List<Evidence> evidence) {
        return new Verdict(Status.UNKNOWN, summary, evidence);
    }

    static Verdict notApplicable(String reason, List<Evidence> evidence) {
        return new Verdict(Status.NOT_APPLICABLE, reason, evidence);
    }
}
