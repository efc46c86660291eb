package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountOutcome;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up the accounts of an organization, by verdict and by control, and keeps a line of each. Thread-safe. */
public final class OrganizationTally {

    private final List<AccountLine> lines = new ArrayList<>();
    private final Map<String, int[]> byControl = new TreeMap<>();
    private final Map<String, Finding> controls = new TreeMap<>();

    /**
     * A control over all accounts.
     *
     * @param title the requirement
     * @param cells one for each status, in the order of {@link Status}
     */
    public record ControlLine(String control, String title, String severity, List<Cell> cells) {

        public int count(Status status) {
            return cells.get(status.ordinal()).accounts();
        }
    }

    /** The number of accounts in which a control has a status. */
    public record Cell(Status status, int accounts) {

        public String word() {
            return Symbols.word(status);
        }
    }

    /** The number of accounts with the same verdict. */
    public record VerdictLine(String symbol, String word, String tone, int accounts) {}

    /** @param link to the account's own page; null when there is none */
    public synchronized void add(AccountOutcome outcome, String link) {
        lines.add(AccountLine.of(outcome, link));
        for (Finding f : outcome.state().findings().findings()) {
            controls.putIfAbsent(f.control(), f);
            byControl
                    .computeIfAbsent(f.control(), c -> new int[Status.values().length])[
                    f.status().ordinal()]++;
        }
    }

    /** Worst first. */
    public synchronized List<AccountLine> accounts() {
        return lines.stream().sorted(AccountLine.WORST_FIRST).toList();
    }

    /** Worst first. */
    public synchronized List<VerdictLine> verdicts() {
        return verdicts(accounts());
    }

    /** How many of these accounts, the worst first, stand alike. */
    public static List<VerdictLine> verdicts(List<AccountLine> worstFirst) {
        Map<String, VerdictLine> verdicts = new LinkedHashMap<>();
        for (AccountLine line : worstFirst) {
            verdicts.merge(
                    line.word(),
                    new VerdictLine(line.symbol(), line.word(), line.tone(), 1),
                    (a, b) -> new VerdictLine(a.symbol(), a.word(), a.tone(), a.accounts() + 1));
        }
        return List.copyOf(verdicts.values());
    }

    /** Those that fail most, of the worst severity, first. */
    public synchronized List<ControlLine> controls() {
        return controls.values().stream()
                .sorted(Comparator.comparing(Finding::severity)
                        .thenComparing(f -> -count(f, Status.FAIL))
                        .thenComparing(Finding::control))
                .map(f -> new ControlLine(
                        f.control(),
                        f.title(),
                        Symbols.word(f.severity()),
                        Arrays.stream(Status.values())
                                .map(status -> new Cell(status, count(f, status)))
                                .toList()))
                .toList();
    }

    private int count(Finding f, Status status) {
        return byControl.get(f.control())[status.ordinal()];
    }

    /** What was told of each control apart from any account: title, reason and remedy are the same everywhere. */
    synchronized List<Finding> rules() {
        return List.copyOf(controls.values());
    }

    /** The most calls that any one account took. */
    public synchronized long mostCalls() {
        return lines.stream().mapToLong(AccountLine::calls).max().orElse(0);
    }
}
