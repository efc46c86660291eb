package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.util.Collection;
import java.util.List;
import java.util.function.ToLongBiFunction;

/**
 * Decides what findings mean for a build.
 *
 * @param failOn a finding of this severity or worse fails the build; null: none does
 * @param unstableOn a finding of this severity or worse makes the build unstable; null: none does
 * @param unknown what a finding counts that could not be read
 * @param unreadAccounts what an account counts of which nothing could be read; its findings count no more
 * @param newOnly whether findings that an earlier run had, too, do not count ({@link Difference})
 */
public record QualityGate(
        Severity failOn, Severity unstableOn, UnknownPolicy unknown, UnknownPolicy unreadAccounts, boolean newOnly) {

    /** What a quality gate makes of a finding that could not be read. */
    public enum UnknownPolicy {
        /** As if it had failed. */
        FAIL,
        /** The build becomes unstable, never failed. */
        UNSTABLE,
        /** It does not count. It is still shown. */
        IGNORE
    }

    /** Passes whatever was found. */
    public static final QualityGate NONE =
            new QualityGate(null, null, UnknownPolicy.IGNORE, UnknownPolicy.IGNORE, false);

    public static final QualityGate DEFAULT =
            new QualityGate(null, Severity.HIGH, UnknownPolicy.FAIL, UnknownPolicy.FAIL, false);

    /** A gate's verdict; {@code reason} is one line, empty when it passed. */
    public record Outcome(Result result, String reason) {

        /** Both: the worse result, and both reasons. */
        private Outcome and(Outcome other) {
            Result worse = result.compareTo(other.result) > 0 ? result : other.result;
            String both = reason + (reason.isEmpty() || other.reason.isEmpty() ? "" : "; ") + other.reason;
            return new Outcome(worse, both);
        }
    }

    public enum Result {
        PASSED,
        UNSTABLE,
        FAILED
    }

    /**
     * Judges the accounts of a run.
     *
     * @param central the finding on the organization itself; null for one account
     */
    public Outcome judge(Finding central, Collection<AccountEntry> accounts) {
        long unread = accounts.stream().filter(a -> a.reading().isMissing()).count();
        List<AccountEntry> read =
                accounts.stream().filter(a -> !a.reading().isMissing()).toList();
        Outcome found = judge((status, severity) ->
                read.stream().mapToLong(a -> count(a, status, severity)).sum()
                        + (central != null
                                        && central.counted() == status
                                        && central.severity().isAtLeast(severity)
                                ? 1
                                : 0));
        if (found.result() != Result.PASSED && (central != null || accounts.size() > 1)) {
            long open = read.stream()
                    .filter(a -> judge((s, t) -> count(a, s, t)).result() != Result.PASSED)
                    .count();
            found = new Outcome(
                    found.result(), found.reason() + ", in " + open + " of " + accounts.size() + " accounts");
        }
        return unread == 0 ? found : found.and(unread(unread));
    }

    private Outcome unread(long accounts) {
        String reason = accounts + (accounts == 1 ? " account" : " accounts") + " could not be read";
        return switch (unreadAccounts) {
            case FAIL -> new Outcome(Result.FAILED, reason);
            case UNSTABLE -> new Outcome(Result.UNSTABLE, reason);
            case IGNORE -> new Outcome(Result.PASSED, "");
        };
    }

    private static long count(AccountEntry account, Status status, Severity threshold) {
        return account.controls().stream()
                .filter(c -> c.counted() == status && c.severity().isAtLeast(threshold))
                .count();
    }

    private Outcome judge(ToLongBiFunction<Status, Severity> findings) {
        long failed = count(findings, Status.FAIL, failOn);
        long unknownFailed = count(findings, Status.UNKNOWN, failOn);
        if (failed > 0 || (unknown == UnknownPolicy.FAIL && unknownFailed > 0)) {
            return new Outcome(Result.FAILED, reason(failed, unknownCounted(unknownFailed), failOn));
        }
        long unstable = count(findings, Status.FAIL, unstableOn);
        long unknownUnstable = Math.max(count(findings, Status.UNKNOWN, unstableOn), unknownFailed);
        if (unstable > 0 || (unknown != UnknownPolicy.IGNORE && unknownUnstable > 0)) {
            return new Outcome(
                    Result.UNSTABLE,
                    reason(unstable, unknownCounted(unknownUnstable), unstableOn == null ? failOn : unstableOn));
        }
        return new Outcome(Result.PASSED, "");
    }

    private long unknownCounted(long n) {
        return unknown == UnknownPolicy.IGNORE ? 0 : n;
    }

    private static long count(ToLongBiFunction<Status, Severity> findings, Status status, Severity threshold) {
        return threshold == null ? 0 : findings.applyAsLong(status, threshold);
    }

    private String reason(long failed, long unknown, Severity threshold) {
        String found = failed + (newOnly ? " new" : "") + (failed == 1 ? " finding" : " findings");
        String level = " of severity " + threshold + (threshold == Severity.CRITICAL ? "" : " or worse");
        return unknown == 0 ? found + level : found + " and " + unknown + " that could not be read," + level;
    }
}
