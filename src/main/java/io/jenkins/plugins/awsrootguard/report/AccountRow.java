package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An account as a row of a list.
 *
 * @param entry the counts and statuses behind the row
 * @param rank the position among the verdicts; 0 is the worst
 * @param verdict the verdict of the account, or that it was not read
 * @param worst the worst finding, or why the account was not read
 */
public record AccountRow(AccountEntry entry, int rank, Label verdict, String worst) {

    public static final Comparator<AccountRow> WORST_FIRST = Comparator.<AccountRow>comparingInt(r -> r.rank())
            .thenComparing(Comparator.comparingInt(AccountRow::critical).reversed())
            .thenComparing(Comparator.comparingInt(AccountRow::high).reversed())
            .thenComparing(Comparator.comparingInt(AccountRow::medium).reversed())
            .thenComparing(Comparator.comparingInt(AccountRow::unknown).reversed())
            .thenComparing(AccountRow::accountId);

    public static AccountRow of(AccountEntry entry) {
        return switch (entry.reading().outcome()) {
            case UNREAD -> row(entry, 1, new Label("?", "Could not be read", "unknown"));
            case STOPPED -> row(entry, 2, new Label("?", "Not read", "unknown"));
            case NOT_APPLICABLE -> row(entry, 8, new Label("–", "Not applicable", "none"));
            case READ -> row(entry, rank(entry), Label.of(entry.standing()));
        };
    }

    public String accountId() {
        return entry.id();
    }

    /** Returns the id and the name of the account. */
    public String name() {
        return entry.displayName();
    }

    /** Returns the page of the account, relative to the list. */
    public String link() {
        return entry.id() + "/" + HtmlReport.HTML;
    }

    public int critical() {
        return entry.count(Status.FAIL, Severity.CRITICAL);
    }

    public int high() {
        return entry.count(Status.FAIL, Severity.HIGH);
    }

    public int medium() {
        return entry.count(Status.FAIL, Severity.MEDIUM);
    }

    public int low() {
        return entry.count(Status.FAIL, Severity.LOW);
    }

    public int unknown() {
        return entry.count(Status.UNKNOWN);
    }

    /** Returns the number of changes by what became of them, and whether the account is validated, in a few words each. */
    public List<String> progress() {
        Stream<String> changes = Stream.of(
                        Map.entry("made", entry.made()),
                        Map.entry("failed", entry.failed()),
                        Map.entry("planned", entry.planned()))
                .filter(e -> e.getValue() > 0)
                .map(e -> e.getValue() + " " + e.getKey());
        return Stream.concat(changes, Boolean.TRUE.equals(entry.validated()) ? Stream.of("validated") : Stream.empty())
                .toList();
    }

    private static AccountRow row(AccountEntry entry, int rank, Label verdict) {
        Unread cause = entry.reading().cause();
        String worst = entry.worst() == null ? "No finding is open." : entry.worst();
        return new AccountRow(entry, rank, verdict, cause == null ? worst : cause.sentence());
    }

    private static int rank(AccountEntry entry) {
        return switch (entry.standing()) {
            case AT_RISK -> 0;
            case UNKNOWN -> 3;
            case NOT_JUDGED -> 4;
            case ATTENTION -> 5;
            case NO_GAPS -> 6;
            case SECURED -> 7;
        };
    }
}
