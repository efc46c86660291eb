package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import java.util.List;

/**
 * The proof: each point, by facts read afresh.
 *
 * @param disagreements where live calls and the credential report tell different things; empty when they agree
 * @param findings all controls, judged on the same fresh facts
 */
public record ValidationResult(List<ValidationPoint> points, List<String> disagreements, Findings findings) {

    public ValidationResult {
        points = List.copyOf(points);
        disagreements = List.copyOf(disagreements);
    }

    /** Points that hold, or that cannot apply to this account. */
    public long secured() {
        return points.stream()
                .filter(p -> p.status() == Status.PASS || p.status() == Status.NOT_APPLICABLE)
                .count();
    }

    /**
     * Whether everything that was checked holds. What the run's access method can't read is not checked; root's MFA and keys, and
     * controls that the policy requires, must be.
     */
    public boolean isSecured() {
        return points.stream().noneMatch(p -> p.status().isOpen())
                && findings.findings().stream().noneMatch(f -> f.status() == Status.NOT_CHECKED && f.isOpen())
                && points.stream()
                        .filter(p -> p.id().equals("mfa") || p.id().equals("access-keys"))
                        .noneMatch(p -> p.status() == Status.NOT_CHECKED);
    }

    /** Points that this run's access method can't read. */
    public long notChecked() {
        return points.stream().filter(p -> p.status() == Status.NOT_CHECKED).count();
    }
}
