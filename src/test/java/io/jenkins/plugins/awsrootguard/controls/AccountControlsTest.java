package io.jenkins.plugins.awsrootguard.controls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.facts.ReportTime;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.policy.PolicyLoader;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The controls on what surrounds root: password policy, administrator, organization, rotation, use. */
class AccountControlsTest {

    private static final PasswordPolicy STRONG =
            new PasswordPolicy(true, 14, true, true, true, true, 90, 24, true, null);
    private static final List<String> POLICY_CONTROLS = List.of(
            "password-policy",
            "password-policy-length",
            "password-policy-complexity",
            "password-policy-reuse",
            "password-policy-expiry",
            "password-policy-self-change");

    private static Administrator admin(String name, Boolean mfa) {
        return new Administrator(name, "arn:aws:iam::123456789012:user/" + name, "Administrators", mfa);
    }

    private static Facts changed(int daysAgo) {
        return Facts.ofSample("sixteen-columns.csv")
                .summary(AccountSummary.PASSWORD_PRESENT, 1)
                .confirmed(Facts.NOW.minus(Duration.ofDays(daysAgo)));
    }

    @Test
    void awsDefaultPolicyFailsEveryPolicyControl() {
        Facts facts = Facts.unread().policy(PasswordPolicy.awsDefault());
        POLICY_CONTROLS.forEach(c -> assertEquals(Status.FAIL, facts.judge(c).status(), c));
    }

    @Test
    void aPolicyExactlyAsAskedPasses() {
        Facts facts = Facts.unread().policy(STRONG);
        POLICY_CONTROLS.forEach(c -> assertEquals(Status.PASS, facts.judge(c).status(), c));
    }

    @Test
    void eachFieldOneStepWeakerFailsItsOwnControlOnly() {
        assertFailsOnly(
                "password-policy-length", new PasswordPolicy(true, 13, true, true, true, true, 90, 24, true, null));
        assertFailsOnly(
                "password-policy-complexity",
                new PasswordPolicy(true, 14, true, true, true, false, 90, 24, true, null));
        assertFailsOnly(
                "password-policy-reuse", new PasswordPolicy(true, 14, true, true, true, true, 90, 23, true, null));
        assertFailsOnly(
                "password-policy-expiry", new PasswordPolicy(true, 14, true, true, true, true, 91, 24, true, null));
        assertFailsOnly(
                "password-policy-expiry", new PasswordPolicy(true, 14, true, true, true, true, 0, 24, true, null));
        assertFailsOnly(
                "password-policy-self-change",
                new PasswordPolicy(true, 14, true, true, true, true, 90, 24, false, null));
    }

    private static void assertFailsOnly(String control, PasswordPolicy policy) {
        Facts facts = Facts.unread().policy(policy);
        POLICY_CONTROLS.forEach(c -> assertEquals(
                c.equals(control) ? Status.FAIL : Status.PASS, facts.judge(c).status(), c));
    }

    @Test
    void theComplexityFindingNamesTheMissingKinds() {
        Finding finding = Facts.unread()
                .policy(new PasswordPolicy(true, 14, false, true, true, false, 90, 24, true, null))
                .judge("password-policy-complexity");
        assertTrue(finding.summary().contains("uppercase letters and symbols"), finding.summary());
    }

    @Test
    void noAdministratorFails() {
        assertEquals(
                Status.FAIL, Facts.unread().administrators().judge("iam-admin").status());
    }

    @Test
    void administratorsWithoutMfaFailAndOneWithItIsEnough() {
        assertEquals(
                Status.FAIL,
                Facts.unread()
                        .administrators(admin("a", false))
                        .judge("iam-admin")
                        .status());
        assertEquals(
                Status.PASS,
                Facts.unread()
                        .administrators(admin("a", false), admin("b", true))
                        .judge("iam-admin")
                        .status());
        assertEquals(
                Status.UNKNOWN,
                Facts.unread()
                        .administrators(admin("a", false), admin("b", (Boolean) null))
                        .judge("iam-admin")
                        .status());
    }

