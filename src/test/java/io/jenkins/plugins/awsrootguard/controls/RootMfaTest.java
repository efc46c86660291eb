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
    private static final MfaDevice KEY =
            new MfaDevice("arn:aws:iam::123456789012:u2f/root-account/yubikey-1", false, Facts.NOW);

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
    void findingIsAboutTheDevicesToReplace() {
        assertEquals(
                List.of(Subject.parse("MFA_DEVICE=" + APP.serial())),
                withMfa(true, APP, TOKEN).judge("root-mfa-hardware").subjects());
        assertEquals(
                List.of(Subject.parse("MFA_DEVICE=" + TOKEN.serial())),
                withMfa(true, TOKEN).judge("root-mfa-backup").subjects());
    }

    @Test
    void mfaWithoutAVirtualDeviceIsHardware() {
        Finding finding = withMfa(false).judge("root-mfa-hardware");
        assertEquals(Status.PASS, finding.status());
        assertEquals(
                "Root's MFA is a security key, a passkey or a hardware TOTP token. Only root credentials or a root session can"
                        + " list which.",
                finding.summary());
    }

    @Test
    void reportsTypeAndNameOfEachHardwareDevice() {
        Finding finding = withMfa(true, KEY, TOKEN).judge("root-mfa-hardware");
        assertEquals(Status.PASS, finding.status());
        assertEquals(
                "Root's MFA devices: security key or passkey yubikey-1, hardware TOTP token GAHT12345678.",
                finding.summary());
        assertTrue(
                finding.evidence().stream()
                        .anyMatch(e ->
                                e.text().equals("security key or passkey yubikey-1, hardware TOTP token GAHT12345678")),
                finding.evidence().toString());
        assertEquals(
                "Root's MFA device: hardware TOTP token GAHT12345678.",
                withMfa(true, TOKEN).judge("root-mfa-hardware").summary());
    }

    @Test
    void derivesTheTypeOfADeviceFromItsSerial() {
        assertEquals(RootMfaDevices.Type.SECURITY_KEY, KEY.type());
        assertEquals(RootMfaDevices.Type.HARDWARE_TOKEN, TOKEN.type());
        assertEquals(RootMfaDevices.Type.VIRTUAL, APP.type());
        assertEquals(
                RootMfaDevices.Type.VIRTUAL,
                new MfaDevice("arn:aws-us-gov:iam::123456789012:mfa/phone", false, Facts.NOW).type());
        assertEquals(RootMfaDevices.Type.VIRTUAL, new MfaDevice("GAHT00000001", true, Facts.NOW).type());
        assertEquals("anything", APP.name());
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
    void deviceOfRootWithoutPasswordNeedsNoReplacement() {
        for (String control : List.of("root-mfa-hardware", "root-mfa-backup")) {
            Finding finding = withMfa(true, APP)
                    .summary(AccountSummary.PASSWORD_PRESENT, 0)
                    .judge(control);
            assertEquals(Status.NOT_APPLICABLE, finding.status());
            assertEquals("Root has no password, so no one can sign in with an MFA device.", finding.summary());
        }
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
