package io.jenkins.plugins.awsrootguard.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.CredentialReportCsv.MalformedReportException;
import io.jenkins.plugins.awsrootguard.controls.Facts;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportKey;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportRoot;
import io.jenkins.plugins.awsrootguard.facts.ReportTime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading the credential report, well formed and not. */
class CredentialReportCsvTest {

    private static final String ROOT = "arn:aws:iam::123456789012:root";

    private static CredentialReport parse(String csv) {
        return CredentialReportCsv.parse(csv.getBytes(StandardCharsets.UTF_8), Facts.NOW, ROOT);
    }

    private static String sample(String file) {
        return new String(Facts.sample(file), StandardCharsets.UTF_8);
    }

    private static String refused(String csv) {
        String message =
                assertThrows(MalformedReportException.class, () -> parse(csv)).getMessage();
        assertTrue(message.lines().count() == 1, message);
        return message;
    }

    @Test
    void rootsRowAndTheTotalsAreRead() {
        CredentialReport report = parse(sample("unsecured.csv"));
        assertEquals("arn:aws:iam::123456789012:root", report.root().arn());
        assertEquals(Instant.parse("2016-05-04T12:00:00Z"), report.root().created());
        assertEquals(Boolean.TRUE, report.root().passwordEnabled());
        assertEquals(Boolean.FALSE, report.root().mfaActive());
        assertEquals("iam", report.root().keys().get(0).lastUsedService());
        assertEquals(2, report.totals().users());
        assertEquals(0, report.totals().usersWithPasswordWithoutMfa());
        assertTrue(report.root().notTold().isEmpty());
    }

    @Test
    void threeWordsForNoDateStayThreeFacts() {
        CredentialReport report = parse(sample("inactive-key-and-certificate.csv"));
        assertEquals(ReportTime.NEVER_USED, report.root().passwordLastUsed());
        assertEquals(ReportTime.NOT_TOLD, report.root().passwordLastChanged());
        assertEquals(ReportTime.NONE, report.root().keys().get(0).lastRotated());
    }

    @Test
    void upperCaseBooleansAndOffsetTimesAreRead() {
        CredentialReport report = parse(sample("older-report.csv"));
        assertEquals(Boolean.TRUE, report.root().mfaActive());
        assertNull(report.root().passwordEnabled());
        assertEquals(
                Instant.parse("2026-11-23T23:59:59Z"),
                report.root().passwordLastUsed().at());
    }

    @Test
    void theDigestIsOfTheBytesAsAwsGaveThem() {
        // As sha256sum prints it for the file.
        assertEquals(
                "9cfeeb71ca3e35b22ed8808eb4351ae5112abef77fe568e71c2fde887748ad6c",
                parse(sample("secured.csv")).sha256());
    }

    @Test
    void aCellOfRootThatAwsNeverWritesMakesTheReportUnreadable() {
        assertEquals(
                "it is damaged: in root's row, password_last_used is 'yesterday'",
                refused(sample("secured.csv").replace("2025-01-05T10:00:00Z", "yesterday")));
    }

    @Test
    void rootsRowWithACommaLostAndAnotherGainedIsNoMfa() {
        // By the columns' names alone, that the key is active would read as MFA.
        String message = refused(sample("unsecured.csv")
                .replace("2026-11-20T08:15:30Z,2019", "2026-11-20T08:15:30Z2019")
                .replace("2019-03-01T10:00:00Z,2026-11-01", "2019-03-01T10:00:00Z,,2026-11-01"));
        assertTrue(message.contains("password_last_used is '2026-11-20T08:15:30Z2019-03"), message);
    }

    @Test
    void aPasswordChangedInTheFutureIsNotAFreshOne() {
        String message = refused(sample("unsecured.csv").replace("2019-03-01T10:00:00Z", "2029-03-01T10:00:00Z"));
        assertTrue(message.endsWith("password_last_changed is '2029-03-01T10:00:00Z'"), message);
    }

    @Test
    void aLineOfMillionsOfCellsIsRefusedBeforeItFillsTheMemory() {
        assertEquals("it has a line of 10000004 bytes", refused("user" + ",".repeat(10_000_000) + "\na,b"));
    }

    @Test
    void aReportOfOneColumnIsRefusedBeforeItsRowsAreRead() {
        assertTrue(refused("user\n" + "\n".repeat(1_000_000)).contains("no column but 'user'"));
    }

