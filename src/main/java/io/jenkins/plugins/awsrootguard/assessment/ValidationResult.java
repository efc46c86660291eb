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

    public boolean isSecured() {
        return secured() == points.size();
    }
}
