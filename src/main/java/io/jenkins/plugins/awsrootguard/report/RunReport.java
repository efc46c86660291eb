package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountStore;
import io.jenkins.plugins.awsrootguard.assessment.ControlStatus;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.StopCause;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * What a run came to, over any number of accounts: the one model behind the pages, {@code report.html}, the CSV and JSON files and
 * the log. It is made of the index alone and reads no account's state. Immutable.
 */
public final class RunReport {

    private final RunHeader header;
    private final List<AccountRow> accounts;
    private final List<VerdictRow> verdicts;
    private final List<ControlRow> controls;
    private final boolean running;
    private final boolean one;

    /** The number of accounts with the same verdict. */
    public record VerdictRow(Label label, int accounts) {}

    /**
     * @param header null when the store has none
     * @param running whether the run may still be under way
     */
    public RunReport(RunHeader header, List<AccountEntry> entries, boolean running) {
        this(header, entries, running, entries.size() == 1 && (header == null || !header.isOrganization()));
    }

    private RunReport(RunHeader header, List<AccountEntry> entries, boolean running, boolean one) {
        this.header = header;
        this.running = running;
        this.one = one;
        accounts = entries.stream()
                .map(AccountRow::of)
                .sorted(AccountRow.WORST_FIRST)
                .toList();
        Map<Label, Integer> counts = new LinkedHashMap<>();
        accounts.forEach(row -> counts.merge(row.verdict(), 1, Integer::sum));
        verdicts = counts.entrySet().stream()
                .map(e -> new VerdictRow(e.getKey(), e.getValue()))
                .toList();
        controls = controls(entries);
    }

    public static RunReport of(AccountStore store, boolean running) {
        return new RunReport(store.header().orElse(null), store.accounts(), running);
    }

    /** The report on one account of the run; empty when the store has none of that id. */
    public static Optional<RunReport> of(AccountStore store, String accountId, boolean running) {
        return store.account(accountId).map(e -> new RunReport(store.header().orElse(null), List.of(e), running, true));
    }

    /** Returns null when the store has none. */
    public RunHeader header() {
        return header;
    }

    public boolean isOrganization() {
        return header != null && header.isOrganization();
    }

    /** Whether the report is on one account, whose own page then shows everything. */
    public boolean isOneAccount() {
        return one;
    }

    /** Whether the store is empty. */
    public boolean isEmpty() {
        return !isOrganization() && accounts.isEmpty();
    }

    /** Returns the accounts, worst first. */
    public List<AccountRow> accounts() {
        return accounts;
    }

    /** Returns the verdicts, worst first, with the number of accounts of each. */
    public List<VerdictRow> verdicts() {
        return verdicts;
    }

    /** Returns the controls: by severity, then by the number of accounts in which they fail. */
    public List<ControlRow> controls() {
        return controls;
    }

    /** Returns the finding about the organization; null without one. */
    public FindingRow central() {
        return header == null || header.central() == null ? null : new FindingRow(header.central());
    }

    /** Returns what the run is about, for example {@code Organization o-a1b2c3d4e5}. */
    public String title() {
        if (isOrganization()) {
            return "Organization " + header.organization().id();
        }
        return isOneAccount() ? "Account " + accounts.get(0).name() : Sentences.counted(accounts.size(), "account");
    }

    /** Returns the verdict of the worst account. */
    public Label label() {
        return verdicts.isEmpty()
                ? new Label("?", "No accounts were read", "unknown")
                : verdicts.get(0).label();
    }

    /** For example {@code 200 accounts: 40 at risk, 2 could not be read.} */
    public String verdict() {
        String sum = verdicts.stream()
                .map(v -> String.format(
                        Locale.ENGLISH, "%,d %s", v.accounts(), v.label().word().toLowerCase(Locale.ENGLISH)))
                .collect(Collectors.joining(", ", verdicts.isEmpty() ? "" : ": ", ". "));
        return (Sentences.counted(accounts.size(), "account") + sum + stopSentence()).strip();
    }

    /** Returns one line for a build page: for one account what is open, else the verdict. */
    public String frontLine() {
        if (!isOneAccount()) {
            return verdict();
        }
        AccountRow line = accounts.get(0);
        return line.name() + ": "
                + (line.entry().reading().cause() != null ? line.worst() : Sentences.open(line.entry()));
    }

    /** Returns when, as whom and with how many calls the accounts were read. */
    public String reading() {
        if (header == null) {
            return "";
        }
        String read = "Read on " + Times.minutes(header.began()) + " as " + header.callerArn() + ".";
        return header.ended() == null ? read : read + " " + Sentences.counted(header.calls(), "call") + " to AWS.";
    }

    public List<PhaseStrip.Step> phases() {
        return PhaseStrip.of(this);
    }

    /** Whether the last reading has ended and tried every account. */
    public boolean isComplete() {
        return header != null && header.isComplete();
    }

    boolean isRunning() {
        return running;
    }

    /** Returns the number of accounts that should have been read and were not. */
    public int unread() {
        return sum(e -> e.reading().isMissing() ? 1 : 0);
    }

    /** Returns the number of findings of all accounts with a status. */
    public int count(Status status) {
        return controls.stream().mapToInt(c -> c.count(status)).sum();
    }

    /** Returns the number of failed findings of a severity. */
    public int failed(Severity severity) {
        return sum(e -> e.count(Status.FAIL, severity));
    }

    /** Returns the number of changes that are planned and not made yet. */
    public int planned() {
        return sum(AccountEntry::planned);
    }

    /** Returns the number of accounts with such changes. */
    public int plannedAccounts() {
        return sum(e -> e.planned() > 0 ? 1 : 0);
    }

    public int made() {
        return sum(AccountEntry::made);
    }

    /** Returns the number of changes that failed or whose outcome is unknown. */
    public int failedChanges() {
        return sum(AccountEntry::failed);
    }

    /** Returns the number of accounts in which all checks of phase 4 passed. */
    public int secured() {
        return sum(e -> Boolean.TRUE.equals(e.validated()) ? 1 : 0);
    }

    /** Returns the number of accounts that phase 4 checked. */
    public int validated() {
        return sum(e -> e.validated() != null ? 1 : 0);
    }

    private String stopSentence() {
        if (header == null || isComplete() || !isOrganization()) {
            return "";
        }
        StopCause stop = header.stopped();
        if (stop == null) {
            return running ? "The accounts are still being read." : "The run ended before it had read every account.";
        }
        return Causes.of(stop);
    }

    private int sum(ToIntFunction<AccountEntry> of) {
        return accounts.stream().map(AccountRow::entry).mapToInt(of).sum();
    }

    private static List<ControlRow> controls(List<AccountEntry> entries) {
        Map<String, ControlRow> lines = new LinkedHashMap<>();
        for (AccountEntry entry : entries) {
            for (ControlStatus c : entry.controls()) {
                lines.computeIfAbsent(c.control(), id -> new ControlRow(id, c.severity(), new EnumMap<>(Status.class)))
                        .counts()
                        .merge(c.status(), 1, Integer::sum);
            }
        }
        return lines.values().stream()
                .sorted(Comparator.comparing(ControlRow::level)
                        .thenComparing(c -> -c.count(Status.FAIL))
                        .thenComparing(ControlRow::control))
                .toList();
    }
}
