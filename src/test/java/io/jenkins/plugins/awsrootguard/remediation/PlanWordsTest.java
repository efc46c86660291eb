package io.jenkins.plugins.awsrootguard.remediation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awsrootguard.assessment.Gaps;
import io.jenkins.plugins.awsrootguard.assessment.Validation;
import io.jenkins.plugins.awsrootguard.assessment.ValidationResult;
import io.jenkins.plugins.awsrootguard.controls.Facts;
import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.MfaDevice;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.facts.ReportTime;
import io.jenkins.plugins.awsrootguard.facts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.facts.RootMfaDevices;
import io.jenkins.plugins.awsrootguard.facts.SigningCertificate;
import io.jenkins.plugins.awsrootguard.policy.Thresholds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Word for word what people read of a plan before they approve it, of what is left to them, and of the proof. When a text is
 * changed on purpose, the new ones are in {@code target/plan-words.txt}: read them, then put that file in the place of the old
 * one.
 */
class PlanWordsTest {

    private static final String EXPECTED = "/io/jenkins/plugins/awsrootguard/remediation/plan-words.txt";
    private static final Instant LONG_AGO = Instant.parse("2019-03-01T10:00:00Z");
    private static final RemediationSettings USUAL = RemediationSettings.DEFAULT;
    private static final RemediationSettings REMOVE = USUAL.withRemoveRootPassword(true);
    private static final CentralRootManagement CENTRAL = new CentralRootManagement(true, true, true);

    private final StringBuilder out = new StringBuilder();

    @Test
    void peopleReadWhatIsMeant() throws IOException {
        plan("by a principal", wrong(AccessMethod.PRINCIPAL), USUAL);
        plan("by a principal who can't list root's credentials", seenFromOutside(), USUAL);
        plan("with root's own key", wrong(AccessMethod.ROOT_KEY), USUAL);
        plan(
                "with root's own key, all named",
                wrong(AccessMethod.ROOT_KEY),
                naming("AKIAEXAMPLEEXAMP7XQ2", "AKIA…8YR3"));
        plan("in a session", wrong(AccessMethod.ROOT_SESSION), USUAL);
        plan(
                "in a session, the password to go",
                wrong(AccessMethod.ROOT_SESSION).organization(CENTRAL),
                REMOVE);
        plan(
                "in a session, the password to go, central management off",
                wrong(AccessMethod.ROOT_SESSION).organization(new CentralRootManagement(true, true, false)),
                REMOVE);
        plan("in a session, the password to go, central management not read", wrong(AccessMethod.ROOT_SESSION), REMOVE);
        plan(
                "in a session, the password to go, devices not read",
                summary(Facts.unread(), 1, 1, 0, 0)
                        .route(AccessMethod.ROOT_SESSION)
                        .organization(CENTRAL),
                REMOVE);
        plan(
                "the password to go, with root's own key",
                wrong(AccessMethod.ROOT_KEY).organization(CENTRAL),
                REMOVE);
        plan(
                "the password is gone",
                summary(Facts.unread(), 1, 0, 0, 0)
                        .route(AccessMethod.ROOT_SESSION)
                        .mfaDevices(devices(true))
                        .organization(CENTRAL),
                REMOVE);
        plan(
                "without a group",
                wrong(AccessMethod.PRINCIPAL),
                new RemediationSettings("boss", null, USUAL.tags(), Set.of()));
        plan(
                "an administrator of another name without MFA",
                Facts.unread().administrators(admin("carol", false), admin("dave", false)),
                USUAL);
        plan(
                "our administrator without MFA",
                Facts.unread().administrators(admin("carol", false), admin(USUAL.adminUserName(), false)),
                USUAL);
        plan(
                "an administrator of another name whom something limits",
                Facts.unread().administrators(limited("carol"), admin("dave", false)),
                USUAL);
        plan("the only administrator is limited", Facts.unread().administrators(limited("carol")), USUAL);
        plan(
                "our administrator is limited",
                Facts.unread().administrators(limited("carol"), limited(USUAL.adminUserName())),
                USUAL);
        plan("a policy that is stricter in part", Facts.unread().policy(policy(20, 30, 3)), USUAL);
        plan("GovCloud", wrong(AccessMethod.ROOT_KEY).partition(Partition.AWS_US_GOV), USUAL);
        plan("China", wrong(AccessMethod.ROOT_KEY).partition(Partition.AWS_CN), USUAL);
        plan("nothing read", Facts.unread(), USUAL);
        plan("secured", secured(), USUAL);
        plan("secured since the report was made", secured().report(Facts.sample("unsecured.csv"), Facts.NOW), USUAL);
        plan("undone since the report was made", summary(Facts.ofSample("secured.csv"), 0, 1, 1, 1), USUAL);
        task(Instructions.forTask(PendingTask.What.PLAN, Facts.unread().build(), USUAL));
        for (PendingTask.What what : PendingTask.What.values()) {
            task(Instructions.forTask(what, null, USUAL));
        }
        Path actual = Path.of("target", "plan-words.txt");
        Files.createDirectories(actual.getParent());
        Files.writeString(actual, out);
        try (InputStream in = getClass().getResourceAsStream(EXPECTED)) {
            assertEquals(new String(in.readAllBytes(), StandardCharsets.UTF_8), out.toString());
        }
    }

