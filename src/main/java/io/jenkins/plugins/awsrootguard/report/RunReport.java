package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountStore;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.Standing;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.Times;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * The result of a run over any number of accounts: the one model behind the pages, {@code report.html}, the CSV and JSON files and
 * the log. It is made of the index alone and reads no account's state. Immutable.
 *
 * @param header null when the store has none
 * @param accounts worst first
 * @param verdicts worst first, with the number of accounts of each
 * @param controls by severity, then by the number of accounts in which they fail
 * @param isRunning whether the run may still be under way
 * @param isOneAccount whether the report is on one account, whose own page then shows everything
 */
public record RunReport(
        RunHeader header,
        List<AccountRow> accounts,
        List<VerdictRow> verdicts,
        List<ControlRow> controls,
        boolean isRunning,
        boolean isOneAccount) {

    /** The number of accounts with the same verdict. */
    public record VerdictRow(Label label, int accounts) {

        /** For example {@code 40 need attention}. */
        public String words() {
            return label.counted(accounts);
        }
    }

    /**
     * @param header null when the store has none
     * @param isRunning whether the run may still be under way
     */
    public RunReport(RunHeader header, List<AccountEntry> entries, boolean isRunning) {
        this(header, entries, isRunning, entries.size() == 1 && (header == null || !header.isOrganization()));
    }

    private RunReport(RunHeader header, List<AccountEntry> entries, boolean isRunning, boolean isOneAccount) {
        this(
                header,
                entries.stream()
                        .map(AccountRow::of)
                        .sorted(AccountRow.WORST_FIRST)
                        .toList(),
                verdicts(entries),
                ControlRow.of(entries),
                isRunning,
                isOneAccount);
    }

    /** The report on one account of the run; empty when the store has none of that id. */
    public static Optional<RunReport> of(AccountStore store, String accountId, boolean running) {
        return store.account(accountId).map(e -> new RunReport(store.header().orElse(null), List.of(e), running, true));
    }

    public boolean isOrganization() {
        return header != null && header.isOrganization();
    }

    /** Whether the store is empty. */
    public boolean isEmpty() {
        return !isOrganization() && accounts.isEmpty();
    }

    /** Returns the accounts with an open finding, or that could not be read. */
    public List<AccountRow> openAccounts() {
        return accounts.stream().filter(a -> !a.isSettled()).toList();
    }

    /** The number of open findings of the only account, or else of accounts with open findings. */
    public int open() {
        return isOneAccount && accounts.get(0).entry().reading().cause() == null
                ? accounts.get(0).entry().count(Status.FAIL)
                        + accounts.get(0).entry().count(Status.UNKNOWN)
                : openAccounts().size();
    }

    public List<AccountRow> settledAccounts() {
        return accounts.stream().filter(AccountRow::isSettled).toList();
    }

    /** For example {@code 150 accounts without open findings}. */
    public String settledTitle() {
        return Sentences.counted(settledAccounts().size(), "account") + " without open findings";
    }

    /** Returns the finding about the organization; null without one. */
    public FindingRow central() {
        return header == null || header.central() == null ? null : new FindingRow(header.central());
    }

    /** Returns what the run is about, for example {@code Organization o-a1b2c3d4e5}. */
    public String title() {
        return isOrganization()
                ? "Organization " + header.organization().id()
                : isOneAccount ? "Account " + accounts.get(0).name() : Sentences.counted(accounts.size(), "account");
    }

    /** Returns the verdict of the worst account. */
    public Label label() {
        if (verdicts.isEmpty()) {
            return new Label("?", "No accounts were read", "unknown");
        }
        Label worst = verdicts.get(0).label();
        boolean accepted = verdicts.stream().anyMatch(v -> v.label().equals(Label.of(Standing.ACCEPTED)));
        return worst.equals(Label.of(Standing.NO_GAPS)) && accepted
                ? Label.of(Standing.NO_GAPS_EXCEPT_ACCEPTED)
                : worst;
    }

    /** For example {@code 200 accounts: 40 at risk, 2 could not be read.} */
    public String verdict() {
        String sum = verdicts.stream()
                .map(VerdictRow::words)
                .collect(Collectors.joining(", ", verdicts.isEmpty() ? "" : ": ", ". "));
        return (Sentences.counted(accounts.size(), "account") + sum + stopSentence()).strip();
    }

    /** Returns one line for a build page: for one account what is open, else the verdict. */
    public String frontLine() {
        if (!isOneAccount) {
            return verdict();
        }
        AccountRow row = accounts.get(0);
        return row.name() + ": " + (row.entry().reading().cause() != null ? row.worst() : AccountRow.open(row.entry()));
    }

    /** Returns when, as whom and with how many calls the accounts were read. */
    public String reading() {
        if (header == null) {
            return "";
        }
        String read = "Read on " + Times.minutes(header.began()) + " as " + header.callerArn() + ".";
        String policy = " Policy: " + header.policy().source().displayName() + ".";
        return header.ended() == null
                ? read + policy
                : read + " " + Sentences.counted(header.calls(), "call") + " to AWS." + policy;
    }

    /** Returns what the run shows about the exceptions of its policy, one line each. */
    public List<String> exceptions() {
        return header == null || isOneAccount && isOrganization()
                ? List.of()
                : PolicyExceptions.lines(
                        header, accounts.stream().map(AccountRow::entry).toList());
    }

    public List<PhaseStrip.Step> phases() {
        return PhaseStrip.of(this);
    }

    /** Whether the last reading has ended and tried every account. */
    public boolean isComplete() {
        return header != null && header.isComplete();
    }

    /** Returns the number of findings of all accounts with a status. */
    public int count(Status status) {
        return controls.stream().mapToInt(c -> c.count(status)).sum();
    }

    /** Returns the sum of a number of each account, for example of its planned changes. */
    public int sum(ToIntFunction<AccountEntry> number) {
        return accounts.stream().map(AccountRow::entry).mapToInt(number).sum();
    }

    /** Returns the number of accounts that are so. */
    public int count(Predicate<AccountEntry> which) {
        return sum(e -> which.test(e) ? 1 : 0);
    }

    /** Returns the number of accounts in which all checks of phase 4 passed. */
    public int secured() {
        return count(e -> Boolean.TRUE.equals(e.validated()));
    }

    /** Returns the number of accounts that phase 4 checked. */
    public int validated() {
        return count(e -> e.validated() != null);
    }

    private String stopSentence() {
        if (header == null || isComplete() || !isOrganization()) {
            return "";
        }
        return header.stopped() != null
                ? Sentences.of(header.stopped())
                : isRunning ? "The accounts are still being read." : "The run ended before it had read every account.";
    }

    private static List<VerdictRow> verdicts(List<AccountEntry> entries) {
        Map<Label, Integer> counts = new TreeMap<>(AccountRow.VERDICT_WORST_FIRST);
        entries.forEach(e -> counts.merge(AccountRow.of(e).verdict(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(e -> new VerdictRow(e.getKey(), e.getValue()))
                .toList();
    }
}
