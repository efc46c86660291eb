package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountReading;
import io.jenkins.plugins.awsrootguard.assessment.Standing;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An account as a row of a list.
 *
 * @param entry the counts and statuses behind the row
 * @param rank the position among the verdicts; 0 is the worst
 * @param tone the style class of the verdict
 * @param worst the worst finding, or why the account was not read
 */
public record AccountRow(AccountEntry entry, int rank, String symbol, String word, String tone, String worst) {

    public static final Comparator<AccountRow> WORST_FIRST = Comparator.<AccountRow>comparingInt(r -> r.rank())
            .thenComparing(Comparator.comparingInt(AccountRow::critical).reversed())
            .thenComparing(Comparator.comparingInt(AccountRow::high).reversed())
            .thenComparing(Comparator.comparingInt(AccountRow::medium).reversed())
            .thenComparing(Comparator.comparingInt(AccountRow::unknown).reversed())
            .thenComparing(AccountRow::accountId);

    public static AccountRow of(AccountEntry entry) {
        return switch (entry.reading().outcome()) {
            case UNREAD -> line(entry, 1, "?", "Could not be read", "unknown");
            case STOPPED -> line(entry, 2, "?", "Not read", "unknown");
            case NOT_APPLICABLE -> line(entry, 8, "–", "Not applicable", "none");
            case READ -> {
                Standing standing = entry.standing();
                yield line(entry, rank(standing), standing.symbol(), standing.word(), standing.cssName());
            }
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

    /** Returns what is planned, was changed and was validated, in a few words each. */
    public List<String> progress() {
        List<String> parts = new ArrayList<>();
        add(parts, entry.made(), "made");
        add(parts, entry.failed(), "failed");
        add(parts, entry.planned(), "planned");
        if (Boolean.TRUE.equals(entry.validated())) {
            parts.add("validated");
        }
        return parts;
    }

    private static void add(List<String> parts, int n, String word) {
        if (n > 0) {
            parts.add(n + " " + word);
        }
    }

    private static AccountRow line(AccountEntry entry, int rank, String symbol, String word, String tone) {
        return new AccountRow(entry, rank, symbol, word, tone, worst(entry));
    }

    private static String worst(AccountEntry entry) {
        AccountReading reading = entry.reading();
        if (reading.cause() != null) {
            return Sentences.cause(reading.cause());
        }
        return entry.worst() == null ? "No finding is open." : entry.worst();
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
}
