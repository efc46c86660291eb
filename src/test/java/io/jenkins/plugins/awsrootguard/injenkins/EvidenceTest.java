package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.awsrootguard.evidence.EvidenceRecord;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What an auditor finds of a build, and can verify. */
@WithJenkins
class EvidenceTest {

    private static JenkinsRule j;

    private JenkinsAws aws;
    private WorkflowRun run;

    @BeforeAll
    static void startJenkins(JenkinsRule rule) {
        j = rule;
    }

    @BeforeEach
    void secure() throws Exception {
        aws = new JenkinsAws().withCredentials();
        WorkflowJob job = JenkinsAws.job(
                j,
                "rootReport(credentialsId: 'root')",
                "rootGaps(unstableOn: 'NEVER', deleteKeys: ['"
                        + aws.account.rootKey().accessKeyId() + "'])",
                "rootSecure(dryRun: false, approved: true)");
        run = j.buildAndAssertStatus(Result.SUCCESS, job);
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    private Path archive() {
        return run.getArtifactsDir().toPath().resolve("aws-root-guard").resolve(JenkinsAws.ACCOUNT);
    }

    private HtmlPage page() throws Exception {
        return j.createWebClient().getPage(run, "aws-root-guard/" + JenkinsAws.ACCOUNT + "/");
    }

    @Test
    void theRecordTellsEachCallAndChangeWithItsRequestIdAndByWhom() throws Exception {
        List<String> lines = Files.readAllLines(archive().resolve(EvidenceRecord.FILE));
        String by = "\"by\":\"" + run.getParent().getName() + " #1\"";
        assertThat(
                lines,
                hasItem(allOf(
                        containsString("\"kind\":\"call\""),
                        containsString("\"what\":\"iam:DeleteAccessKey\""),
                        containsString("\"outcome\":\"OK\""),
                        containsString("\"requestId\":\""),
                        containsString(by))));
        assertThat(
                lines,
                hasItem(allOf(
                        containsString("\"kind\":\"change\""),
                        containsString("Delete root's active access key"),
                        containsString("\"by\":\"the job " + run.getParent().getName() + "\""))));
        assertThat(
                lines,
                hasItem(allOf(
                        containsString("\"kind\":\"file\""), containsString("\"what\":\"credential-report.csv\""))));
        String all = String.join("\n", lines);
        assertThat(all, not(containsString(aws.account.rootKey().accessKeyId())));
        assertThat(all, not(containsString(aws.account.rootKey().secretAccessKey())));
        assertEquals(Optional.empty(), new EvidenceRecord(archive()).firstFlaw());
    }

    @Test
    void theSumsAreThoseOfSha256sum() throws Exception {
        List<String> sums = Files.readAllLines(archive().resolve("SHA256SUMS"));
        assertThat(sums, hasItem(containsString("  " + EvidenceRecord.FILE)));
        for (String line : sums) {
            byte[] file = Files.readAllBytes(archive().resolve(line.substring(66)));
            assertEquals(
                    line.substring(0, 64),
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(file)));
        }
    }

    @Test
    void whatIsUntouchedIsSaidToBe() throws Exception {
        HtmlPage page = page();
        assertEquals(
                "The 5 archived files (credential-report.csv, findings.csv, findings.json, report.css, report.html) and the"
                        + " record of what was done (evidence.jsonl) are as they were written. To verify them yourself:"
                        + " sha256sum -c SHA256SUMS, in the archived folder.",
                page.getElementById("archive-whole").asNormalizedText());
        assertEquals(null, page.getElementById("archive-changed"));
    }

    @Test
    void anArchivedFileThatWasTamperedWithShowsOnThePage() throws Exception {
        Path report = archive().resolve("credential-report.csv");
        Files.writeString(report, Files.readString(report).replace("false", "true"));
        assertThat(
                page().getElementById("archive-changed").asNormalizedText(),
                containsString("credential-report.csv is not what this build archived"));
    }

    @Test
    void anArchivedRecordThatAnotherStepWroteOverShowsOnThePage() throws Exception {
        Path record = archive().resolve(EvidenceRecord.FILE);
        Files.writeString(record, Files.readString(record).replace("iam:DeleteAccessKey", "iam:ListAccessKeys"));
        assertThat(
                page().getElementById("archive-changed").asNormalizedText(),
                containsString(EvidenceRecord.FILE + " is not what this build archived"));
        assertEquals(null, page().getElementById("archive-whole"));
    }

    @Test
    void whatAnotherStepArchivedInsteadIsNotReadWhateverItsLength() throws Exception {
        for (String name : List.of("SHA256SUMS", EvidenceRecord.FILE)) {
            try (RandomAccessFile longer =
                    new RandomAccessFile(archive().resolve(name).toFile(), "rw")) {
                longer.setLength(3L << 30);
            }
            assertThat(
                    page().getElementById("archive-changed").asNormalizedText(),
                    containsString(name + " is not what this build archived"));
        }
    }

    @Test
    void anArchivedRecordThatWasDeletedIsSaidToBeGone() throws Exception {
        Files.delete(archive().resolve(EvidenceRecord.FILE));
        assertThat(
                page().getElementById("archive-missing").asNormalizedText(),
                containsString("One archived file is gone"));
    }

    @Test
    void sumsThatWereMadeToFitShowOnThePage() throws Exception {
        Path sums = archive().resolve("SHA256SUMS");
        Files.writeString(sums, Files.readString(sums).replaceFirst("[0-9a-f]{64}", "0".repeat(64)));
        assertThat(
                page().getElementById("archive-changed").asNormalizedText(),
                containsString("SHA256SUMS is not what this build archived"));
    }

    @Test
    void aRecordThatWasTamperedWithShowsOnThePage() throws Exception {
        Path record = run.getRootDir()
                .toPath()
                .resolve("aws-root-guard")
                .resolve(JenkinsAws.ACCOUNT)
                .resolve(EvidenceRecord.FILE);
        Files.writeString(record, Files.readString(record).replaceFirst("iam:GetAccountSummary", "iam:ListUsers"));
        assertThat(
                page().getElementById("archive-changed").asNormalizedText(),
                containsString(EvidenceRecord.FILE + ": line "));
    }
}
