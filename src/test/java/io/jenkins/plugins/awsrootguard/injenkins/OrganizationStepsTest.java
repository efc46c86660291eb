package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.FolderStore;
import io.jenkins.plugins.awsrootguard.assessment.StopCause;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.RecordedCall;
import io.jenkins.plugins.awsrootguard.report.AccountRow;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The phases of a whole organization from a Pipeline. */
@WithSharedJenkins
class OrganizationStepsTest extends InOrganization {

    private static final String REPORT = "def r = rootReport(organization: true, credentialsId: 'org')";
    private static final String LENIENT = "unstableOn: 'NEVER', unknown: 'IGNORE'";

    @Test
    void reportReadsEveryAccountOfTheOrganization() throws Exception {
        WorkflowRun run = success(
                REPORT,
                "echo \"org=${r.organizationId} accounts=${r.accounts} unread=${r.unread} complete=${r.complete}\"",
                "echo \"verdicts=${r.verdicts} keys=${r.controls['root-access-keys']}\"",
                "echo \"worst=${r.worst[0].accountId} ${r.worst[0].name} ${r.worst[0].verdict} size=${r.worst.size()}\"");
        j.assertLogContains("org=" + aws.organization.id() + " accounts=3 unread=0 complete=true", run);
        j.assertLogContains("At risk:1", run);
        j.assertLogContains("keys=[FAIL:1, UNKNOWN:0, NOT_CHECKED:0, PASS:2, NOT_APPLICABLE:0]", run);
        j.assertLogContains("worst=200000000001 shop At risk size=3", run);
        assertThat(
                artifacts(run),
                containsInAnyOrder(
                        "SHA256SUMS",
                        "accounts.csv",
                        "evidence.jsonl",
                        "findings.csv",
                        "findings.json",
                        "report.css",
                        "report.html"));
    }

    @Test
    void logsEachAccountOnlyWithVerbose() throws Exception {
        j.assertLogNotContains("200000000001 (shop)", success(REPORT));
        j.assertLogContains(
                "200000000001 (shop): At risk, ",
                success("rootReport(organization: true, credentialsId: 'org', verbose: true)"));
    }

    @Test
    void readsOnlySelectedAccounts() throws Exception {
        EmulatedAccount other = aws.member(200_000_000_003L);
        String unit = aws.organization.moveTo("teams", aws.withKey);
        aws.organization.moveTo("teams", other);
        assertThat(ids(success(read("accounts: ['200000000002']"))), containsInAnyOrder("200000000002"));
        assertThat(
                ids(success(read("organizationalUnits: ['" + unit + "']"))),
                containsInAnyOrder("200000000001", "200000000003"));
        assertThat(
                ids(success(read("exclude: ['100000000000, 200000000003']"))),
                containsInAnyOrder("200000000001", "200000000002"));
    }

    @Test
    void laterStepsWorkOnTheSameAccounts() throws Exception {
        WorkflowRun run = success(
                read("exclude: ['200000000002']"),
                "def g = rootGaps(" + LENIENT + ")",
                "echo \"gaps=${g.accounts} planned=${g.planned}/${g.plannedAccounts} result=${g.result}\"",
                "def v = rootValidate(" + LENIENT + ")",
                "echo \"validated=${v.validated} secured=${v.securedAccounts}\"");
        j.assertLogContains("gaps=2 planned=1/1 result=PASSED", run);
        j.assertLogContains("validated=2 secured=", run);
        assertThat(ids(run), containsInAnyOrder("100000000000", "200000000001"));
        assertTrue(store(run).state("200000000001").orElseThrow().validation() != null);
    }

    @Test
    void gateJudgesTheWholeOrganization() throws Exception {
        WorkflowRun run = run(REPORT, "rootGaps(failOn: 'CRITICAL', unknown: 'IGNORE')");
        j.assertBuildStatus(Result.FAILURE, run);
        j.assertLogContains("ERROR: The quality gate failed: 2 findings of severity CRITICAL, in 1 of 3 accounts", run);
        j.assertLogNotContains("\tat ", run);
        j.assertBuildStatus(Result.UNSTABLE, run(REPORT, "rootGaps(unknown: 'IGNORE')"));
        // A root session can't read a member's password policy: NOT_CHECKED counts in no gate.
        j.assertBuildStatus(Result.SUCCESS, run(read("accounts: ['200000000002']"), "rootGaps(failOn: 'HIGH')"));
    }

    @Test
    void unreadAccountHasItsReasonAndAffectsNoOther() throws Exception {
        aws.aws.faults().deny(aws.withKey.root().arn(), "iam:*");
        aws.organization.suspend(aws.clean);
        WorkflowRun run = success(REPORT, "echo \"unread=${r.unread} verdicts=${r.verdicts}\"");
        j.assertLogContains("unread=1", run);
        AccountEntry denied = store(run).account("200000000001").orElseThrow();
        assertEquals("Could not be read", AccountRow.of(denied).verdict().word());
        assertThat(AccountRow.of(denied).worst(), containsString("iam:GetAccountSummary"));
        assertEquals(
                "Not applicable",
                AccountRow.of(store(run).account("200000000002").orElseThrow())
                        .verdict()
                        .word());
    }

