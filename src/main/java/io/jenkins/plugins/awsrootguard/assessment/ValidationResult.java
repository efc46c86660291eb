package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportCertificate;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportKey;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportRoot;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Times;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The result of phase 4: whether the root user is secured, by facts that were read again.
 *
 * @param disagreements where the account summary and the credential report contradict each other
 * @param findings of all controls, judged on the same facts
 */
public record ValidationResult(List<Check> points, List<String> disagreements, Findings findings) {

    /**
     * One check of a secured root user.
     *
     * @param id for example {@code mfa}
     * @param title for example "Root MFA is enabled"
     * @param accepted whether every control of the check that did not pass has an exception in force
     */
    public record Check(String id, String title, Status status, String detail, boolean accepted) {

        public Check(String id, String title, Status status, String detail) {
            this(id, title, status, detail, false);
        }
    }

    public ValidationResult {
        points = List.copyOf(points);
        disagreements = List.copyOf(disagreements);
    }

    /** @param findings judged on these facts */
    static ValidationResult of(AccountFacts facts, Findings findings) {
        List<Check> points = List.of(
                check("mfa", "Root MFA is enabled", findings, "root-mfa"),
                check(
                        "access-keys",
                        "Root has no access key and no signing certificate",
                        findings,
                        "root-access-keys",
                        "root-access-keys-inactive",
                        "root-signing-certificates"),
                check("root-password", "The root password is rotated", findings, "root-password-rotation"),
                check(
                        "password-policy",
                        "The password policy complies",
                        findings,
                        "password-policy",
                        "password-policy-length",
                        "password-policy-complexity",
                        "password-policy-reuse",
                        "password-policy-expiry",
                        "password-policy-self-change"),
                check("iam-admin", "An IAM administrator with AdministratorAccess exists", findings, "iam-admin"));
        return new ValidationResult(points, disagreements(facts), findings);
    }

    /** A check has the status of its worst control. Controls that the policy disables are left out. */
    private static Check check(String id, String title, Findings findings, String... controls) {
        List<Finding> enabled =
                Arrays.stream(controls).flatMap(c -> findings.find(c).stream()).toList();
        if (enabled.isEmpty()) {
            return new Check(id, title, Status.NOT_APPLICABLE, "disabled by the policy");
        }
        // What has no exception is worse than what has one.
        Finding worst = Collections.min(
                enabled,
                Comparator.comparing((Finding f) -> !f.isOpen())
                        .thenComparing(Finding::status)
                        .thenComparing(Finding::severity));
        String detail = worst.status() == Status.PASS && enabled.size() > 1
                ? "all " + enabled.size() + " controls passed"
                : worst.sentence();
        boolean accepted = worst.isExcepted() && worst.status().isOpen();
        String exception = accepted
                ? " Exception until " + Times.day(worst.exception().expires()) + ", "
                        + Printable.text(worst.exception().owner(), 80) + "."
                : "";
        return new Check(id, title, worst.status(), detail + exception, accepted);
    }

    /** Where the account summary (live) and the credential report (up to four hours old) report different things. */
    private static List<String> disagreements(AccountFacts facts) {
        if (!facts.report().isKnown() || !facts.summary().isKnown()) {
            return List.of();
        }
        ReportRoot root = facts.report().get().root();
        boolean key = root.keys().stream().anyMatch(k -> k.isActive() || k.isInactive());
        boolean noKey = !key && root.keys().stream().allMatch(ReportKey::isReported);
        boolean certificate = root.certificates().stream().anyMatch(ReportCertificate::exists);
        boolean noCertificate = !certificate && root.certificates().stream().allMatch(ReportCertificate::isReported);
        return Stream.of(
                        disagreement(facts, "root MFA", AccountSummary.MFA_ENABLED, root.mfaActive()),
                        disagreement(facts, "a root password", AccountSummary.PASSWORD_PRESENT, root.passwordEnabled()),
                        disagreement(
                                facts,
                                "a root access key",
                                AccountSummary.ACCESS_KEYS_PRESENT,
                                key || noKey ? key : null),
                        disagreement(
                                facts,
                                "a root signing certificate",
                                AccountSummary.SIGNING_CERTIFICATES_PRESENT,
                                certificate || noCertificate ? certificate : null))
                .flatMap(Optional::stream)
                .toList();
    }

    /** @param reported null if the credential report does not report it */
    private static Optional<String> disagreement(AccountFacts facts, String what, String key, Boolean reported) {
        OptionalInt live = facts.summary().get().value(key);
        if (live.isEmpty() || reported == null || reported == live.getAsInt() > 0) {
            return Optional.empty();
        }
        return Optional.of("AWS's two sources disagree on " + what + ": the account summary, live, says "
                + (live.getAsInt() > 0 ? "yes" : "no") + "; the credential report of "
                + Times.minutes(facts.report().get().generatedAt()) + " says " + (reported ? "yes" : "no")
                + ". The live call counts; the report follows within four hours.");
    }

    /** How many checks passed, or do not apply to this account. */
    public long secured() {
        return count(Status.PASS) + count(Status.NOT_APPLICABLE);
    }

    /**
     * Whether every check passed that was made. What the access method can't read is not checked; root's MFA and keys, and
     * controls that the policy requires, must be.
     */
    public boolean isSecured() {
        return failed().isEmpty()
                && findings.findings().stream().noneMatch(f -> f.status() == Status.NOT_CHECKED && f.isOpen())
                && points.stream()
                        .filter(p -> p.id().equals("mfa") || p.id().equals("access-keys"))
                        .noneMatch(p -> p.status() == Status.NOT_CHECKED);
    }

    /** The checks that failed or are unknown, without those whose risk is accepted. */
    public List<Check> failed() {
        return points.stream().filter(p -> p.status().isOpen() && !p.accepted()).toList();
    }

    /** How many checks did not pass and have an exception in force. */
    public long accepted() {
        return points.stream().filter(Check::accepted).count();
    }

    /** How many checks the access method of the run can't make. */
    public long notChecked() {
        return count(Status.NOT_CHECKED);
    }

    private long count(Status status) {
        return points.stream().filter(p -> p.status() == status).count();
    }
}
