package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.RecordedCall;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The phases from a Pipeline. */
@WithSharedJenkins
class StepsTest extends InJenkins {

    private static final String READ = "def r = rootReport(credentialsId: 'root')";
    private static final String JUDGE = "def g = rootGaps(unstableOn: 'NEVER')";

    @Test
    void reportReturnsRootStatusAndArchivesFiles() throws Exception {
        WorkflowRun run = success(
                READ,
                "echo \"mfa=${r.mfa} keys=${r.accessKeys} of=${r.accountId} alias=${r.alias} route=${r.route}\"",
                "echo \"key=${r.keys[0].id} active=${r.keys[0].active}\"");
        j.assertLogContains("mfa=FAIL keys=FAIL of=123456789012 alias=prod route=ROOT_KEY", run);
        String id = aws.account.rootKey().accessKeyId();
        j.assertLogContains("key=AKIA…" + id.substring(id.length() - 4) + " active=true", run);
        j.assertLogNotContains(id, run);
        assertThat(
                artifacts(run),
                containsInAnyOrder(
                        "credential-report.csv",
                        "evidence.jsonl",
                        "findings.csv",
                        "findings.json",
                        "report.css",
                        "report.html",
                        "SHA256SUMS"));
    }

    @Test
    void gapsReturnCountsFindingsAndPlan() throws Exception {
        WorkflowRun run = success(
                READ,
                JUDGE,
                "echo \"critical=${g.counts.critical} worst=${g.findings[0].severity} result=${g.result}\"",
                "echo \"kinds=${g.plan.changes.collect { it.kind }} pending=${g.plan.pending.collect { it.what }}\"");
        j.assertLogContains("critical=2 worst=CRITICAL result=PASSED", run);
        j.assertLogContains(
                "kinds=[UPDATE_PASSWORD_POLICY, DELETE_SIGNING_CERTIFICATE, DELETE_ROOT_ACCESS_KEY]"
                        + " pending=[MFA, PASSWORD, ADMIN_MFA]",
                run);
        assertThat(
                artifacts(run),
                containsInAnyOrder(
                        "credential-report.csv",
                        "evidence.jsonl",
                        "findings.csv",
                        "findings.json",
                        "report.css",
                        "report.html",
                        "SHA256SUMS"));
    }

    @Test
    void dryRunIsTheDefaultAndChangesNothing() throws Exception {
        WorkflowRun run =
                success(READ, JUDGE, "def s = rootSecure()", "echo \"dry=${s.dryRun} would=${s.wouldDo > 0}\"");
        j.assertLogContains("dry=true would=true", run);
        assertThat(changingCalls(), empty());
        assertEquals(1, aws.account.root().accessKeys().size());
    }

    @Test
    void securesAnAccountWithTheRootAccessKey() throws Exception {
        WorkflowRun run = run(
                READ,
                "rootGaps(unstableOn: 'NEVER', adminUser: 'break-glass', tags: ['owner=security'], deleteKeys: [r.keys[0].id])",
                "def s = rootSecure(dryRun: false, approved: true)",
                "echo \"complete=${s.complete} failed=${s.failed} own=${s.signingKeyDeleted}\"",
                "def v = rootValidate(credentialsId: 'admin', unstableOn: 'NEVER')",
                "echo \"points=${v.points.collect { it.id + '=' + it.status }}\"");
        j.assertBuildStatusSuccess(run);
        j.assertLogContains("complete=true failed=0 own=true", run);
        j.assertLogContains("The validation needs other credentials", run);
        j.assertLogContains("access-keys=PASS", run);
        j.assertLogContains("mfa=FAIL", run);
        assertEquals(List.of(), aws.account.root().accessKeys());
        AccountState state = state(run);
        assertTrue(state.changes().stream().allMatch(c -> c.outcome() == ChangeRecord.Outcome.DONE));
        assertNotNull(state.securedAt());
        assertNotNull(state.validation());
    }

    @Test
    void createsAdministratorWithTagsOfAnEarlierStep() throws Exception {
        aws.account.user("alice").attachedPolicies().clear();
        run(
                READ,
                "rootGaps(unstableOn: 'NEVER', adminUser: 'break-glass', adminGroup: 'breakers', tags: ['owner=security'])",
                "rootSecure(dryRun: false, approved: true)");
        assertEquals("security", aws.account.user("break-glass").tags().get("owner"));
        assertThat(aws.account.group("breakers").members(), containsInAnyOrder("break-glass"));
        assertNull(aws.account.user("root-guard-admin"));
    }

    @Test
    void keepsRecentlyUsedKeyAndMarksTheBuildUnstable() throws Exception {
        WorkflowRun run = run(READ, JUDGE, "rootSecure(dryRun: false, approved: true)");
        j.assertBuildStatus(Result.UNSTABLE, run);
        j.assertLogContains(" to deleteKeys.)", run);
        assertEquals(1, aws.account.root().accessKeys().size());
    }

