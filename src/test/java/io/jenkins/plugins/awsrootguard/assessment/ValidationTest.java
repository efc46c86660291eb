package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.AccessKey;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Phase 4, and what a person confirms, against an embedded account. */
class ValidationTest extends EngineFixture {

    private AccessKeyPair auditor(EmulatedAccount account) {
        account.createUser("/", "auditor");
        account.attachAdministratorAccess("auditor");
        return account.userKey("auditor");
    }

    private ValidationResult validate(AccountConnection c, PasswordConfirmation confirmation) {
        AccountFacts facts = assess(c, RunSettings.DEFAULT.withAccount(QUICK), confirmation, log::add)
                .facts();
        return validate(facts, Policy.DEFAULT);
    }

    @Test
    void anUnsecuredAccountIsNotSecuredInAnyPoint() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        try (AccountConnection c = connect(account.rootKey())) {
            ValidationResult result = validate(c, null);
            assertEquals(5, result.points().size());
            assertEquals(0, result.secured(), result.points().toString());
        }
    }

    @Test
    void aSecuredAccountIsSecuredInEveryPoint() {
        EmulatedAccount account = Presets.secured(aws, ID);
        try (AccountConnection c = connect(auditor(account))) {
            ValidationResult result = validate(c, null);
            assertTrue(result.isSecured(), result.points().toString());
            assertEquals(0, result.disagreements().size());
        }
    }

    @Test
    void fromUnsecuredToSecuredWithThePersonsPart() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        AccessKeyPair auditor = auditor(account);
        PasswordConfirmation confirmation;
        try (AccountConnection c = connect(account.rootKey())) {
            RemediationSettings settings = naming(
                    account.root().accessKeys().stream().map(AccessKey::id).toArray(String[]::new));
            RemediationPlan plan = gaps(c, settings).plan();
            account.root().enableVirtualMfa("phone");
            account.root().changePassword();
            account.user("auditor").enableVirtualMfa("auditor-phone");
            confirmation = Confirmation.password(c, "alice", Instant.now());
            secure(c, plan, settings, approve(plan));
        }
        assertTrue(
                confirmation.corroboration().contains("CloudTrail shows PasswordUpdated"),
                confirmation.corroboration());
        try (AccountConnection c = connect(auditor)) {
            ValidationResult result = validate(c, confirmation);
            assertTrue(result.isSecured(), result.points().toString());
            assertTrue(
                    result.disagreements().stream().anyMatch(d -> d.contains("root MFA")),
                    "the report is the old one, and that is said: " + result.disagreements());
        }
    }

    @Test
    void afterTheSigningKeyIsGoneItsCredentialsAreRefusedInOneLine() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.createUser("/", "carol");
        account.attachAdministratorAccess("carol");
        AccessKeyPair key = account.rootKey();
        try (AccountConnection c = connect(key)) {
            RemediationSettings settings = naming(key.accessKeyId());
            RemediationPlan plan = gaps(c, settings).plan();
            secure(c, plan, settings, approve(plan));
        }
        String message =
                assertThrows(AwsAccessException.class, () -> connect(key)).getMessage();
        assertTrue(message.contains("it was deleted or deactivated"), message);
    }

    @Test
    void mfaIsSeenOnlyOnceItIsOn() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        try (AccountConnection c = connect(account.rootKey())) {
            Confirmation.Check before = Confirmation.check(c, PendingTask.What.MFA, RunSettings.DEFAULT);
            assertFalse(before.passed());
            assertEquals("account summary: AccountMFAEnabled = 0", before.found());
            account.root().enablePasskey();
            assertTrue(Confirmation.check(c, PendingTask.What.MFA, RunSettings.DEFAULT)
                    .passed());
        }
    }

    @Test
    void anUnreadableMfaIsNeverBelieved() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.root().enablePasskey();
        aws.faults()
                .failNext(
                        "GetAccountSummary",
                        50,
                        403,
                        "AccessDenied",
                        "not authorized to perform: iam:GetAccountSummary");
        try (AccountConnection c = connect(account.rootKey())) {
            String message = assertThrows(
                            AwsAccessException.class,
                            () -> Confirmation.check(c, PendingTask.What.MFA, RunSettings.DEFAULT))
                    .getMessage();
            assertTrue(message.contains("iam:GetAccountSummary"), message);
        }
    }

    @Test
    void theAdministratorsMfaIsSeenOnlyOnceItIsOn() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.createUser("/", "carol");
        account.attachAdministratorAccess("carol");
        try (AccountConnection c = connect(account.rootKey())) {
            assertFalse(Confirmation.check(c, PendingTask.What.ADMIN_MFA, RunSettings.DEFAULT)
                    .passed());
            account.user("carol").enableVirtualMfa("carol-phone");
            assertTrue(Confirmation.check(c, PendingTask.What.ADMIN_MFA, RunSettings.DEFAULT)
                    .passed());
        }
    }

    @Test
    void aStatementThatCloudTrailDoesNotShowIsRecordedAsJustThat() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        try (AccountConnection c = connect(account.rootKey())) {
            PasswordConfirmation said = Confirmation.password(c, "alice", Instant.now());
            assertTrue(
                    said.corroboration().contains("no password change by root within 90 days"), said.corroboration());
            assertEquals("alice", said.by());
        }
    }

    @Test
    void aStatementWhereCloudTrailIsDeniedSaysSo() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.createUser("/", "carol");
        account.attachAdministratorAccess("carol");
        aws.faults().deny("*", "cloudtrail:LookupEvents");
        try (AccountConnection c = connect(account.userKey("carol"))) {
            String said = Confirmation.password(c, "alice", Instant.now()).corroboration();
            assertTrue(said.contains("CloudTrail could not be read") && said.contains("cloudtrail:LookupEvents"), said);
        }
    }

    @Test
    void aPointIsAsBadAsItsWorstControl() {
        EmulatedAccount account = Presets.secured(aws, ID);
        AccessKeyPair auditor = auditor(account);
        account.passwordPolicy(new io.jenkins.plugins.awsrootguard.emulator.AccountPasswordPolicy(
                12, true, true, true, true, true, 90, 24, null));
        try (AccountConnection c = connect(auditor)) {
            ValidationResult.Check policy = validate(c, null).points().stream()
                    .filter(p -> p.id().equals("password-policy"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(Status.FAIL, policy.status());
            assertTrue(policy.detail().contains("Minimum password length is 12. Required: 14"), policy.detail());
        }
    }
}
