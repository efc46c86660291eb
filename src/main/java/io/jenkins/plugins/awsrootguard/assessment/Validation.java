package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.remediation.ProgressLog;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Phase 4: reads everything afresh and proves each point of a secured root user. */
public final class Validation {

    private Validation() {}

    public static ValidationRun run(
            AccountConnection connection,
            AssessmentSettings settings,
            Policy policy,
            PasswordConfirmation lastConfirmation,
            ProgressLog log) {
        Assessment.Result fresh = Assessment.run(connection, settings, lastConfirmation, log);
        ValidationResult result = prove(fresh.facts(), policy);
        for (ValidationPoint point : result.points()) {
            log.line(point.title() + ": " + point.status() + ", " + point.detail());
        }
        result.disagreements().forEach(log::line);
        return new ValidationRun(fresh, result);
    }

    /** The proof alone, on facts that were read. */
    public static ValidationResult prove(AccountFacts facts, Policy policy) {
        return prove(facts, Controls.judge(facts, policy, Set.of()));
    }

    /** The proof alone, on findings that were judged by those facts. */
    public static ValidationResult prove(AccountFacts facts, Findings findings) {
        List<ValidationPoint> points = List.of(
                point("mfa", "Root MFA is enabled", findings, "root-mfa"),
                point(
                        "access-keys",
                        "Root has no access key and no signing certificate",
                        findings,
                        "root-access-keys",
                        "root-access-keys-inactive",
                        "root-signing-certificates"),
                point("root-password", "The root password is rotated", findings, "root-password-rotation"),
                point(
                        "password-policy",
                        "The password policy complies",
                        findings,
                        "password-policy",
                        "password-policy-length",
                        "password-policy-complexity",
                        "password-policy-reuse",
                        "password-policy-expiry",
                        "password-policy-self-change"),
                point("iam-admin", "An IAM administrator with AdministratorAccess exists", findings, "iam-admin"));
        return new ValidationResult(points, Disagreements.of(facts), findings);
    }

    /**
     * A point holds when all its controls do; it is as bad as the worst of them. Controls that the policy disables are left out,
     * and so are findings with an exception in force, but the point names these.
     */
    private static ValidationPoint point(String id, String title, Findings findings, String... controls) {
        List<Finding> enabled =
                Arrays.stream(controls).flatMap(c -> findings.find(c).stream()).toList();
        List<Finding> counted = enabled.stream().filter(f -> !f.isExcepted()).toList();
        String excepted = enabled.stream()
                .filter(Finding::isExcepted)
                .map(f -> f.summary() + " Exception until " + f.exception().expires() + ", "
                        + Printable.text(f.exception().owner(), 80) + ".")
                .collect(Collectors.joining(" "));
        if (counted.isEmpty()) {
            return new ValidationPoint(
                    id, title, Status.NOT_APPLICABLE, enabled.isEmpty() ? "disabled by the policy" : excepted);
        }
        Finding worst =
                Collections.min(counted, Comparator.comparing(Finding::counted).thenComparing(Finding::severity));
        String detail = worst.status() == Status.PASS && counted.size() > 1
                ? "all " + counted.size() + " checks hold"
                : worst.summary();
        return new ValidationPoint(id, title, worst.status(), excepted.isEmpty() ? detail : detail + "; " + excepted);
    }
}
