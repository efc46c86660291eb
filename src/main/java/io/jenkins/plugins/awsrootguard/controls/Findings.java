package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All findings on one account, worst first.
 *
 * @param accountName id and alias, for people
 * @param reportGeneratedAt when AWS made the credential report; null when there was none to read
 */
public record Findings(
        String accountId,
        String accountName,
        String partition,
        Instant generatedAt,
        Instant reportGeneratedAt,
        Policy.Source policy,
        List<Finding> findings) {

    public Findings {
        findings = findings.stream().sorted(Finding.WORST_FIRST).toList();
    }

    public static Findings of(AccountFacts facts, Policy.Source policy, List<Finding> findings) {
        return new Findings(
                facts.accountId(),
                facts.displayName(),
                facts.partition().id(),
                facts.readAt(),
                facts.report().isKnown() ? facts.report().get().generatedAt() : null,
                policy,
                findings);
    }

    public Optional<Finding> find(String control) {
        return findings.stream().filter(f -> f.control().equals(control)).findFirst();
    }

    /** Whether a control failed and no exception is in force for it: what a plan changes. */
    public boolean fails(String control) {
        return find(control).filter(f -> f.counted() == Status.FAIL).isPresent();
    }

    /** Findings of a status. Those with an exception in force do not count. */
    public long count(Status status) {
        return findings.stream()
                .filter(f -> f.status() == status && !f.isExcepted())
                .count();
    }

    public long count(Status status, Severity severity) {
        return findings.stream()
                .filter(f -> f.status() == status && f.severity() == severity && !f.isExcepted())
                .count();
    }

    /** How many findings did not pass and have an exception in force. */
    public long accepted() {
        return findings.stream()
                .filter(f -> f.isExcepted() && f.status().isOpen())
                .count();
    }

    /** The findings that count as a status ({@link Finding#counted}) at or above a severity, for a quality gate. */
    public List<Finding> atLeast(Status status, Severity threshold) {
        return findings.stream()
                .filter(f -> f.counted() == status && f.severity().isAtLeast(threshold))
                .toList();
    }
}
