package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.ValidationResult;
import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** One account's states on its way from unsecured to validated, evaluated by the real controls. */
public final class Fixtures {

    static final String ACCOUNT = "123456789012";
    static final Instant NOW = Instant.parse("2026-11-24T10:42:07Z");
    static final Instant REPORT = Instant.parse("2026-11-24T10:38:01Z");
    static final String KEY_ID = "AKIAIOSFODNN7EXA7XQ2";

    private Fixtures() {}

    public static AccountState assessed() {
        return AccountState.assessed(FactsFixture.unsecured("prod"));
    }

    public static AccountState judged() {
        AccountState assessed = assessed();
        return assessed.withGaps(Controls.judge(assessed.facts(), Policy.DEFAULT, Set.of()), plan());
    }

    public static AccountState secured() {
        AccountState state = judged().withApproval(new Approval(
                "Ada Lovelace", NOW.plusSeconds(60), Set.of(keyChange().id()), Set.of()));
        for (PlannedChange c : plan().changes()) {
            state = state.withChange(new ChangeRecord(
                    c.id(),
                    c.kind(),
                    c.description(),
                    ChangeRecord.Outcome.DONE,
                    c.kind().isDestructive() ? "Ada Lovelace" : null,
                    NOW.plusSeconds(90),
                    "0f7a3c1e-2f64-4b0e-9d0a-5e2f1a9b7c3d",
                    "confirmed by a live call",
                    null));
        }
        return state.withSecured(NOW.plusSeconds(95));
    }

    public static AccountState validated() {
        AccountFacts facts = FactsFixture.hardened("prod");
        List<ValidationResult.Check> points = List.of(
                new ValidationResult.Check("mfa", "Root MFA is enabled", Status.PASS, "AccountMFAEnabled = 1"),
                new ValidationResult.Check(
                        "keys", "Root has no access key", Status.PASS, "AccountAccessKeysPresent = 0"));
        return secured()
                .withValidation(
                        facts,
                        new ValidationResult(points, List.of(), Controls.judge(facts, Policy.DEFAULT, Set.of())));
    }

    /** A state with these findings only. */
    public static AccountState with(Finding... findings) {
        AccountFacts facts = FactsFixture.unsecured("prod");
        return AccountState.assessed(facts)
                .withGaps(
                        Findings.of(facts, Policy.DEFAULT.source(), List.of(findings)),
                        new RemediationPlan(ACCOUNT, NOW, List.of(), List.of(), List.of()));
    }

    static PlannedChange keyChange() {
        return new PlannedChange(
                ChangeKind.DELETE_ROOT_ACCESS_KEY,
                KEY_ID,
                "Delete root's access key AKIA…7XQ2 (active, last used 1 Nov 2026)",
                "root-access-keys",
                null,
                null);
    }

    static RemediationPlan plan() {
        return new RemediationPlan(
                ACCOUNT,
                NOW.plusSeconds(1),
                List.of(
                        new PlannedChange(
                                ChangeKind.CREATE_ADMIN_USER,
                                "root-guard-admin",
                                "Create IAM user root-guard-admin",
                                "iam-admin",
                                null,
                                null),
                        new PlannedChange(
                                ChangeKind.UPDATE_PASSWORD_POLICY,
                                ACCOUNT,
                                "Set the account password policy: 14 characters, all four classes, 24 remembered, 90 days",
                                "password-policy",
                                null,
                                null),
                        keyChange()),
                List.of(
                        new PendingTask(
                                PendingTask.What.MFA,
                                "Enable MFA for the root user",
                                List.of(
                                        "Sign in as root at https://console.aws.amazon.com/ (root user e-mail and password).",
                                        "Open the account menu, top right: Security credentials.",
                                        "Under Multi-factor authentication (MFA) choose Assign MFA device.",
                                        "Choose a security key or passkey if you have one, and follow the page."),
                                "https://console.aws.amazon.com/iam/home#/security_credentials",
                                "iam:GetAccountSummary reports AccountMFAEnabled = 1"),
                        new PendingTask(
                                PendingTask.What.PASSWORD,
                                "Change the root password",
                                List.of("Sign in as root.", "Open Security credentials: Edit password."),
                                null,
                                "Your statement, and CloudTrail's event PasswordUpdated where there is one")),
                List.of());
    }
}
