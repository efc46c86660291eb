package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.assessment.QualityGate.Result;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate.UnknownPolicy;
import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Facts;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.facts.ReportTime;
import io.jenkins.plugins.awsrootguard.facts.Times;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.policy.PolicyLoader;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import io.jenkins.plugins.awsrootguard.report.Sentences;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy changes in findings, gates, verdicts, plans and verification. */
class PolicyInForceTest {

    private static final QualityGate STRICT =
            new QualityGate(Severity.LOW, null, UnknownPolicy.IGNORE, UnknownPolicy.FAIL, false);

    @Test
    void aDisabledControlIsInNoFindingPlanOrPoint() {
        Policy policy = policy("controls:\n"
                + Stream.of("root-access-keys", "root-access-keys-inactive", "root-signing-certificates")
                        .map(c -> "  " + c + ": {enabled: false}\n")
                        .collect(Collectors.joining()));
        AccountFacts facts = withKey();
        Gaps gaps = EngineFixture.judge(facts, policy, RemediationSettings.DEFAULT);
        assertTrue(gaps.findings().find("root-access-keys").isEmpty());
        assertTrue(deletions(gaps).isEmpty());
        ValidationResult.Check point = point(EngineFixture.validate(facts, policy), "access-keys");
        assertEquals(Status.NOT_APPLICABLE, point.status());
        assertEquals("disabled by the policy", point.detail());
        assertFalse(deletions(EngineFixture.judge(facts, Policy.DEFAULT, RemediationSettings.DEFAULT))
                .isEmpty());
    }

    @Test
    void aDisabledControlIsLeftOutOfItsPoint() {
        Policy policy = policy("controls: {root-access-keys: {enabled: false}}");
        ValidationResult.Check point = point(EngineFixture.validate(withKey(), policy), "access-keys");
        assertEquals(Status.PASS, point.status());
        assertEquals("all 2 controls passed", point.detail());
    }

    @Test
    void theSeverityIsThePolicys() {
        Finding finding = Controls.judge(withKey(), policy("preset: security-hub"), Set.of())
                .find("root-access-keys-inactive")
                .orElseThrow();
        assertEquals(Severity.CRITICAL, finding.severity());
    }