    private void plan(String name, Facts made, RemediationSettings settings) {
        AccountFacts facts = made.build();
        RemediationPlan plan = Gaps.judge(facts, Thresholds.DEFAULT, settings).plan();
        out.append("== ").append(name).append('\n');
        for (PlannedChange c : plan.changes()) {
            out.append(c.kind())
                    .append(" [")
                    .append(c.control())
                    .append("] ")
                    .append(c.target())
                    .append(": ");
            out.append(c.description()).append('\n');
            if (c.isBlocked()) {
                out.append("    not now").append(c.canBeNamed() ? ", can be named: " : ": ");
                out.append(c.blockedBecause()).append('\n');
            }
        }
        plan.pending().forEach(this::task);
        ValidationResult proof = Validation.prove(facts, Thresholds.DEFAULT);
        proof.points().forEach(p -> line(p.id() + " " + p.status() + ": " + p.title() + "; " + p.detail()));
        proof.disagreements().forEach(this::line);
        line("proven: " + proof.secured() + ", " + proof.isSecured());
        out.append('\n');
    }

    private void task(PendingTask task) {
        line(task.what() + " " + task.title());
        task.steps().forEach(s -> line("    - " + s));
        line("    at " + task.url());
        line("    believed when " + task.verifiedBy());
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private static RemediationSettings naming(String... keys) {
        return USUAL.withNamedKeys(Set.of(keys));
    }

    private static Facts seenFromOutside() {
        return summary(Facts.ofSample("unsecured.csv"), 0, 1, 1, 1).administrators(admin("carol", true));
    }

    private static Facts wrong(AccessMethod route) {
        return summary(Facts.unread(), 0, 1, 1, 1)
                .route(route)
                .mfaDevices(devices(false))
                .keys(
                        key("AKIAEXAMPLEEXAMP7XQ2", true, ReportTime.at(Facts.NOW), true),
                        key("AKIAEXAMPLEEXAMP8YR3", true, ReportTime.at(days(89)), false),
                        key("AKIAEXAMPLEEXAMP9ZS4", false, ReportTime.at(days(90)), false),
                        key("AKIAEXAMPLEEXAMP0AT5", false, ReportTime.NEVER_USED, false),
                        key("AKIAEXAMPLEEXAMP1BU6", true, ReportTime.NOT_TOLD, false))
                .certificates(new SigningCertificate("CERTONE", true, LONG_AGO))
                .policy(PasswordPolicy.awsDefault())
                .administrators();
    }

    private static Facts secured() {
        return summary(Facts.ofSample("secured.csv"), 1, 1, 0, 0)
                .route(AccessMethod.ROOT_KEY)
                .mfaDevices(devices(true))
                .keys()
                .certificates()
                .policy(policy(14, 90, 24))
                .administrators(admin("carol", true))
                .organization(CENTRAL)
                .confirmed(days(1));
    }

    private static Facts summary(Facts facts, int mfa, int password, int keys, int certificates) {
        return facts.summary(AccountSummary.MFA_ENABLED, mfa)
                .summary(AccountSummary.PASSWORD_PRESENT, password)
                .summary(AccountSummary.ACCESS_KEYS_PRESENT, keys)
                .summary(AccountSummary.SIGNING_CERTIFICATES_PRESENT, certificates);
    }

    private static RootMfaDevices devices(boolean any) {
        return new RootMfaDevices(
                any
                        ? List.of(
                                new MfaDevice("arn:aws:iam::123456789012:mfa/phone", true, LONG_AGO),
                                new MfaDevice("GAHT12345678", false, LONG_AGO))
                        : List.of(),
                true);
    }

    private static RootAccessKey key(String id, boolean active, ReportTime used, boolean signs) {
        return new RootAccessKey(id, active, LONG_AGO, used, used.isAt() && active ? "iam" : null, signs);
    }

    private static Administrator admin(String name, boolean mfa) {
        return new Administrator(name, "arn:aws:iam::123456789012:user/" + name, null, mfa);
    }

    private static Administrator limited(String name) {
        return admin(name, true).withStanding(Administrator.Standing.LIMITED, "the permissions boundary b bounds it");
    }

    private static PasswordPolicy policy(int length, int age, int reuse) {
        return new PasswordPolicy(true, length, true, true, true, true, age, reuse, true, null);
    }

    private static Instant days(int ago) {
        return Facts.NOW.minus(Duration.ofDays(ago));
    }
}