    @Test
    void deletesNothingWithoutApproval() throws Exception {
        WorkflowRun run =
                run(READ, "rootGaps(unstableOn: 'NEVER', deleteKeys: [r.keys[0].id])", "rootSecure(dryRun: false)");
        j.assertBuildStatus(Result.UNSTABLE, run);
        j.assertLogContains("not approved", run);
        assertEquals(1, aws.account.root().accessKeys().size());
        assertEquals(1, aws.account.root().certificates().size());
    }

    @Test
    void readsAgainWithAnotherAccessMethod() throws Exception {
        WorkflowRun run = run(
                "rootReport(credentialsId: 'admin')",
                JUDGE,
                "rootSecure(credentialsId: 'root', dryRun: false, approved: true, deleteKeys: ['"
                        + aws.account.rootKey().accessKeyId() + "'])");
        j.assertBuildStatusSuccess(run);
        j.assertLogContains("Reading the account again", run);
        assertThat(aws.account.root().accessKeys(), empty());
        assertThat(aws.account.root().certificates(), empty());
    }

    @Test
    void secondReadingReplacesEarlierFindings() throws Exception {
        aws.account.root().deactivateKey(aws.account.rootKey().accessKeyId());
        WorkflowRun run = Pauses.paused(j, "rootConfirm 'MFA'", "rootReport()");
        j.waitForMessage("AccountMFAEnabled = 0", run);
        assertEquals(Status.PASS, status(run, "root-access-keys"));
        aws.account.root().addAccessKey();
        aws.account.root().enableVirtualMfa("phone");
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        assertEquals(Status.FAIL, status(run, "root-access-keys"));
        assertEquals(Status.PASS, status(run, "root-mfa"));
    }

    private Status status(Run<?, ?> run, String control) {
        return state(run).findings().find(control).orElseThrow().status();
    }

    @Test
    void secondRunChangesNothing() throws Exception {
        run(
                READ,
                "rootGaps(unstableOn: 'NEVER', deleteKeys: [r.keys[0].id])",
                "rootSecure(dryRun: false, approved: true)");
        aws.aws.clearCalls();
        WorkflowRun again = success(
                "rootReport(credentialsId: 'admin')",
                "rootGaps(unstableOn: 'NEVER')",
                "def s = rootSecure(dryRun: false, approved: true)",
                "echo \"changes=${s.changes.size()}\"");
        j.assertLogContains("changes=0", again);
        assertThat(changingCalls(), empty());
    }

    @Test
    void nextBuildNamesTheBuildThatDeletedTheKey() throws Exception {
        WorkflowJob job = JenkinsAws.job(
                j,
                READ,
                "rootGaps(unstableOn: 'NEVER', deleteKeys: [r.keys[0].id])",
                "rootSecure(dryRun: false, approved: true)");
        j.waitForCompletion(job.scheduleBuild2(0).waitForStart());
        WorkflowRun next = j.waitForCompletion(job.scheduleBuild2(0).waitForStart());
        j.assertBuildStatus(Result.FAILURE, next);
        j.assertLogContains(": build #1 deleted this root access key on 20", next);
        assertNoStackTrace(next);
    }

    @Test
    void nextRunContinuesAfterAFailedChange() throws Exception {
        aws.account.user("alice").attachedPolicies().clear();
        aws.aws
                .faults()
                .failNext("iam:CreateUser", 1, 409, "LimitExceeded", "Cannot exceed quota for UsersPerAccount: 5000");
        WorkflowRun run = run(READ, JUDGE, "rootSecure(dryRun: false, approved: true)");
        j.assertBuildStatus(Result.FAILURE, run);
        j.assertLogContains("1 change failed", run);
        assertNoStackTrace(run);
        assertNotNull(aws.account.group("root-guard-administrators"));
        assertTrue(state(run).changes().stream().anyMatch(c -> c.outcome() == ChangeRecord.Outcome.FAILED));
        WorkflowRun next = run(READ, JUDGE, "rootSecure(dryRun: false, approved: true)");
        j.assertBuildStatus(Result.UNSTABLE, next);
        assertNotNull(aws.account.user("root-guard-admin"));
    }

    private WorkflowRun success(String... script) throws Exception {
        return j.assertBuildStatusSuccess(run(script));
    }

    private WorkflowRun run(String... script) throws Exception {
        WorkflowJob job = JenkinsAws.job(j, script);
        return j.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }

    private AccountState state(Run<?, ?> run) {
        return BuildStore.of(run).accounts().state(JenkinsAws.ACCOUNT).orElseThrow();
    }

    private static List<String> artifacts(Run<?, ?> run) {
        String prefix = "aws-root-guard/" + JenkinsAws.ACCOUNT + "/";
        return run.getArtifacts().stream()
                .map(a -> a.relativePath)
                .peek(path -> assertTrue(path.startsWith(prefix), path))
                .map(path -> path.substring(prefix.length()))
                .toList();
    }

    private List<String> changingCalls() {
        return aws.aws.calls().stream()
                .map(RecordedCall::action)
                .filter(a -> !a.matches("(Get|List|Lookup|Describe|Simulate|Generate).*"))
                .toList();
    }

    private void assertNoStackTrace(Run<?, ?> run) throws Exception {
        assertThat(JenkinsRule.getLog(run), not(containsString("\tat ")));
    }
}
