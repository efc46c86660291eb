package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.CredentialReportReader;
import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Facts;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Phase 1 against an embedded account. */
class AssessmentTest extends EngineFixture {

    private AccessKeyPair reader(EmulatedAccount account) {
        account.createUser("/", "reader");
        account.allow(
                "reader",
                "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"iam:*\","
                        + " \"cloudtrail:LookupEvents\"], \"Resource\": \"*\"}]}");
        return account.userKey("reader");
    }

    @Test
    void rootsOwnKeySeesEverything() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.alias("prod");
        try (AccountConnection c = connect(account.rootKey())) {
            assertEquals(AccessMethod.ROOT_KEY, c.accessMethod());
            EngineFixture.Result result = assess(c);
            AccountFacts facts = result.facts();
            assertNotNull(result.credentialReport());
            assertEquals("prod", facts.alias());
            assertEquals(
                    0, facts.summary().get().value(AccountSummary.MFA_ENABLED).orElseThrow());
            assertFalse(facts.passwordPolicy().get().custom());
            assertEquals(1, facts.certificates().get().size());
            assertTrue(facts.accessKeys().get().stream().anyMatch(k -> k.signsCalls()));
            assertTrue(facts.administrators().get().isEmpty());
            assertFalse(facts.organization().get().inOrganization());
            assertEquals(1, facts.report().get().totals().users());
        }
    }

    @Test
    void anotherPrincipalCountsRootsKeysButCannotListThem() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        try (AccountConnection c = connect(reader(account))) {
            assertEquals(AccessMethod.PRINCIPAL, c.accessMethod());
            AccountFacts facts = assess(c).facts();
            assertFalse(facts.accessKeys().isKnown());
            Findings findings = Controls.judge(facts, Policy.DEFAULT, Set.of());
            assertEquals(
                    Status.FAIL, findings.find("root-access-keys").orElseThrow().status());
        }
    }

    @Test
    void aSecuredAccountPasses() {
        EmulatedAccount account = Presets.secured(aws, ID);
        try (AccountConnection c = connect(reader(account))) {
            Findings findings = Controls.judge(assess(c).facts(), Policy.DEFAULT, Set.of());
            for (String control : new String[] {
                "root-access-keys",
                "root-access-keys-inactive",
                "root-signing-certificates",
                "root-mfa",
                "root-password-rotation",
                "password-policy",
                "iam-admin"
            }) {
                assertEquals(Status.PASS, findings.find(control).orElseThrow().status(), control);
            }
        }
    }

    @Test
    void aSlowReportIsWaitedForAndSaid() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.reportDelay(4);
        try (AccountConnection c = connect(account.rootKey())) {
            assertTrue(assess(c).facts().report().isKnown());
            assertEquals(
                    1, log.stream().filter(l -> l.contains("AWS is generating")).count(), log.toString());
        }
    }

    @Test
    void aReportThatIsNeverReadyEndsAtTheDeadline() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.reportDelay(Integer.MAX_VALUE);
        try (AccountConnection c = connect(account.rootKey())) {
            AssessmentSettings impatient = new AssessmentSettings(Duration.ofSeconds(1), Duration.ofMillis(200), false);
            AccountFacts facts = EngineFixture.assess(c, impatient).facts();
            assertTrue(
                    facts.report().unread().sentence().contains("did not finish the credential report within 1 s"),
                    facts.report().unread().sentence());
            assertTrue(facts.summary().isKnown());
        }
    }

    @Test
    void aReportThatExpiredBetweenTheTwoCallsIsAskedForAgain() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        aws.faults().failNext("GetCredentialReport", 1, 410, "ReportExpired", "The credential report has expired.");
        try (AccountConnection c = connect(account.rootKey())) {
            assertTrue(assess(c).facts().report().isKnown());
        }
    }

    @Test
    void usesTheExistingReportWhenGeneratingIsDenied() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.reportOverride(Facts.sample("unsecured.csv"), Instant.now());
        aws.faults().deny("*", "iam:GenerateCredentialReport");
        try (AccountConnection c = connect(account.rootKey())) {
            assertTrue(assess(c).facts().report().isKnown());
        }
    }

    @Test
    void usesTheExistingReportWhenGeneratingFails() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.reportOverride(Facts.sample("unsecured.csv"), Instant.now());
        aws.faults().failNext("GenerateCredentialReport", 20, 500, "ServiceFailure", "Internal error.");
        try (AccountConnection c = connect(account.rootKey())) {
            assertTrue(assess(c).facts().report().isKnown());
        }
    }

    @Test
    void namesTheFailedGenerationWhenThereIsNoReport() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        aws.faults().failNext("GenerateCredentialReport", 20, 500, "ServiceFailure", "Internal error.");
        try (AccountConnection c = connect(account.rootKey())) {
            Unread cause = assess(c).facts().report().unread();
            assertEquals(Unread.Kind.SERVICE_ERROR, cause.kind());
            assertEquals("iam:GenerateCredentialReport", cause.action());
        }
    }

    @Test
    void reportsAStoppedWaitAsStopped() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.reportDelay(Integer.MAX_VALUE);
        try (AccountConnection c = connect(account.rootKey())) {
            CredentialReportReader report = new CredentialReportReader(c);
            report.start();
            Thread.currentThread().interrupt();
            Unread cause = report.fetch(Duration.ofMinutes(1), Duration.ofSeconds(1), log::add)
                    .fact()
                    .unread();
            assertEquals(Unread.Kind.INTERRUPTED, cause.kind());
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void theReportLimitIsWaitedOut() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        aws.faults().failNext("GenerateCredentialReport", 2, 409, "LimitExceeded", "Too many reports are being made.");
        try (AccountConnection c = connect(account.rootKey())) {
            assertTrue(assess(c).facts().report().isKnown());
        }
    }

    @Test
    void theReportIsKeptByteForByte() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        byte[] csv = Facts.sample("unsecured.csv");
        account.reportOverride(csv, Instant.now());
        try (AccountConnection c = connect(account.rootKey())) {
            assertArrayEquals(csv, assess(c).credentialReport());
        }
    }

    @Test
    void aDamagedReportIsKeptAndUnknown() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        byte[] csv = "user,arn\nalice".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        account.reportOverride(csv, Instant.now());
        try (AccountConnection c = connect(account.rootKey())) {
            EngineFixture.Result result = assess(c);
            assertArrayEquals(csv, result.credentialReport());
            assertTrue(result.facts().report().unread().sentence().contains("cut off or damaged"));
            assertTrue(result.facts().summary().isKnown());
        }
    }

    @Test
    void anotherAccountsReportIsNotBelieved() {
        EmulatedAccount account = Presets.unsecured(aws, "111122223333");
        account.reportOverride(Facts.sample("secured.csv"), Instant.now());
        try (AccountConnection c = connect(account.rootKey())) {
            assertTrue(assess(c).facts().report().unread().sentence().contains("the report of another account"));
        }
    }

    @Test
    void aDeniedCallNamesTheMissingActionAndLeavesTheRestKnown() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        AccessKeyPair key = reader(account);
        aws.faults().deny("*", "iam:GetAccountPasswordPolicy");
        try (AccountConnection c = connect(key)) {
            AccountFacts facts = assess(c).facts();
            assertFalse(facts.passwordPolicy().isKnown());
            assertTrue(facts.passwordPolicy().unread().sentence().contains("iam:GetAccountPasswordPolicy"));
            assertTrue(facts.summary().isKnown());
            assertTrue(facts.report().isKnown());
            assertEquals(
                    Status.UNKNOWN,
                    Controls.judge(facts, Policy.DEFAULT, Set.of())
                            .find("password-policy-length")
                            .orElseThrow()
                            .status());
        }
    }

    @Test
    void aWrongSecretIsSaidInOneLineWithoutIt() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        AccessKeyPair wrong = new AccessKeyPair(account.rootKey().accessKeyId(), "not-the-secret-0123456789");
        String message =
                assertThrows(AwsAccessException.class, () -> connect(wrong)).getMessage();
        assertTrue(message.contains("the secret access key does not belong to the access key id"), message);
        assertFalse(message.contains(wrong.secretAccessKey()), message);
        assertFalse(message.contains(wrong.accessKeyId()), message);
        assertEquals(1, message.lines().count());
    }

    @Test
    void anUnknownKeyIsSaidInOneLine() {
        Presets.unsecured(aws, ID);
        AccessKeyPair unknown = new AccessKeyPair("AKIAEXAMPLEUNKNOWN00", "secret-0123456789");
        String message =
                assertThrows(AwsAccessException.class, () -> connect(unknown)).getMessage();
        assertTrue(message.contains("AWS does not know the access key id"), message);
        assertFalse(message.contains("UNKNOWN00"), message);
    }

    @Test
    void anAccountIdThatIsNoneIsRefusedBeforeAnyCall() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        AccessKeyPair key = account.rootKey();
        String message = assertThrows(InvalidInputException.class, () -> connect(key, "12345"))
                .getMessage();
        assertTrue(message.contains("accountId '12345'") && message.contains("12 digits"), message);
        assertTrue(aws.calls().isEmpty());
    }

    @Test
    void theAccountWithoutAliasHasNone() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        try (AccountConnection c = connect(account.rootKey())) {
            assertNull(assess(c).facts().alias());
        }
    }
}
