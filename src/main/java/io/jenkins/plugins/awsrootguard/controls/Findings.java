package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All findings on one account, worst first.
 *
 * @param accountName id and alias, for people
 * @param partition for example {@code aws}
 * @param generatedAt when the facts were read
 * @param reportGeneratedAt when AWS made the credential report; null when there was none to read
 */
public record Findings(
        String accountId,
        String accountName,
        String partition,
        Instant generatedAt,
        Instant reportGeneratedAt,
        List<Finding> findings) {

    public Findings {
        findings = findings.stream().sorted(Finding.WORST_FIRST).toList();
    }

    public static Findings of(AccountFacts facts, List<Finding> findings) {
        return new Findings(
                facts.accountId(),
                facts.displayName(),
                facts.partition().id(),
                facts.readAt(),
                facts.report().isKnown() ? facts.report().get().generatedAt() : null,
                findings);
    }

    public Optional<Finding> find(String control) {
        return findings.stream().filter(f -> f.control().equals(control)).findFirst();
    }

    public long count(Status status) {
        return findings.stream().filter(f -> f.status() == status).count();
    }

    public long count(Status status, Severity severity) {
        return findings.stream()
                .filter(f -> f.status() == status && f.severity() == severity)
                .count();
    }

    /** The findings of a status at or above a severity, which is what a quality gate asks for. */
    public List<Finding> atLeast(Status status, Severity threshold) {
        return findings.stream()
                .filter(f -> f.status() == status && f.severity().isAtLeast(threshold))
                .toList();
    }
}
