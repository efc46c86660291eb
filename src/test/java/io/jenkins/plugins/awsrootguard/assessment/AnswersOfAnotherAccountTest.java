package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** AWS, or something between, answers for another account than the one that is meant: nothing is believed, nothing deleted. */
class AnswersOfAnotherAccountTest extends EngineFixture {

    private static final String OTHER = "999999999999";

    private EmulatedAccount account;
    private EmulatedAccount other;
    private AccessKeyPair admin;

    @BeforeEach
    void makeAccounts() {
        account = Presets.unsecured(aws, "222222222222");
        other = Presets.unsecured(aws, OTHER);
        EmulatedAccount management = Presets.secured(aws, "111111111111");
        management.createUser("/", "security");
        management.attachAdministratorAccess("security");
        admin = management.userKey("security");
        aws.createOrganization(management)
                .addMember(account)
                .addMember(other)
                .enableRootCredentialsManagement(true)
                .enableRootSessions(true);
        account.createRole("Audit").attachedPolicies().add(account.administratorAccess());
        other.createRole("Audit").attachedPolicies().add(other.administratorAccess());
    }

    @Test
    void anIdentityWithoutAnArnOrOfTwoAccountsIsRefusedInOneLine() {
        aws.faults()
                .rewrite(
                        "sts:GetCallerIdentity",
                        body -> text(body).replaceAll("<Arn>.*</Arn>", "").getBytes(StandardCharsets.UTF_8));
        assertEquals(
                "AWS's answer to sts:GetCallerIdentity can't be used: its account is '222222222222' and its ARN ''.",
                assertThrows(AwsAccessException.class, () -> connect(account.rootKey()))
                        .getMessage());
        aws.faults()
                .clear()
                .rewrite(
                        "sts:GetCallerIdentity",
                        body -> text(body)
                                .replace("<Account>222222222222", "<Account>" + OTHER)
                                .getBytes(StandardCharsets.UTF_8));
        assertTrue(assertThrows(AwsAccessException.class, () -> connect(account.rootKey()))
                .getMessage()
                .endsWith("its account is '999999999999' and its ARN 'arn:aws:iam::222222222222:root'."));
    }

    @Test
    void anArnOfMillionsOfCharactersOrOfTwoLinesReachesNoLog() {
        for (String evil : List.of("A".repeat(3_000_000), "\n2026 PASS", "\u202e")) {
            aws.faults()
                    .clear()
                    .rewrite(
                            "sts:GetCallerIdentity",
                            body -> text(body)
                                    .replace(":root</Arn>", ":root" + evil + "</Arn>")
                                    .getBytes(StandardCharsets.UTF_8));
            String message = assertThrows(AwsAccessException.class, () -> connect(account.rootKey()))
                    .getMessage();
            assertTrue(message.startsWith("AWS's answer to sts:GetCallerIdentity can't be used"), message);
            assertTrue(message.length() < 300 && message.lines().count() == 1, message);
        }
    }

    @Test
    void anErrorCodeOfMillionsOfCharactersOrOfTwoLinesReachesNoLog() {
        for (String evil : List.of("A".repeat(3_000_000), "\n2026 PASS")) {
            aws.faults().clear().failNext("iam:GetAccountSummary", 9, 400, "Odd" + evil, "odd");
            try (AccountConnection c = connect(account.rootKey())) {
                String reason = assess(c).facts().summary().unread().sentence();
                assertTrue(reason.startsWith("iam:GetAccountSummary failed: HTTP 400 Odd"), reason);
                assertTrue(reason.length() < 600 && reason.lines().count() == 1, reason);
            }
        }
    }

    @Test
    void anAnswerThatIsLongerThanAnyOfAwsIsNotKept() {
        byte[] flood = " ".repeat(16 * 1024 * 1024).getBytes(StandardCharsets.UTF_8);
        aws.faults().rewrite("iam:GetAccountSummary", body -> flood);
        try (AccountConnection c = connect(account.rootKey())) {
            String reason = assess(c).facts().summary().unread().sentence();
            assertTrue(
                    reason.startsWith(
                            "iam:GetAccountSummary got no answer from AWS: the response has 16777216 bytes, more"
                                    + " than any of AWS's; check the proxy and the endpoint"),
                    reason);
        }
    }