    @Test
    void aDamagedCellOfAnotherUserHidesNothingOfRoot() {
        CredentialReport report = parse(sample("unsecured.csv").replace("2026-10-02T08:00:00Z", "yesterday"));
        assertEquals(Boolean.FALSE, report.root().mfaActive());
        assertEquals(2, report.totals().users());
    }

    @ParameterizedTest
    @ValueSource(strings = {"byte-order-mark.csv", "blank-lines.csv", "sixteen-columns.csv"})
    void readsAReportThatAnEditorOrProxyHasChanged(String file) {
        assertEquals(
                "arn:aws:iam::123456789012:root", parse(sample(file)).root().arn());
    }

    @Test
    void readsAReportWithWindowsLineEnds() {
        CredentialReport report = parse(sample("unsecured.csv").replace("\n", "\r\n") + "\r\n\r\n");
        assertEquals(2, report.totals().users());
    }

    @Test
    void aThirdRootAccessKeyIsNotOverlooked() {
        ReportKey third = parse(sample("third-credential.csv")).root().keys().get(2);
        assertEquals(3, third.number());
        assertFalse(third.isReported());
    }

    @Test
    void countsAThirdRootCertificate() {
        ReportRoot root = parse(sample("third-credential.csv").replace("1 more access key", "1 additional certificate"))
                .root();
        assertEquals(2, root.keys().size());
        assertTrue(root.certificates().get(2).exists());
    }

    @Test
    void leavesKeysAndCertificatesOpenWhenFurtherOnesAreUnclear() {
        ReportRoot root = parse(sample("third-credential.csv").replace("1 more access key", "several"))
                .root();
        assertFalse(root.keys().get(2).isReported());
        assertFalse(root.certificates().get(2).isReported());
        assertEquals(List.of("additional_credentials_info"), root.notTold());
    }

    @Test
    void anEmptyReportIsRefused() {
        assertTrue(refused("").contains("empty"));
    }

    @Test
    void aReportWithoutRootsRowIsRefused() {
        String csv = sample("unsecured.csv").replace("<root_account>", "nobody");
        assertTrue(refused(csv).contains("no row <root_account>"));
    }

    @Test
    void readsAReportOfAPartitionWithoutRootUser() {
        CredentialReport report = CredentialReportCsv.parse(
                Facts.sample("without-root-user.csv"), Facts.NOW, "arn:aws-cn:iam::123456789012:root");
        assertEquals(ReportRoot.NONE, report.root());
        assertEquals(1, report.totals().users());
    }

    @Test
    void refusesAReportOfAnotherAccountWithoutRootUser() {
        String message = assertThrows(
                        MalformedReportException.class,
                        () -> CredentialReportCsv.parse(
                                Facts.sample("without-root-user.csv"), Facts.NOW, "arn:aws-cn:iam::999999999999:root"))
                .getMessage();
        assertEquals("it is the report of another account, arn:aws-cn:iam::123456789012:user/admin", message);
    }

    @Test
    void refusesARootRowOfAnotherAccount() {
        assertTrue(refused(sample("govcloud.csv")).contains("another account, arn:aws-us-gov:iam::210987654321:root"));
    }

    @Test
    void aReportWithTwoRootRowsIsRefused() {
        String csv = sample("secured.csv");
        String root = csv.lines().skip(1).findFirst().orElseThrow();
        assertTrue(refused(csv + "\n" + root).contains("two rows"));
    }

    @Test
    void aTruncatedReportIsRefusedAndTheRowNamed() {
        String csv = sample("unsecured.csv");
        String message = refused(csv.substring(0, csv.length() - 60));
        assertTrue(message.contains("cut off or damaged: row 3"), message);
    }

    @ParameterizedTest
    @CsvSource({"'<html>sorry</html>'", "'a,b\n1,2'", "'user,user\na,b'", "'user\n\"<root_account>'"})
    void whatIsNoCredentialReportIsRefused(String text) {
        refused(text);
    }

    @Test
    void controlCharactersInAHeaderDoNotReachTheMessage() {
        String message = refused("\u001b[31mred\u0007,b\n1,2");
        assertTrue(message.chars().noneMatch(Character::isISOControl), message);
    }
}
