package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import hudson.model.Result;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Each thing that can be given wrong ends in one line that says what to do, and in no stack trace. */
@WithSharedJenkins
class BadInputTest extends InJenkins {

    private static final String READ = "rootReport(credentialsId: 'admin')";

    @Test
    void refusesStepsOutOfOrder() throws Exception {
        assertOneLine("rootGaps needs rootReport first", "rootGaps()");
        assertOneLine("rootSecure needs rootReport first", "rootSecure()");
        assertOneLine("rootConfirm needs rootReport first", "rootConfirm 'MFA'");
        assertOneLine("rootConfirm needs rootReport first", "rootConfirm 'PLAN'");
        assertOneLine(
                "rootGaps needs rootReport first for account 210987654321",
                READ,
                "rootGaps(accountId: '210987654321')");
    }

    @Test
    void refusesInvalidAccountId() throws Exception {
        assertOneLine(
                "accountId '12345' is not an AWS account id. Enter its 12 digits",
                "rootReport(credentialsId: 'admin', accountId: '12345')");
        assertOneLine("accountId 'prod' is not an AWS account id", READ, "rootConfirm(what: 'MFA', accountId: 'prod')");
    }

    @Test
    void refusesInvalidRegion() throws Exception {
        assertOneLine(
                "region 'Frankfurt' is not a region. Enter its code",
                "rootReport(credentialsId: 'admin', region: 'Frankfurt')");
    }

    @Test
    void refusesInvalidGate() throws Exception {
        assertOneLine(
                "failOn 'BAD' is not a severity: use CRITICAL, HIGH, MEDIUM or LOW", READ, "rootGaps(failOn: 'bad')");
        assertOneLine(
                "unknown 'MAYBE' is not valid. Enter FAIL, UNSTABLE or IGNORE.", READ, "rootGaps(unknown: 'maybe')");
    }

    @Test
    void refusesNumbersOutOfRange() throws Exception {
        assertOneLine(
                "maxAge 1 is out of range. Enter a number from 4 to 8760.",
                "rootReport(credentialsId: 'admin', maxAge: 1)");
        assertOneLine("reportWait 0 s is out of range", "rootReport(credentialsId: 'admin', reportWait: 0)");
    }

    @Test
    void refusesInvalidIamNames() throws Exception {
        assertOneLine("adminUser 'two words' is not a valid IAM name", READ, "rootGaps(adminUser: 'two words')");
        assertOneLine("tags: 'security' is not a tag. Enter key=value", READ, "rootGaps(tags: ['security'])");
    }

    @Test
    void refusesInvalidParametersOfAPause() throws Exception {
        assertOneLine("what 'LUNCH' is not valid. Use MFA, PASSWORD, PLAN or ADMIN_MFA", READ, "rootConfirm 'lunch'");
        assertOneLine("The id is part of a URL", READ, "rootConfirm(what: 'MFA', id: 'a/../b')");
        assertOneLine(
                "submitter ', ,' contains no name: enter IDs of users or groups",
                READ,
                "rootConfirm(what: 'MFA', submitter: 'x'.replace('x', ' , ,'))");
    }

    @Test
    void reportsUnknownAccessKey() throws Exception {
        JenkinsAws.credential("old", new AccessKeyPair("AKIAIOSFODNN7EXAMPLE", "canary-secret"));
        WorkflowRun run = assertOneLine("AWS does not know the access key id", "rootReport(credentialsId: 'old')");
        j.assertLogNotContains("canary-secret", run);
        j.assertLogNotContains("AKIAIOSFODNN7EXAMPLE", run);
    }

    @Test
    void reportsWrongSecretKey() throws Exception {
        JenkinsAws.credential("wrong", new AccessKeyPair(aws.account.rootKey().accessKeyId(), "canary-secret"));
        WorkflowRun run = assertOneLine(
                "the secret access key does not belong to the access key id", "rootReport(credentialsId: 'wrong')");
        j.assertLogNotContains("canary-secret", run);
    }

    @Test
    void reportsUnreachableAccount() throws Exception {
        aws.aws.createAccount("210987654321");
        assertOneLine("210987654321", "rootReport(credentialsId: 'admin', accountId: '210987654321')");
    }

    @Test
    void namesDeniedCallAndReportsItsFindingsUnknown() throws Exception {
        aws.aws.faults().deny("*", "iam:GetAccountPasswordPolicy");
        WorkflowRun run = run(READ, "def g = rootGaps(unstableOn: 'NEVER')", "echo \"unknown=${g.counts.unknown}\"");
        j.assertBuildStatusSuccess(run);
        j.assertLogContains("AWS denied iam:GetAccountPasswordPolicy", run);
        j.assertLogContains("UNKNOWN HIGH password-policy", run);
        j.assertLogContains("FAIL CRITICAL root-access-keys", run);
    }

    @Test
    void unreadableReportLeavesOtherFactsKnown() throws Exception {
        for (byte[] csv : Stream.of("", "user,arn\n", "no csv at all \u0000\u0001", "user,arn\n\"<root_account")
                .map(s -> s.getBytes(StandardCharsets.UTF_8))
                .toList()) {
            aws.account.reportOverride(csv, Instant.now());
            WorkflowRun run = run(READ, "def g = rootGaps(unstableOn: 'NEVER')", "echo \"found=${g.findings.size()}\"");
            j.assertBuildStatusSuccess(run);
            j.assertLogContains("No credential report", run);
            j.assertLogContains("FAIL CRITICAL root-mfa", run);
            assertThat(JenkinsRule.getLog(run), not(containsString("\tat ")));
        }
    }

    private WorkflowRun assertOneLine(String expected, String... script) throws Exception {
        WorkflowRun run = run(script);
        j.assertBuildStatus(Result.FAILURE, run);
        String error = JenkinsRule.getLog(run)
                .lines()
                .filter(l -> l.startsWith("ERROR: "))
                .findFirst()
                .orElse("no line begins with ERROR");
        assertThat(error, containsString(expected));
        assertThat(JenkinsRule.getLog(run), not(containsString("\tat ")));
        return run;
    }

    private WorkflowRun run(String... script) throws Exception {
        WorkflowJob job = JenkinsAws.job(j, script);
        return j.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }
}
