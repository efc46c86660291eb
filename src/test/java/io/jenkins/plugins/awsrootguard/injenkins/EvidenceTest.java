package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.awsrootguard.evidence.EvidenceWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The evidence that a build archives. */
@WithSharedJenkins
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

    @Test
    void recordsCallsAndChangesWithRequestIdAndPrincipal() throws Exception {
        List<String> lines = Files.readAllLines(archive().resolve(EvidenceWriter.FILE));
        String principal = "\"principal\":\"" + run.getParent().getName() + " #1\"";
        assertThat(
                lines,
                hasItem(allOf(
                        containsString("\"kind\":\"call\""),
                        containsString("\"action\":\"iam:DeleteAccessKey\""),
                        containsString("\"outcome\":\"OK\""),
                        containsString("\"requestId\":\""),
                        containsString(principal))));
        assertThat(
                lines,
                hasItem(allOf(
                        containsString("\"kind\":\"change\""),
                        containsString("Delete root's active access key"),
                        containsString("\"by\":\"the job " + run.getParent().getName() + "\""))));
        String all = String.join("\n", lines);
        assertThat(all, not(containsString(aws.account.rootKey().accessKeyId())));
        assertThat(all, not(containsString(aws.account.rootKey().secretAccessKey())));
    }

    @Test
    void checksumsMatchArchivedFiles() throws Exception {
        assertChecksums(archive());
    }

    /** As {@code sha256sum -c SHA256SUMS} does. */
    static void assertChecksums(Path dir) throws IOException {
        List<String> sums = Files.readAllLines(dir.resolve("SHA256SUMS"));
        assertThat(sums, hasItem(containsString("  evidence.jsonl")));
        assertThat(sums, hasItem(containsString("  findings.json")));
        for (String line : sums) {
            assertEquals(
                    line.substring(0, 64),
                    DigestUtils.sha256Hex(Files.readAllBytes(dir.resolve(line.substring(66)))),
                    line);
        }
    }
}
