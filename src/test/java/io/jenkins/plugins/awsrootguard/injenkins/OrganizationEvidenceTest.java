package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.evidence.EvidenceCheck;
import io.jenkins.plugins.awsrootguard.evidence.EvidenceRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hamcrest.Matcher;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What an auditor finds of a build that worked on an organization: one record for all its accounts. */
@WithJenkins
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

    private static HtmlPage page(String query) throws Exception {
        return j.createWebClient().getPage(run, "aws-root-guard/" + query);
    }

    @Test
    void theRecordTellsOfEveryAccountsCallsAndChangesAndOfTheOrganizationsOwn() throws Exception {
        List<String> lines = Files.readAllLines(archive().resolve(EvidenceRecord.FILE));
        for (String id : List.of(OrganizationAws.MANAGEMENT, OrganizationAws.WITH_KEY, OrganizationAws.CLEAN)) {
            assertThat(lines, hasItem(entry("call", id, "\"what\":\"iam:GetAccountSummary\"")));
        }
        assertThat(lines, hasItem(entry("call", OrganizationAws.WITH_KEY, "\"what\":\"sts:AssumeRoot\"")));
        assertThat(lines, hasItem(entry("call", OrganizationAws.WITH_KEY, "\"what\":\"iam:DeleteAccessKey\"")));
        assertThat(lines, hasItem(entry("change", OrganizationAws.WITH_KEY, "\"outcome\":\"DONE\"")));
        assertThat(lines, hasItem(entry("statement", OrganizationAws.WITH_KEY, "\"what\":\"PLAN approved\"")));
        assertThat(lines, hasItem(entry("call", many.organization.id(), "\"what\":\"organizations:ListAccounts\"")));
        long calls = lines.stream().filter(l -> l.contains("\"kind\":\"call\"")).count();
        assertEquals(many.aws.calls().size(), calls, "each call that AWS received is on record, once");
    }

    private static Matcher<String> entry(String kind, String account, String what) {
        return allOf(
                containsString("\"kind\":\"" + kind + "\""),
                containsString("\"account\":\"" + account + "\""),
                containsString(what));
    }

    @Test
    void theArchivedFolderIsWholeAndThePageSaysSoWhenItIsAsked() throws Exception {
        EvidenceCheck check = EvidenceCheck.of(archive());
        assertTrue(check.isWhole(), check.wrong()::toString);
        assertNull(page("").getElementById("archive-whole"));
        HtmlPage verified = page("").getElementById("verify-archive").click();
        assertNotNull(verified.getElementById("archive-whole"));
    }

    @Test
    void anArchivedFileThatWasTamperedWithShows() throws Exception {
        Path csv = archive().resolve("accounts.csv");
        String before = Files.readString(csv);
        try {
            Files.writeString(csv, before + "999999999999,forged,No gaps found\n");
            assertThat(
                    page("?verify=1").getElementById("archive-changed").asNormalizedText(),
                    containsString("accounts.csv is not what this build archived"));
        } finally {
            Files.writeString(csv, before);
        }
    }
}
