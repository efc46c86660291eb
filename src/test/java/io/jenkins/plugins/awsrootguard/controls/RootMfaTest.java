package io.jenkins.plugins.awsrootguard.controls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import io.jenkins.plugins.awsrootguard.facts.RootMfaDevices;
import io.jenkins.plugins.awsrootguard.facts.RootMfaDevices.MfaDevice;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The controls on root's MFA. */
class RootMfaTest {

    private static final MfaDevice APP = new MfaDevice("arn:aws:iam::123456789012:mfa/anything", true, Facts.NOW);
    private static final MfaDevice TOKEN = new MfaDevice("GAHT12345678", false, Facts.NOW);

    private static Facts withMfa(boolean complete, MfaDevice... devices) {
        return Facts.unread()
                .summary(AccountSummary.MFA_ENABLED, 1)
                .mfaDevices(new RootMfaDevices(List.of(devices), complete));
    }

    private static Facts withoutMfa() {
        return Facts.unread().summary(AccountSummary.MFA_ENABLED, 0);
    }

    @Test
    void aPasswordWithoutMfaFails() {
        assertEquals(
                Status.FAIL,
                withoutMfa()
                        .summary(AccountSummary.PASSWORD_PRESENT, 1)
                        .judge("root-mfa")
                        .status());
    }

    @Test
    void aKeyWithoutMfaFailsEvenWithoutPassword() {
        Facts facts = withoutMfa()
                .summary(AccountSummary.PASSWORD_PRESENT, 0)
                .summary(AccountSummary.ACCESS_KEYS_PRESENT, 1)
                .report(Facts.sample("unsecured.csv"), Facts.NOW);
        assertEquals(Status.FAIL, facts.judge("root-mfa").status());
    }

    @Test
    void noPasswordAndNoKeyIsNotApplicable() {
        Facts facts =
                withoutMfa().summary(AccountSummary.PASSWORD_PRESENT, 0).summary(AccountSummary.ACCESS_KEYS_PRESENT, 0);
        assertEquals(Status.NOT_APPLICABLE, facts.judge("root-mfa").status());
    }

    @Test
    void noMfaAndAnUnreadPasswordIsUnknown() {
        assertEquals(Status.UNKNOWN, withoutMfa().judge("root-mfa").status());
    }

    @Test
    void govCloudIsNotApplicableEvenWhenNothingWasRead() {
        Facts facts = Facts.unread().partition(Partition.AWS_US_GOV);
        assertEquals(Status.NOT_APPLICABLE, facts.judge("root-mfa").status());
        assertEquals(Status.NOT_APPLICABLE, facts.judge("root-mfa-hardware").status());
        assertEquals(Status.NOT_APPLICABLE, facts.judge("root-mfa-backup").status());
    }

    @Test
    void anAuthenticatorAppFailsTheHardwareControl() {
        assertEquals(Status.FAIL, withMfa(false, APP).judge("root-mfa-hardware").status());
        assertEquals(
                Status.FAIL,
                withMfa(true, APP, TOKEN).judge("root-mfa-hardware").status());
    }

    @Test
    void mfaWithoutAVirtualDeviceIsHardware() {
        assertEquals(Status.PASS, withMfa(false).judge("root-mfa-hardware").status());
    }

    @Test
    void oneDeviceFailsTheBackupControlOnlyWhereAllDevicesWereSeen() {
        assertEquals(Status.FAIL, withMfa(true, TOKEN).judge("root-mfa-backup").status());
        assertEquals(
                Status.NOT_CHECKED, withMfa(false, APP).judge("root-mfa-backup").status());
        assertEquals(
                Status.PASS, withMfa(true, TOKEN, APP).judge("root-mfa-backup").status());
    }

    @Test
    void withoutMfaThereIsNoDeviceToJudge() {
        assertEquals(
                Status.NOT_APPLICABLE, withoutMfa().judge("root-mfa-hardware").status());
        assertEquals(
                Status.NOT_APPLICABLE, withoutMfa().judge("root-mfa-backup").status());
    }

    @Test
    void aCompleteListWithoutDevicesMeansNoMfaEvenWithoutTheSummary() {
        Facts facts = Facts.ofSample("unsecured.csv").mfaDevices(new RootMfaDevices(List.of(), true));
        assertEquals(Status.FAIL, facts.judge("root-mfa").status());
        assertEquals(Status.NOT_APPLICABLE, facts.judge("root-mfa-backup").status());
        assertEquals(Status.NOT_APPLICABLE, facts.judge("root-mfa-hardware").status());
    }

    @Test
    void anAccountSummaryThatTheLiveListContradictsProvesNothing() {
        assertEquals(Status.UNKNOWN, withMfa(true).judge("root-mfa").status());
        Finding noMfa = Facts.unread()
                .summary(AccountSummary.MFA_ENABLED, 0)
                .summary(AccountSummary.PASSWORD_PRESENT, 1)
                .mfaDevices(new RootMfaDevices(List.of(TOKEN), true))
                .judge("root-mfa");
        assertEquals(Status.UNKNOWN, noMfa.status());
        assertTrue(
                noMfa.summary().contains("lists one MFA device of root, but the account summary counts none"),
                noMfa.summary());
    }

    @Test
    void mfaOnWithoutAnyDeviceIsAContradictionAndNoProof() {
        assertEquals(Status.UNKNOWN, withMfa(true).judge("root-mfa-hardware").status());
        assertEquals(Status.UNKNOWN, withMfa(true).judge("root-mfa-backup").status());
    }
}
