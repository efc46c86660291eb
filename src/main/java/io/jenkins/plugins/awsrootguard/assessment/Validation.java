package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.policy.Thresholds;
import io.jenkins.plugins.awsrootguard.remediation.ProgressLog;
import java.util.Comparator;
import java.util.List;

/** Phase 4: reads everything afresh and proves each point of a secured root user. */
public final class Validation {

    private Validation() {}

    public static ValidationRun run(
            AccountConnection connection,
            AssessmentSettings settings,
            Thresholds thresholds,
            PasswordConfirmation lastConfirmation,
            ProgressLog log) {
        Assessment.Result fresh = Assessment.run(connection, settings, lastConfirmation, log);
        ValidationResult result = prove(fresh.facts(), thresholds);
        for (ValidationPoint point : result.points()) {
            log.line(point.title() + ": " + point.status() + ", " + point.detail());
        }
        result.disagreements().forEach(log::line);
        return new ValidationRun(fresh, result);
    }

    /** The proof alone, on facts that were read. */
    public static ValidationResult prove(AccountFacts facts, Thresholds thresholds) {
        return prove(facts, Controls.judge(facts, thresholds));
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

    /** A point holds when all its controls do; it is as bad as the worst of them, and says why. */
    private static ValidationPoint point(String id, String title, Findings findings, String... controls) {
        Finding worst = List.of(controls).stream()
                .map(c -> findings.find(c).orElseThrow())
                .min(Comparator.comparing(Finding::status).thenComparing(Finding::severity))
                .orElseThrow();
        Status status = worst.status();
        String detail = status == Status.PASS && controls.length > 1
                ? "all " + controls.length + " checks hold"
                : worst.summary();
        return new ValidationPoint(id, title, status, detail);
    }
}