    @Test
    void buildXmlHoldsNoAccount() throws Exception {
        for (int i = 3; i < 13; i++) {
            aws.member(200_000_000_000L + i);
        }
        WorkflowRun run = success(REPORT, "rootGaps(" + LENIENT + ")");
        String xml = Files.readString(run.getRootDir().toPath().resolve("build.xml"));
        assertFalse(xml.contains("200000000001"), "an account in build.xml");
        assertFalse(xml.contains("200000000012"), "an account in build.xml");
        try (InputStream in = run.getArtifactManager()
                .root()
                .child("aws-root-guard/organization/findings.json")
                .open()) {
            JsonNode json = new ObjectMapper().readTree(in);
            assertEquals(13, json.get("accounts").size());
            assertTrue(json.get("run").get("complete").asBoolean());
        }
    }

    @Test
    void abortedReadingKeepsAccountsReadSoFar() throws Exception {
        for (int i = 3; i < 30; i++) {
            aws.member(200_000_000_000L + i);
        }
        aws.aws.faults().delay("sts:AssumeRoot", Duration.ofMillis(500));
        WorkflowJob job = JenkinsAws.job(
                j, "rootReport(organization: true, credentialsId: 'org', parallelism: 2, verbose: true)");
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        j.waitForMessage("200000000001 (shop): At risk", run);
        run.getExecutor().interrupt();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
        FolderStore store = store(run);
        assertThat(
                store.accounts().stream().filter(a -> !a.reading().isMissing()).count(), lessThan(29L));
        assertFalse(store.account("200000000001").orElseThrow().reading().isMissing());
        assertEquals(
                StopCause.Kind.INTERRUPTED,
                store.header().orElseThrow().stopped().kind());
        assertThat(j.createWebClient().getPage(run, "aws-root-guard/").asNormalizedText(), containsString("stopped"));
        assertThat(
                artifacts(run),
                containsInAnyOrder(
                        "SHA256SUMS",
                        "accounts.csv",
                        "evidence.jsonl",
                        "findings.csv",
                        "findings.json",
                        "report.css",
                        "report.html"));
        j.assertLogNotContains("\tat ", run);
    }

    @Test
    void keepsOrganizationFilesWhenOneAccountIsReadLater() throws Exception {
        WorkflowRun run = run(REPORT, "rootReport(accountId: '200000000001')");
        j.assertBuildStatusSuccess(run);
        EvidenceTest.assertChecksums(run.getArtifactsDir().toPath().resolve("aws-root-guard/organization"));
    }

    @Test
    void worksOnOneAccountOfTheOrganization() throws Exception {
        WorkflowRun run = run(
                REPORT,
                "rootGaps(accountId: '200000000001', " + LENIENT + ")",
                "def s = rootSecure(accountId: '200000000001', dryRun: false, approved: true)",
                "echo \"done=${s.done}\"",
                "def v = rootValidate(" + LENIENT + ")",
                "echo \"accounts=${v.accounts} keys=${v.controls['root-access-keys'].FAIL}\"");
        j.assertBuildStatusSuccess(run);
        j.assertLogContains("done=1", run);
        j.assertLogContains("accounts=3 keys=0", run);
        assertThat(aws.withKey.root().accessKeys(), empty());
        assertEquals(1, store(run).account("200000000001").orElseThrow().made());
    }

    @Test
    void reportsInvalidInputInOneLine() throws Exception {
        assertOneLine("accountId cannot be combined with organization: true", read("accountId: '200000000001'"));
        assertOneLine(
                "can be used only with organization: true",
                "rootReport(credentialsId: 'org', accounts: ['200000000001'])");
        assertOneLine("parallelism is 0", read("parallelism: 0"));
        assertOneLine("organizational unit 'teams' is not an id", read("organizationalUnits: ['teams']"));
        assertOneLine("rootGaps needs rootReport organization: true first", "rootGaps(organization: true)");
    }

    @Test
    void neverCallsASuspendedAccount() throws Exception {
        aws.organization.suspend(aws.clean);
        success(REPORT);
        assertThat(
                aws.aws.calls().stream()
                        .filter(c -> "200000000002".equals(c.parameters().get("TargetPrincipal")))
                        .map(RecordedCall::action)
                        .toList(),
                empty());
    }

    private void assertOneLine(String error, String script) throws Exception {
        WorkflowRun run = run(script);
        j.assertBuildStatus(Result.FAILURE, run);
        j.assertLogContains(error, run);
        assertThat(JenkinsRule.getLog(run), not(containsString("\tat ")));
    }

    private static String read(String more) {
        return "rootReport(organization: true, credentialsId: 'org', " + more + ")";
    }

    private WorkflowRun success(String... script) throws Exception {
        return j.assertBuildStatusSuccess(run(script));
    }

    private static FolderStore store(Run<?, ?> run) {
        return BuildStore.of(run).accounts();
    }

    private static List<String> ids(Run<?, ?> run) {
        return store(run).accounts().stream().map(AccountEntry::id).toList();
    }

    private static List<String> artifacts(WorkflowRun run) {
        String prefix = "aws-root-guard/organization/";
        return run.getArtifacts().stream()
                .map(a -> a.relativePath)
                .peek(path -> assertTrue(path.startsWith(prefix), path))
                .map(path -> path.substring(prefix.length()))
                .toList();
    }
}
