package io.jenkins.plugins.awsrootguard.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CredentialReportExpiredException;
import software.amazon.awssdk.services.iam.model.CredentialReportNotPresentException;
import software.amazon.awssdk.services.iam.model.CredentialReportNotReadyException;
import software.amazon.awssdk.services.iam.model.GetCredentialReportResponse;

/** The credential report and the account summary, as the SDK sees them. */
class EmulatedReportTest extends EmulatorFixture {

    @Test
    void reportIsGeneratedAndKeptFor4Hours() {
        assertThrows(CredentialReportNotPresentException.class, iam::getCredentialReport);
        assertEquals("STARTED", iam.generateCredentialReport().stateAsString());
        assertThrows(CredentialReportNotReadyException.class, iam::getCredentialReport);
        assertEquals("COMPLETE", iam.generateCredentialReport().stateAsString());
        GetCredentialReportResponse first = iam.getCredentialReport();
        assertEquals(NOW, first.generatedTime());
        clock.advance(Duration.ofHours(3));
        account.root().enableVirtualMfa("phone");
        assertEquals("COMPLETE", iam.generateCredentialReport().stateAsString());
        assertEquals(first.content(), iam.getCredentialReport().content());
        clock.advance(Duration.ofHours(2));
        assertThrows(CredentialReportExpiredException.class, iam::getCredentialReport);
        assertEquals("STARTED", iam.generateCredentialReport().stateAsString());
        assertEquals("INPROGRESS", iam.generateCredentialReport().stateAsString());
        assertEquals("COMPLETE", iam.generateCredentialReport().stateAsString());
        assertEquals(NOW.plus(Duration.ofHours(5)), iam.getCredentialReport().generatedTime());
    }

    @Test
    void reportHasStateOfUsers() {
        account.reportDelay(0);
        // Reading is a use of the key, so the row has that.
        iam.generateCredentialReport();
        String[] rows = iam.getCredentialReport().content().asUtf8String().split("\n");
        assertEquals(3, rows.length);
        assertEquals(
                "<root_account>,arn:aws:iam::123456789012:root,2016-05-04T12:00:00Z,true,2026-11-20T08:00:00Z,"
                        + "2019-03-01T10:00:00Z,not_supported,false,true,2019-03-01T10:00:00Z,2026-11-24T08:00:00Z,"
                        + "us-east-1,iam,false,N/A,N/A,N/A,N/A,true,2016-06-01T00:00:00Z,false,N/A",
                rows[1]);
        assertEquals(
                "alice,arn:aws:iam::123456789012:user/alice,2023-02-01T09:12:44Z,true,2026-11-21T08:00:00Z,"
                        + "2026-10-05T08:00:00Z,N/A,false,false,N/A,N/A,N/A,N/A,"
                        + "false,N/A,N/A,N/A,N/A,false,N/A,false,N/A",
                rows[2]);
    }

    @Test
    void returnsVerbatimReport() {
        byte[] csv = "user,arn\n<root_account>,x".getBytes(StandardCharsets.UTF_8);
        account.reportOverride(csv, NOW.minus(Duration.ofDays(3)));
        assertEquals("COMPLETE", iam.generateCredentialReport().stateAsString());
        assertEquals(
                "user,arn\n<root_account>,x",
                iam.getCredentialReport().content().asUtf8String());
        assertEquals(NOW.minus(Duration.ofDays(3)), iam.getCredentialReport().generatedTime());
    }

    @Test
    void reportHas5000Users() {
        for (int i = account.users().size(); i < 5000; i++) {
            account.createUser("/", "user-" + i);
        }
        account.reportDelay(0);
        iam.generateCredentialReport();
        String csv = iam.getCredentialReport().content().asUtf8String();
        assertEquals(5002, csv.lines().count());
        assertEquals(5000, iam.listUsersPaginator().users().stream().count());
        refused("LimitExceeded", () -> iam.createUser(user -> user.userName("one-more")));
    }

    @Test
    void rootHasNoConsoleInGovCloud() {
        EmulatedAccount gov = aws.createAccount("210987654321", "aws-us-gov").reportDelay(0);
        gov.root().createdAt(Instant.parse("2020-02-02T02:02:02Z"));
        gov.root().addAccessKey(true, Instant.parse("2020-03-01T00:00:00Z"), null);
        IamClient govIam = Clients.of(aws, gov.rootKey()).iam();
        govIam.generateCredentialReport();
        assertEquals(
                "<root_account>,arn:aws-us-gov:iam::210987654321:root,2020-02-02T02:02:02Z,not_supported,not_supported,"
                        + "not_supported,not_supported,false,true,2020-03-01T00:00:00Z,2026-11-24T08:00:00Z,"
                        + "us-gov-west-1,iam,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A",
                govIam.getCredentialReport().content().asUtf8String().split("\n")[1]);
        assertEquals(0, govIam.getAccountSummary().summaryMapAsStrings().get("AccountPasswordPresent"));
    }

    @Test
    void summaryIsCurrent() {
        Map<String, Integer> before = iam.getAccountSummary().summaryMapAsStrings();
        assertEquals(0, before.get("AccountMFAEnabled"));
        assertEquals(1, before.get("AccountAccessKeysPresent"));
        assertEquals(1, before.get("AccountPasswordPresent"));
        assertEquals(1, before.get("AccountSigningCertificatesPresent"));
        assertEquals(1, before.get("Users"));
        account.root().enablePasskey().passwordPresent(false);
        account.root().addAccessKey(false, NOW, null);
        iam.deleteAccessKey(key -> key.accessKeyId(account.rootKey().accessKeyId()));
        account.createUser("/", "admin");
        account.attachAdministratorAccess("admin");
        IamClient admin = Clients.of(aws, account.userKey("admin")).iam();
        Map<String, Integer> after = admin.getAccountSummary().summaryMapAsStrings();
        assertEquals(1, after.get("AccountMFAEnabled"));
        assertEquals(1, after.get("AccountAccessKeysPresent"), "an inactive key is present");
        assertEquals(0, after.get("AccountPasswordPresent"));
        assertEquals(1, after.get("MFADevicesInUse"));
    }

    @Test
    void securedPresetHasNoRootKeys() {
        EmulatedAccount secured = Presets.secured(aws, "210987654321").reportDelay(0);
        IamClient admin = Clients.of(aws, secured.userKey("admin")).iam();
        Map<String, Integer> summary = admin.getAccountSummary().summaryMapAsStrings();
        assertEquals(1, summary.get("AccountMFAEnabled"));
        assertEquals(0, summary.get("AccountAccessKeysPresent"));
        assertEquals(0, summary.get("AccountSigningCertificatesPresent"));
        admin.generateCredentialReport();
        assertTrue(admin.getCredentialReport().content().asUtf8String().contains("true,2025-01-05T10:00:00Z"));
        assertEquals("admin", admin.getUser().user().userName());
    }
}
