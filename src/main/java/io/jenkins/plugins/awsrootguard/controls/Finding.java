package io.jenkins.plugins.awsrootguard.controls;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.awsrootguard.facts.Fact.Source;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Times;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/**
 * A control's verdict on one account.
 *
 * @param rule the control's requirement; saved by its id
 * @param required whether NOT_CHECKED counts as UNKNOWN does
 * @param exception the exception of the policy for this control and account, in force or expired; null without one, or if
 *     the finding is not open
 * @param subjects what a failed control is about; empty when it has no parts, or when they are not known
 */
public record Finding(
        @JsonProperty("control") Rule rule,
        Severity severity,
        Status status,
        String summary,
        List<Evidence> evidence,
        boolean required,
        Acceptance exception,
        List<Subject> subjects) {

    /**
     * An exception of the policy.
     *
     * @param expires the last day, in UTC, on which it is in force
     * @param inForce whether it was in force when the account was read
     */
    public record Acceptance(String reason, String owner, LocalDate expires, boolean inForce) {}

    /**
     * What a finding rests on.
     *
     * @param call the AWS action that was read, for example {@code iam:GetAccountSummary}
     * @param at when (for the credential report: when AWS generated it)
     * @param text what it said, for example {@code AccountMFAEnabled = 0}
     */
    public record Evidence(String call, Instant at, String text) {

        public static Evidence of(Source source, String text) {
            return new Evidence(source.call(), source.at(), text);
        }
    }

    /** Worst first: what failed, then what is unknown, then the rest; within these by severity, then by id. */
    public static final Comparator<Finding> WORST_FIRST = Comparator.comparing(Finding::status)
            .thenComparing(Finding::severity)
            .thenComparing(Finding::control);

    public Finding {
        evidence = List.copyOf(evidence);
        subjects = subjects == null ? List.of() : List.copyOf(subjects);
    }

    /** The control's public id, for example {@code root-mfa}. */
    public String control() {
        return rule.id();
    }

    /** The summary, and the end of its exception when that has expired. */
    public String sentence() {
        return exception == null || exception.inForce()
                ? summary
                : summary + " The exception of " + Printable.text(exception.owner(), 80) + " expired on "
                        + Times.day(exception.expires()) + ".";
    }

    public boolean isExcepted() {
        return exception != null && exception.inForce();
    }

    /**
     * The status that gates and verdicts use: UNKNOWN for a required control that was not checked; null when an exception in force
     * covers the finding.
     */
    public Status counted() {
        return isExcepted() ? null : required && status == Status.NOT_CHECKED ? Status.UNKNOWN : status;
    }

    /** Whether somebody has to act on it. */
    public boolean isOpen() {
        return counted() != null && counted().isOpen();
    }
}