    /** The facts are older than the exception that expired yesterday. */
    @ParameterizedTest
    @CsvSource({"1, true, PASSED", "-1, false, FAILED"})
    void anExceptionDoesNotCountUntilItExpires(int days, boolean inForce, Result gate) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        LocalDate read = LocalDate.ofInstant(Facts.NOW, ZoneOffset.UTC);
        LocalDate expires = (today.isAfter(read) ? today : read).plusDays(days);
        Policy policy = policy(only("root-access-keys") + exception("root-access-keys", expires.toString()));
        Gaps gaps = EngineFixture.judge(withKey(), policy, RemediationSettings.DEFAULT);
        Finding finding = gaps.findings().find("root-access-keys").orElseThrow();
        assertEquals(Status.FAIL, finding.status());
        assertEquals(inForce, finding.exception().inForce());
        assertEquals("the mainframe still signs with it", finding.exception().reason());
        assertEquals(inForce ? 0 : 1, gaps.findings().count(Status.FAIL));
        assertEquals(inForce ? 0 : 1, deletions(gaps).size());
        assertEquals(
                "Root has an active access key."
                        + (inForce ? "" : " The exception of ciso@example.com expired on " + Times.day(expires) + "."),
                finding.sentence());
        AccountState state = AccountState.assessed(withKey()).withGaps(gaps.findings(), gaps.plan());
        assertEquals(inForce ? Standing.NO_GAPS_EXCEPT_ACCEPTED : Standing.AT_RISK, Standing.of(state));
        AccountEntry entry = AccountEntry.of(state);
        assertEquals(inForce ? 0 : 1, entry.count(Status.FAIL));
        assertEquals(gate, STRICT.judge(null, List.of(entry)).result());
        assertEquals(
                entry.controls(),
                List.of(ControlStatus.parse(entry.controls().get(0).saved())));
        ValidationResult.Check point = point(EngineFixture.validate(withKey(), policy), "access-keys");
        assertEquals(Status.FAIL, point.status());
        assertEquals(inForce, point.accepted());
        assertTrue(
                !inForce || point.detail().endsWith("Exception until " + Times.day(expires) + ", ciso@example.com."),
                point.detail());
    }

    @Test
    void anAcceptedRiskIsNeverCalledSecuredWithoutSayingSo() {
        Policy policy = policy(only("root-access-keys") + exception("root-access-keys", "9999-12-31"));
        Gaps gaps = EngineFixture.judge(withKey(), policy, RemediationSettings.DEFAULT);
        ValidationResult result = EngineFixture.validate(withKey(), policy);
        AccountState state = AccountState.assessed(withKey())
                .withGaps(gaps.findings(), gaps.plan())
                .withValidation(withKey(), result);
        assertTrue(result.isSecured());
        assertEquals(4, result.secured());
        assertEquals(1, result.accepted());
        assertEquals(Standing.ACCEPTED, Standing.of(state));
        assertTrue(
                Sentences.verdict(state)
                        .contains("is secured except for 1 accepted risk: 4 of 5 checks passed, 1 accepted"),
                Sentences.verdict(state));
    }

    @Test
    void aPassedFindingHasNoException() {
        Policy policy = policy(exception("root-access-keys-inactive", "2030-01-01"));
        assertNull(Controls.judge(withKey(), policy, Set.of())
                .find("root-access-keys-inactive")
                .orElseThrow()
                .exception());
    }

    @ParameterizedTest
    @CsvSource({"true, FAILED", "false, PASSED"})
    void aRequiredControlThatWasNotCheckedCountsAsUnknown(boolean required, Result expected) {
        Policy policy = policy(only("password-policy") + "  password-policy: {required: " + required + "}\n");
        Gaps gaps = EngineFixture.judge(memberFacts(), policy, RemediationSettings.DEFAULT);
        Findings findings = gaps.findings();
        AccountState state = AccountState.assessed(memberFacts()).withGaps(findings, gaps.plan());
        assertEquals(Status.NOT_CHECKED, findings.findings().get(0).status());
        assertEquals(
                expected,
                new QualityGate(Severity.HIGH, null, UnknownPolicy.FAIL, UnknownPolicy.FAIL, false)
                        .judge(null, List.of(AccountEntry.of(state)))
                        .result());
        assertEquals(!required, ValidationResult.of(memberFacts(), findings).isSecured());
    }

    @Test
    void exceptionsThatMatchNoAccountAreFound() {
        Policy policy = policy("""
                exceptions:
                  - {control: root-mfa, accounts: ['111111111111'], reason: r, owner: typo, expires: 2030-01-01}
                  - {control: root-mfa, accounts: ['123456789012'], reason: r, owner: account, expires: 2030-01-01}
                  - {control: root-mfa, organizationalUnits: [ou-a1b2-c3d4e5f6], reason: r, owner: unit, expires: 2030-01-01}
                  - {control: root-mfa, organizationalUnits: [ou-a1b2-99999999], reason: r, owner: empty, expires: 2030-01-01}
                """);
        Gaps gaps = EngineFixture.judge(withKey(), policy, RemediationSettings.DEFAULT);
        AccountEntry entry = AccountEntry.of(AccountState.assessed(withKey()).withGaps(gaps.findings(), gaps.plan()));
        RunPolicy run = RunPolicy.of(policy, Map.of("ou-a1b2-c3d4e5f6", Set.of(Facts.ACCOUNT)));
        assertEquals(
                List.of("typo", "empty"),
                run.unmatched(List.of(entry)).stream().map(e -> e.owner()).toList());
    }

    @Test
    void planRequiresNoExpiryWhenThePolicyRequiresNone() {
        String plan = passwordPlan(PasswordPolicy.awsDefault(), "preset: cis-7.0.0");
        assertEquals(
                "Set the account password policy: minimum length 14, uppercase letters, lowercase letters and numbers"
                        + " required, 24 passwords remembered, no expiry, users cannot change their own password",
                plan);
    }

    @Test
    void planWeakensNothing() {
        PasswordPolicy now = new PasswordPolicy(true, 20, false, false, false, true, 30, 3, true, false);
        assertEquals(
                "Set the account password policy: minimum length 20, lowercase letters, numbers and symbols required, 4"
                        + " passwords remembered, expiry after 30 days, users can change their own password",
                passwordPlan(now, "preset: pci-dss-4.0.1"));
    }

    private static String passwordPlan(PasswordPolicy now, String yaml) {
        return EngineFixture.judge(Facts.unread().policy(now).build(), policy(yaml), RemediationSettings.DEFAULT)
                .plan()
                .changes()
                .stream()
                .filter(c -> c.kind() == ChangeKind.UPDATE_PASSWORD_POLICY)
                .map(PlannedChange::description)
                .findFirst()
                .orElseThrow();
    }

    private static List<PlannedChange> deletions(Gaps gaps) {
        return gaps.plan().changes().stream()
                .filter(c -> c.kind() == ChangeKind.DELETE_ROOT_ACCESS_KEY)
                .toList();
    }

    private static ValidationResult.Check point(ValidationResult result, String id) {
        return result.points().stream()
                .filter(p -> p.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Disables every other control. */
    private static String only(String control) {
        return "controls:\n"
                + Policy.DEFAULT.controlIds().stream()
                        .filter(c -> !c.equals(control))
                        .map(c -> "  " + c + ": {enabled: false}\n")
                        .collect(Collectors.joining());
    }

    private static String exception(String control, String expires) {
        return """
                exceptions:
                  - control: %s
                    accounts: ['%s']
                    reason: the mainframe still signs with it
                    owner: ciso@example.com
                    expires: %s
                """.formatted(control, Facts.ACCOUNT, expires);
    }

    private static AccountFacts withKey() {
        return Facts.unread()
                .summary(AccountSummary.ACCESS_KEYS_PRESENT, 1)
                .keys(new RootAccessKey(
                        "AKIAIOSFODNN7EXAMPLE",
                        true,
                        Facts.NOW.minus(Duration.ofDays(400)),
                        ReportTime.at(Facts.NOW.minus(Duration.ofDays(300))),
                        "iam",
                        false))
                .certificates()
                .build();
    }

    /** A root session cannot read the password policy. */
    private static AccountFacts memberFacts() {
        return Facts.unread()
                .route(AccessMethod.ROOT_SESSION)
                .policyUnread(Unread.Kind.NEEDS_MEMBER_ROLE)
                .build();
    }

    private static Policy policy(String yaml) {
        return PolicyLoader.load(new PolicyLoader.Text("root-guard.yml", yaml));
    }
}
