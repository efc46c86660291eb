package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountOutcome;
import io.jenkins.plugins.awsrootguard.assessment.Standing;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.util.Comparator;

/**
 * One account in the list of an organization: little enough to be kept for thousands of them.
 *
 * @param rank the worst is 0
 * @param symbol never stands without its word
 * @param tone the style class of the verdict
 * @param worst why it stands so: the worst finding, or why the account was not read
 * @param link to its own page; null when there is none
 */
public record AccountLine(
        String accountId,
        String name,
        int rank,
        String symbol,
        String word,
        String tone,
        int critical,
        int high,
        int medium,
        int low,
        int unknown,
        String worst,
        long calls,
        String link) {

    public static final Comparator<AccountLine> WORST_FIRST = Comparator.<AccountLine>comparingInt(a -> a.rank())
            .thenComparing(Comparator.comparingInt(AccountLine::critical).reversed())
            .thenComparing(Comparator.comparingInt(AccountLine::high).reversed())
            .thenComparing(Comparator.comparingInt(AccountLine::medium).reversed())
            .thenComparing(Comparator.comparingInt(AccountLine::unknown).reversed())
            .thenComparing(AccountLine::accountId);

    private record Verdict(int rank, String symbol, String word, String tone) {}

    /** @param link to its own page; null when there is none */
    public static AccountLine of(AccountOutcome outcome, String link) {
        Findings findings = outcome.state().findings();
        Verdict verdict = verdict(outcome);
        return new AccountLine(
                outcome.account().id(),
                outcome.account().displayName(),
                verdict.rank(),
                verdict.symbol(),
                verdict.word(),
                verdict.tone(),
                failed(findings, Severity.CRITICAL),
                failed(findings, Severity.HIGH),
                failed(findings, Severity.MEDIUM),
                failed(findings, Severity.LOW),
                (int) findings.count(Status.UNKNOWN),
                outcome.reason() == null ? worst(findings) : Sentences.capital(outcome.reason()),
                outcome.calls(),
                link);
    }

    private static Verdict verdict(AccountOutcome outcome) {
        return switch (outcome.reading()) {
            case UNREAD -> new Verdict(1, "?", "Could not be read", "unknown");
            case STOPPED -> new Verdict(2, "?", "Not read", "unknown");
            case NOT_APPLICABLE -> new Verdict(8, "–", "Not applicable", "not-applicable");
            case READ -> {
                Standing standing = Standing.of(outcome.state());
                yield new Verdict(rank(standing), standing.symbol(), standing.word(), standing.cssName());
            }
        };
    }

    private static int rank(Standing standing) {
        return switch (standing) {
            case AT_RISK -> 0;
            case UNKNOWN -> 3;
            case NOT_JUDGED -> 4;
            case ATTENTION -> 5;
            case NO_GAPS -> 6;
            case SECURED -> 7;
        };
    }

    private static int failed(Findings findings, Severity severity) {
        return (int) findings.count(Status.FAIL, severity);
    }

    private static String worst(Findings findings) {
        return findings.findings().stream()
                .filter(f -> f.status().isOpen())
                .findFirst()
                .map(Finding::summary)
                .orElse("Nothing is open.");
    }
}
