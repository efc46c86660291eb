package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awsrootguard.evidence.EvidenceWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hamcrest.Matcher;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The evidence that a build on an organization archives: one file for all accounts. */
@WithSharedJenkins
class OrganizationEvidenceTest {

    private static JenkinsRule j;
    private static OrganizationAws many;
    private static WorkflowRun run;

    @BeforeAll
    static void secure(JenkinsRule rule) throws Exception {
        j = rule;
        many = new OrganizationAws().storeCredentials();
        WorkflowJob job = JenkinsAws.job(
                j,
                "rootReport(organization: true, credentialsId: 'org')",
                "rootGaps(unstableOn: 'NEVER', failOn: 'NEVER', unknown: 'IGNORE')",
                "rootSecure(dryRun: false, approved: true)");
        run = j.buildAndAssertSuccess(job);
    }

    @AfterAll
    static void stop() {
        many.close();
    }

    private static Path archive() {
        return run.getArtifactsDir().toPath().resolve("aws-root-guard/organization");
    }

    @Test
    void recordsEveryAccountAndOrganizationCallOnce() throws Exception {
        List<String> lines = Files.readAllLines(archive().resolve(EvidenceWriter.FILE));
        for (String id : List.of(OrganizationAws.MANAGEMENT, OrganizationAws.WITH_KEY, OrganizationAws.CLEAN)) {
            assertThat(lines, hasItem(entry("call", id, "\"action\":\"iam:GetAccountSummary\"")));
        }
        assertThat(lines, hasItem(entry("call", OrganizationAws.WITH_KEY, "\"action\":\"sts:AssumeRoot\"")));
        assertThat(lines, hasItem(entry("call", OrganizationAws.WITH_KEY, "\"action\":\"iam:DeleteAccessKey\"")));
        assertThat(lines, hasItem(entry("change", OrganizationAws.WITH_KEY, "\"outcome\":\"DONE\"")));
        assertThat(lines, hasItem(entry("approval", OrganizationAws.WITH_KEY, "\"by\":\"")));
        assertThat(lines, hasItem(entry("call", many.organization.id(), "\"action\":\"organizations:ListAccounts\"")));
        long calls = lines.stream().filter(l -> l.contains("\"kind\":\"call\"")).count();
        assertEquals(many.aws.calls().size(), calls, "each call that AWS received is recorded once");
    }

    private static Matcher<String> entry(String kind, String account, String what) {
        return allOf(
                containsString("\"kind\":\"" + kind + "\""),
                containsString("\"account\":\"" + account + "\""),
                containsString(what));
    }

    @Test
    void checksumsMatchArchivedFiles() throws Exception {
        EvidenceTest.assertChecksums(archive());
    }
}
