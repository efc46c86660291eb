package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;

/**
 * Decides what findings mean for a build.
 *
 * @param failOn a finding of this severity or worse fails the build; null: none does
 * @param unstableOn a finding of this severity or worse makes the build unstable; null: none does
 * @param unknown what a finding counts that could not be read
 */
public record QualityGate(Severity failOn, Severity unstableOn, UnknownPolicy unknown) {

    public static final QualityGate DEFAULT = new QualityGate(null, Severity.HIGH, UnknownPolicy.FAIL);

    /** A gate's verdict; {@code reason} is one line, empty when it passed. */
    public record Outcome(Result result, String reason) {}

    public enum Result {
        PASSED,
        UNSTABLE,
        FAILED
    }

    public Outcome judge(Findings findings) {
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

    private static long count(Findings findings, Status status, Severity threshold) {
        return threshold == null ? 0 : findings.atLeast(status, threshold).size();
    }

    private static String reason(long failed, long unknown, Severity threshold) {
        String level = " of severity " + threshold + (threshold == Severity.CRITICAL ? "" : " or worse");
        if (unknown == 0) {
            return failed + (failed == 1 ? " finding" : " findings") + level;
        }
        return failed + (failed == 1 ? " finding" : " findings") + " and " + unknown + " that could not be read,"
                + level;
    }
}
