package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An account with 300 administrators: the credential report says who is read. */
class ManyAdministratorsTest extends EngineFixture {

    private static final String NAMED = RemediationSettings.DEFAULT.adminUserName();

    private EmulatedAccount account;

    @BeforeEach
    void create300Administrators() {
        account = Presets.unsecured(aws, ID).reportDelay(0);
        for (int i = 0; i < 299; i++) {
            account.createUser("/", "a" + i);
            account.attachAdministratorAccess("a" + i);
        }
        account.createUser("/", NAMED);
        account.attachAdministratorAccess(NAMED);
    }

    private Finding finding() {
        try (AccountConnection c = connect(account.rootKey())) {
            return gaps(c, RemediationSettings.DEFAULT)
                    .findings()
                    .find("iam-admin")
                    .orElseThrow();
        }
    }

    private Confirmation.Check pause() {
        try (AccountConnection c = connect(account.rootKey())) {
            return Confirmation.check(c, PendingTask.What.ADMIN_MFA, RunSettings.DEFAULT);
        }
    }

    private int calls() {
        return aws.calls().size();
    }

    private List<String> usersRead() {
        return aws.calls().stream()
                .filter(c -> c.action().equals("ListMFADevices"))
                .map(c -> c.parameters().get("UserName"))
                .filter(name -> name != null)
                .toList();
    }

    @Test
    void anAssessmentReads20UsersAndTheReportHasTheOthers() {
        Finding finding = finding();
        assertEquals(Status.FAIL, finding.status(), finding.summary());
        assertTrue(
                finding.summary()
                        .startsWith("None of the 300 IAM administrators has MFA. 20 were read now, the others are from"
                                + " the credential report of 20"),
                finding.summary());
        assertEquals(20, usersRead().size());
        assertTrue(calls() < 50, "calls: " + calls());
    }

    @Test
    void aPauseMakesFewCallsWhileNobodyHasMfa() {
        Confirmation.Check check = pause();
        assertFalse(check.passed());
        assertTrue(check.found().startsWith("None of the 300 IAM administrators has MFA"), check.found());
        assertEquals(20, usersRead().size());
        assertTrue(calls() < 40, "calls: " + calls());
    }

    @Test
    void theOneWithMfaInTheReportIsReadFirst() {
        account.user("a298").enableVirtualMfa("phone");
        assertEquals(Status.PASS, finding().status());
        assertTrue(usersRead().contains("a298"), usersRead().toString());
        assertTrue(usersRead().size() <= 2, usersRead().toString());
    }

    @Test
    void mfaThatWasRemovedAfterTheReportDoesNotCount() {
        account.user("a298").enableVirtualMfa("phone");
        assertEquals(Status.PASS, finding().status());
        account.user("a298").removeAllMfa();
        assertEquals(Status.FAIL, finding().status());
    }

    @Test
    void thePauseEndsWhenTheNamedUserHasMfaThatTheReportLacks() {
        assertFalse(pause().passed());
        account.user(NAMED).enableVirtualMfa("phone");
        assertTrue(pause().passed());
    }

    @Test
    void withoutAReportWhoWasNotReadIsUnknown() {
        aws.faults().deny(account.root().arn(), "iam:GetCredentialReport");
        Finding finding = finding();
        assertEquals(Status.UNKNOWN, finding.status(), finding.summary());
        assertTrue(finding.summary().contains("only 20 administrators are checked"), finding.summary());
        assertEquals(20, usersRead().size());
    }

    @Test
    void theNextCheckWaitsFiveTimesAsLongAsTheLastOneTook() {
        Duration shortest = Duration.ofSeconds(10);
        assertEquals(shortest, Confirmation.pauseAfter(Duration.ofMillis(300), shortest));
        assertEquals(Duration.ofSeconds(40), Confirmation.pauseAfter(Duration.ofSeconds(8), shortest));
        assertEquals(Duration.ofMinutes(5), Confirmation.pauseAfter(Duration.ofMinutes(3), shortest));
    }
}