    private static Administrator admin(String name, Administrator.Standing standing) {
        return admin(name, true)
                .withStanding(standing, new Administrator.Reason(Administrator.Restriction.ORGANIZATION, null));
    }

    private static Status iamAdmin(Administrator... all) {
        return Facts.unread().administrators(all).judge("iam-admin").status();
    }

    @Test
    void anAdministratorWhomSomethingLimitsIsNone() {
        Administrator limited = admin("a", Administrator.Standing.LIMITED);
        Administrator unread = admin("b", Administrator.Standing.UNREAD);
        Administrator proven = admin("c", Administrator.Standing.VERIFIED);
        assertEquals(Status.FAIL, iamAdmin(limited));
        assertEquals(Status.FAIL, iamAdmin(admin("d", false), limited));
        assertEquals(Status.UNKNOWN, iamAdmin(unread));
        assertEquals(Status.UNKNOWN, iamAdmin(limited, unread));
        assertEquals(Status.UNKNOWN, iamAdmin(limited, unread.withMfa(null)));
        assertEquals(Status.UNKNOWN, iamAdmin(limited, admin("d", (Boolean) null)));
        assertEquals(Status.PASS, iamAdmin(proven));
        assertEquals(Status.PASS, iamAdmin(limited, proven));
        assertEquals(Status.PASS, iamAdmin(limited, unread, proven));
        assertEquals(Status.PASS, iamAdmin(admin("e", Administrator.Standing.LISTED)), "not asked");
        assertEquals(Status.FAIL, iamAdmin(proven.withMfa(false)));
    }

    @Test
    void centralManagementNeedsBothFeatures() {
        assertEquals(Status.PASS, organization(true, true, true));
        assertEquals(Status.FAIL, organization(true, true, false));
        assertEquals(Status.FAIL, organization(true, false, true));
        assertEquals(Status.NOT_APPLICABLE, organization(false, false, false));
    }

    @Test
    void centralManagementNeedsTrustedAccessForIam() {
        CentralRootManagement all = Facts.central(true, true, true);
        Fact.Source source = all.trustedAccess().source();
        for (Fact<Boolean> trusted : List.of(
                Fact.known(false, source),
                Fact.<Boolean>unread(new Unread(Unread.Kind.THROTTLED, source.call()), source))) {
            Finding finding = Facts.unread()
                    .organization(new CentralRootManagement(true, true, true, trusted, all.delegatedAdministrators()))
                    .judge("central-root-management");
            assertEquals(trusted.isKnown() ? Status.FAIL : Status.UNKNOWN, finding.status());
            assertTrue(finding.summary().contains("trusted access"), finding.summary());
        }
    }

    private static Status organization(boolean in, boolean credentials, boolean sessions) {
        return Facts.unread()
                .organization(Facts.central(in, credentials, sessions))
                .judge("central-root-management")
                .status();
    }

    @Test
    void aRootPasswordConfirmedWithinNinetyDaysPasses() {
        assertEquals(Status.PASS, changed(89).judge("root-password-rotation").status());
        assertEquals(Status.FAIL, changed(91).judge("root-password-rotation").status());
    }

    @Test
    void aRootPasswordThatNobodyConfirmedFails() {
        Facts facts = Facts.ofSample("unsecured.csv").summary(AccountSummary.PASSWORD_PRESENT, 1);
        assertEquals(Status.FAIL, facts.judge("root-password-rotation").status());
    }

    @Test
    void rootPasswordIsUnknownWhenTheReportIsDenied() {
        Facts facts = Facts.unread().summary(AccountSummary.PASSWORD_PRESENT, 1);
        assertEquals(Status.UNKNOWN, facts.judge("root-password-rotation").status());
    }

    @Test
    void noRootPasswordNeedsNoRotation() {
        Facts facts = Facts.unread().summary(AccountSummary.PASSWORD_PRESENT, 0);
        assertEquals(
                Status.NOT_APPLICABLE, facts.judge("root-password-rotation").status());
    }

