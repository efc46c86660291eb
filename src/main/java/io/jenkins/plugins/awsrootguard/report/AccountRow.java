package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.RunSummary;
import io.jenkins.plugins.awsrootguard.assessment.Standing;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * An account as a row of a list.
 *
 * @param entry the counts and statuses behind the row
 * @param verdict the verdict of the account, or that it was not read
 */
public record AccountRow(AccountEntry entry, Label verdict) {

    private static final Label UNREAD = new Label("?", "Could not be read", "unknown");
    private static final Label STOPPED = new Label("?", "Not read", "unknown");
    private static final Label NOT_APPLICABLE = new Label("–", "Not applicable", "none");

    private static final List<Label> VERDICTS_WORST_FIRST = List.of(
            Label.of(Standing.AT_RISK),
            UNREAD,
            STOPPED,
            Label.of(Standing.UNKNOWN),
            Label.of(Standing.NOT_JUDGED),
            Label.of(Standing.ATTENTION),
            Label.of(Standing.NO_GAPS_EXCEPT_ACCEPTED),
            Label.of(Standing.NO_GAPS),
            Label.of(Standing.ACCEPTED),
            Label.of(Standing.SECURED),
            NOT_APPLICABLE);

    static final Comparator<Label> VERDICT_WORST_FIRST = Comparator.comparingInt(VERDICTS_WORST_FIRST::indexOf);

    static final Comparator<AccountRow> WORST_FIRST = Comparator.comparing(AccountRow::verdict, VERDICT_WORST_FIRST)
            .thenComparing(Comparator.<AccountRow>comparingInt(r -> r.failed(Severity.CRITICAL))
                    .thenComparingInt(r -> r.failed(Severity.HIGH))
                    .thenComparingInt(r -> r.failed(Severity.MEDIUM))
                    .thenComparingInt(r -> r.entry.count(Status.UNKNOWN))
                    .reversed())
            .thenComparing(AccountRow::accountId);

    /** A number of findings, with its title. */
    public record Count(String title, int findings) {}

    public static AccountRow of(AccountEntry entry) {
        return new AccountRow(
                entry,
                switch (entry.reading().outcome()) {
                    case UNREAD -> UNREAD;
                    case STOPPED -> STOPPED;
                    case NOT_APPLICABLE -> NOT_APPLICABLE;
                    case READ -> Label.of(entry.standing());
                });
    }

    public String accountId() {
        return entry.id();
    }

    /** Returns the id and the name of the account. */
    public String name() {
        return entry.displayName();
    }

    /** Returns the worst finding, or why the account was not read. */
    public String worst() {
        Unread cause = entry.reading().cause();
        return cause != null ? cause.sentence() : entry.worst() == null ? "No finding is open." : entry.worst();
    }

    /** Whether no finding is open, or the account is not in use. */
    public boolean isSettled() {
        return verdict.equals(NOT_APPLICABLE)
                || entry.worst() == null
                        && entry.reading().cause() == null
                        && verdict.tone().equals("pass");
    }

    /** Returns the page of the account, relative to the list. */
    public String link() {
        return entry.id() + "/" + HtmlReport.HTML;
    }

    /** Returns the number of failed findings of a severity. */
    public int failed(Severity severity) {
        return entry.count(Status.FAIL, severity);
    }

    /** Returns the numbers of failed findings, the most severe first, and of unknown ones. */
    public List<Count> counts() {
        return Stream.concat(
                        Arrays.stream(Severity.values()).map(s -> new Count(Label.word(s), failed(s))),
                        Stream.of(new Count(Label.of(Status.UNKNOWN).word(), entry.count(Status.UNKNOWN))))
                .toList();
    }

    /** Returns the number of changes by outcome, and whether the account is validated, in a few words each. */
    public List<String> progress() {
        return Stream.of(
                        entry.made() > 0 ? entry.made() + " made" : "",
                        entry.failed() > 0 ? entry.failed() + " failed" : "",
                        entry.planned() > 0 ? entry.planned() + " planned" : "",
                        Boolean.TRUE.equals(entry.validated()) ? "validated" : "")
                .filter(s -> !s.isEmpty())
                .toList();
    }

    /** Returns what is open, worst first, for example {@code 2 critical, 1 high open, 3 unknown} or {@code no open findings}. */
    static String open(AccountEntry entry) {
        return entry.controls().isEmpty()
                ? "not evaluated"
                : open(s -> entry.count(Status.FAIL, s), entry.count(Status.UNKNOWN));
    }

    /** Returns the same of a run. */
    public static String open(RunSummary run) {
        return run.standing() == Standing.NOT_JUDGED ? "not evaluated" : open(run::failed, run.unknown());
    }

    private static String open(ToLongFunction<Severity> count, int unknown) {
        List<String> failed = failed(count);
        if (failed.isEmpty()) {
            return unknown == 0 ? "no open findings" : unknown + " unknown";
        }
        return String.join(", ", failed) + " open" + (unknown == 0 ? "" : ", " + unknown + " unknown");
    }

    static List<String> failed(ToLongFunction<Severity> count) {
        return Arrays.stream(Severity.values())
                .filter(s -> count.applyAsLong(s) > 0)
                .map(s -> count.applyAsLong(s) + " " + s.lowerCase())
                .toList();
    }
}