    @Test
    void aPartitionThatNobodyKnowsIsSaidAndNotThrown() {
        aws.faults()
                .rewrite(
                        "sts:GetCallerIdentity",
                        body -> text(body).replace("arn:aws:", "arn:aws-iso:").getBytes(StandardCharsets.UTF_8));
        assertEquals(
                "AWS's answer to sts:GetCallerIdentity can't be used: the partition 'aws-iso' is not one of aws, aws-cn,"
                        + " aws-us-gov, aws-eusc.",
                assertThrows(AwsAccessException.class, () -> connect(account.rootKey()))
                        .getMessage());
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Test
    void aSessionForDeletingThatIsOnAnotherAccountDeletesNothing() {
        List<ChangeRecord> records = delete(() -> aws.faults().answerFor("sts:AssumeRoot", other));
        assertTrue(
                records.get(0).detail().contains("the root session on account 222222222222 is on account 999999999999"),
                records::toString);
    }

    @Test
    void aSessionForDeletingThatCanNotBeProvenIsNotUsed() {
        List<ChangeRecord> records =
                delete(() -> aws.faults().failNext("sts:GetCallerIdentity", 50, 403, "AccessDenied", "no"));
        assertTrue(
                records.get(0).detail().contains("AWS denied sts:GetCallerIdentity on the root session of account "),
                records::toString);
    }

    /** What comes of deleting all that the member's root has, when something happens before; it is all still there. */
    private List<ChangeRecord> delete(Runnable before) {
        List<ChangeRecord> records;
        try (AccountConnection c = connect(admin, account.id())) {
            RemediationPlan plan = gaps(c, RemediationSettings.DEFAULT).plan();
            before.run();
            records = secure(c, plan, naming(account.root().accessKeys().get(0).id()), approve(plan)).stream()
                    .filter(r -> r.kind().isDestructive())
                    .toList();
        }
        assertFalse(records.stream().anyMatch(r -> r.outcome() == Outcome.DONE), records::toString);
        for (EmulatedAccount one : List.of(account, other)) {
            assertEquals(1, one.root().accessKeys().size());
            assertEquals(1, one.root().certificates().size());
        }
        return records;
    }

    @Test
    void aRoleInAnotherAccountReadsNothing() {
        aws.faults().answerFor("sts:AssumeRole", other);
        try (AccountConnection caller = connect(admin)) {
            String reason = assess(caller.member(account.id(), "Audit"))
                    .facts()
                    .passwordPolicy()
                    .unread()
                    .sentence();
            assertEquals(
                    "AWS's answer to sts:AssumeRole can't be used: the session for"
                            + " arn:aws:iam::222222222222:role/Audit is one of"
                            + " arn:aws:sts::999999999999:assumed-role/Audit/aws-root-guard.",
                    reason);
        }
    }

    @Test
    void rootKeepsItsKeysWhenIamNamesAnotherAccountThanSts() {
        account.createGroup("/", "operators").attachedPolicies().add(account.administratorAccess());
        aws.faults().answerFor("sts:GetCallerIdentity", other);
        try (AccountConnection c = connect(account.rootKey())) {
            RemediationSettings named = naming(account.rootKey().accessKeyId());
            RemediationPlan plan = gaps(c, named).plan();
            assertEquals(OTHER, plan.accountId());
            List<ChangeRecord> deletions = secure(c, plan, named, approve(plan)).stream()
                    .filter(r -> r.kind().isDestructive())
                    .toList();
            assertFalse(deletions.isEmpty());
            for (ChangeRecord r : deletions) {
                assertEquals(Outcome.SKIPPED, r.outcome(), r.toString());
                assertEquals(
                        "Root is not changed, because no IAM administrator was verified: iam:GetUser reports that the credentials"
                                + " are of arn:aws:iam::222222222222:root, not of the root user of account 999999999999.",
                        r.detail());
            }
        }
        assertEquals(1, account.root().accessKeys().size());
    }

    @Test
    void anotherAccountsListOfRootsKeysIsNotBelieved() {
        aws.faults().answerFor("iam:ListAccessKeys", other);
        try (AccountConnection c = connect(account.rootKey())) {
            assertEquals(
                    "AWS's answer to iam:ListAccessKeys can't be used: the list lacks the access key that signs the calls.",
                    assess(c).facts().accessKeys().unread().sentence());
        }
    }

    @Test
    void anotherAccountsMfaIsNotBelieved() {
        other.root().enableVirtualMfa("phone");
        aws.faults().answerFor("iam:ListVirtualMFADevices", other);
        try (AccountConnection c = connect(account.rootKey())) {
            assertEquals(
                    "AWS's answer to iam:ListMFADevices can't be used: it lists the MFA device of another account,"
                            + " arn:aws:iam::999999999999:mfa/phone.",
                    assess(c).facts().mfaDevices().unread().sentence());
        }
        aws.faults().clear().answerFor("iam:ListMFADevices", other);
        try (AccountConnection c = connect(account.rootKey())) {
            assertFalse(assess(c).facts().mfaDevices().isKnown());
        }
    }

    @Test
    void aMembersSummaryThatTheReportContradictsIsFollowedByALiveLook() {
        EmulatedAccount empty = aws.createAccount("333333333333");
        aws.faults().answerFor("iam:GetAccountSummary", empty);
        account.root().enablePasskey();
        try (AccountConnection caller = connect(admin)) {
            EngineFixture.Result read = assess(caller.member(account.id(), "Audit"));
            Gaps gaps = EngineFixture.judgeMember(read.facts(), Policy.DEFAULT, RemediationSettings.DEFAULT);
            assertEquals(Status.FAIL, status(gaps, "root-access-keys"));
            assertEquals(Status.FAIL, status(gaps, "root-signing-certificates"));
            assertEquals(Status.UNKNOWN, status(gaps, "root-mfa"));
        }
    }

    private static Status status(Gaps gaps, String control) {
        return gaps.findings().find(control).orElseThrow().status();
    }
}