    @Test
    void aConsoleLoginThatOnlyCloudTrailKnowsIsRecentUse() {
        Facts facts = Facts.ofSample("secured.csv").activity(Facts.NOW.minus(Duration.ofDays(2)), null);
        Finding finding = facts.judge("root-recent-use");
        assertEquals(Status.FAIL, finding.status());
        assertTrue(finding.summary().contains("2 days ago"), finding.summary());
        assertEquals(List.of(Subject.parse("DAY_OF_USE=2026-11-22")), finding.subjects());
    }

    @Test
    void evidenceOfRootUseNamesTheRegionThatIsSearched() {
        Finding finding = Facts.ofSample("secured.csv").activity(null, null).judge("root-recent-use");
        assertTrue(
                finding.evidence().stream()
                        .anyMatch(
                                e -> e.text().equals("no event of root in us-east-1; other Regions are not searched")),
                finding.evidence().toString());
    }

    @Test
    void aKeyWhoseUseOnlyALiveCallKnowsIsRecentUse() {
        RootAccessKey key = new RootAccessKey(
                "AKIAIOSFODNN7EXAMPLE",
                true,
                Facts.NOW.minus(Duration.ofDays(400)),
                ReportTime.at(Facts.NOW.minus(Duration.ofDays(3))),
                "iam",
                false);
        Finding finding = Facts.ofSample("secured.csv").keys(key).judge("root-recent-use");
        assertEquals(Status.FAIL, finding.status(), finding.summary());
        assertTrue(finding.summary().contains("3 days ago"), finding.summary());
    }

    @Test
    void everyControlHasAReasonARemedyAndAReference() {
        for (Rule rule : Controls.all()) {
            assertTrue(rule.why().length() > 20, rule.id());
            assertTrue(rule.remediation().length() > 20, rule.id());
            assertTrue(rule.references().stream().anyMatch(r -> r.url() != null), rule.id());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IAM_USER, IDENTITY_CENTER | AWSReservedSSO_Admin_0123456789abcdef | PASS | The role"
                        + " AWSReservedSSO_Admin_0123456789abcdef, which the policy accepts",
                "IDENTITY_CENTER | AWSReservedSSO_Admin_0123456789abcdef | PASS | The role"
                        + " AWSReservedSSO_Admin_0123456789abcdef, which the policy accepts",
                "IAM_USER | AWSReservedSSO_Admin_0123456789abcdef | FAIL | No IAM user or accepted role has",
                "IDENTITY_CENTER | AWSReservedSSO_Admin | FAIL | No role that the policy accepts",
                "IAM_USER, IDENTITY_CENTER | BreakGlass | FAIL | No IAM user or accepted role has",
                "BreakGlass | BreakGlass | PASS | The role BreakGlass, which the policy accepts",
            })
    void anAcceptedRoleAdministersTheAccount(String accept, String role, Status status, String summary) {
        Policy policy = PolicyLoader.load(
                new PolicyLoader.Text("root-guard.yml", "administrators: {accept: [" + accept + "]}"));
        Administrator holder = new Administrator(role, "arn:aws:iam::123456789012:role/" + role, null, null);
        Finding finding = Controls.judge(Facts.unread().administrators(holder).build(), policy, Set.of())
                .find("iam-admin")
                .orElseThrow();
        assertEquals(status, finding.status());
        assertTrue(finding.summary().startsWith(summary), finding.summary());
    }

    @Test
    void accountsInChinaHaveNoRootUserToJudge() {
        Findings findings =
                Controls.judge(Facts.unread().partition(Partition.AWS_CN).build(), Policy.DEFAULT, Set.of());
        List<Finding> aboutRoot = findings.findings().stream()
                .filter(f -> f.control().startsWith("root-"))
                .toList();
        assertEquals(9, aboutRoot.size());
        aboutRoot.forEach(f -> {
            assertEquals(Status.NOT_APPLICABLE, f.status(), f.control());
            assertEquals("Accounts in the partition aws-cn have no root user.", f.summary());
        });
        assertEquals(Status.UNKNOWN, findings.find("iam-admin").orElseThrow().status());
    }
}
