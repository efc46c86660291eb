package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedRole;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.policy.PolicyLoader;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An account that one role of its own administers, which the policy accepts and somebody used two days ago. */
class RoleTrustTest extends EngineFixture {

    private EmulatedAccount account;
    private EmulatedRole role;

    @BeforeEach
    void createAccount() {
        policy = PolicyLoader.load(
                new PolicyLoader.Text("root-guard.yml", "administrators: {accept: [IAM_USER, Operations]}"));
        account = Presets.unsecured(aws, ID);
        account.root().passwordPresent(false);
        role = account.createRole("Operations").lastUsed(Instant.now().minus(Duration.ofDays(2)));
        role.attachedPolicies().add(account.administratorAccess());
    }

    private void trust(String statement) {
        role.trustPolicy("{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\":"
                + " [\"sts:AssumeRole\", \"sts:AssumeRoleWithSAML\", \"sts:AssumeRoleWithWebIdentity\"], " + statement
                + "}]}");
    }

    private void assertFinding(Status status, String summary) {
        try (AccountConnection c = connect(account.rootKey())) {
            Finding finding = gaps(c, RemediationSettings.DEFAULT)
                    .findings()
                    .find("iam-admin")
                    .orElseThrow();
            assertEquals(status, finding.status(), finding.summary());
            assertTrue(finding.summary().contains(summary), finding.summary());
        }
    }

    private ChangeRecord deletion() {
        RemediationSettings settings = naming(account.rootKey().accessKeyId());
        try (AccountConnection c = connect(account.rootKey())) {
            Gaps gaps = gaps(c, settings);
            return secure(c, gaps.plan(), settings, approve(gaps.plan())).stream()
                    .filter(r -> r.kind() == ChangeKind.DELETE_ROOT_ACCESS_KEY)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void assertHeldBack(String why) {
        ChangeRecord deletion = deletion();
        assertEquals(ChangeRecord.Outcome.SKIPPED, deletion.outcome(), deletion.detail());
        assertTrue(deletion.detail().contains(why), deletion.detail());
        assertEquals(1, account.root().accessKeys().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Principal\": {\"AWS\": \"arn:aws:iam::123456789012:root\"}",
                "\"Principal\": {\"AWS\": \"arn:aws:iam::123456789012:user/alice\"}",
                "\"Principal\": {\"AWS\": [\"999999999999\", \"123456789012\"]}",
                "\"Principal\": {\"AWS\": \"*\"}",
                "\"Principal\": \"*\"",
                "\"Principal\": {\"AWS\": \"999999999999\", \"Service\": \"ec2.amazonaws.com\"}",
                "\"Principal\": {\"AWS\": \"999999999999\"}}, {\"Effect\": \"Allow\", \"Action\": \"sts:Assume*\","
                        + " \"Principal\": {\"Service\": \"ec2.amazonaws.com\"}",
                "\"Principal\": {\"AWS\": \"999999999999\"}}, {\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\","
                        + " \"Principal\": {\"AWS\": \"888888888888\"},"
                        + " \"Condition\": {\"DateLessThan\": {\"aws:CurrentTime\": \"2020-01-01T00:00:00Z\"}}",
                "\"Principal\": {\"Federated\": \"arn:aws:iam::123456789012:saml-provider/deleted\"},"
                        + " \"Condition\": {\"StringEquals\": {\"SAML:aud\": \"https://signin.aws.amazon.com/saml\"}}",
            })
    void rootsKeyIsKeptWhereTheTrustIsNotCertain(String trust) {
        trust(trust);
        assertHeldBack("its trust policy must name only IAM Identity Center or other accounts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"DateLessThan\": {\"aws:CurrentTime\": \"2020-01-01T00:00:00Z\"}",
                "\"StringEquals\": {\"SAML:aud\": \"https://signin.aws.amazon.com/saml\"}",
            })
    void rootsKeyIsKeptAndUnknownIsReportedUnderACondition(String condition) {
        trust("\"Principal\": {\"AWS\": \"999999999999\"}, \"Condition\": {" + condition + "}");
        assertFinding(Status.UNKNOWN, "its trust policy depends on ");
        assertHeldBack("its trust policy depends on ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Bool\": {\"aws:MultiFactorAuthPresent\": \"true\"}",
                "\"StringEquals\": {\"sts:ExternalId\": \"example\"}",
            })
    void roleThatRequiresMfaIsAdministratorButKeepsRootsKey(String condition) {
        trust("\"Principal\": {\"AWS\": \"999999999999\"}, \"Condition\": {" + condition + "}");
        assertFinding(Status.PASS, "has AdministratorAccess and is unrestricted");
        assertHeldBack("its trust policy must name only IAM Identity Center or other accounts");
    }

    @Test
    void rootsKeyIsDeletedWhereOnlyOtherAccountsUsedTheRole() {
        trust("\"Principal\": {\"AWS\": [\"999999999999\", \"arn:aws:iam::888888888888:role/Ops\"]}");
        assertEquals(ChangeRecord.Outcome.DONE, deletion().outcome(), log.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"StringLike\": {\"token.actions.githubusercontent.com:sub\": \"repo:example/infra:*\"}",
                "\"StringEquals\": {\"SAML:aud\": \"https://signin.aws.amazon.com/saml\"}",
            })
    void aRoleOfAnIdentityProviderIsAdministrator(String condition) {
        trust("\"Principal\": {\"Federated\": \"arn:aws:iam::123456789012:oidc-provider/example.com\"},"
                + " \"Condition\": {" + condition + "}");
        assertFinding(Status.PASS, "has AdministratorAccess and is unrestricted");
    }
}
