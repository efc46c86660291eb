package io.jenkins.plugins.awsrootguard.injenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.model.Result;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.emulator.RecordedCall;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Steps in branches of {@code parallel}: no branch uses the account or the credentials of another. */
@WithSharedJenkins
class ParallelTest extends InJenkins {

    private static final String FIRST = JenkinsAws.ACCOUNT;
    private static final String SECOND = "210987654321";

    @BeforeEach
    void addSecondAccount() throws Exception {
        EmulatedAccount second =
                Presets.unsecured(aws.aws, SECOND).reportDelay(0).reportCacheHours(0);
        second.attachAdministratorAccess("alice");
        JenkinsAws.credential("second", second.userKey("alice"));
    }

    @Test
    void branchSecuresItsOwnAccountWithItsOwnCredentials() throws Exception {
        // The second account is read last, and only then is the first one secured.
        String[] script = {
            "boolean firstRead = false, secondRead = false",
            "parallel first: {",
            "  rootReport(credentialsId: 'admin')",
            "  firstRead = true",
            "  waitUntil(initialRecurrencePeriod: 10, quiet: true) { secondRead }",
            "  rootGaps(failOn: 'NEVER', unstableOn: 'NEVER')",
            "  def done = rootSecure(dryRun: false, approved: true)",
            "  echo \"first secured ${done.accountId}\"",
            "  echo \"first validated ${rootValidate(failOn: 'NEVER', unstableOn: 'NEVER').accountId}\"",
            "}, second: {",
            "  waitUntil(initialRecurrencePeriod: 10, quiet: true) { firstRead }",
            "  rootReport(credentialsId: 'second')",
            "  secondRead = true",
            "  echo \"second planned ${rootSecure().accountId}\"",
            "}"
        };
        // Unstable, because the keys of root can be deleted only with root's own key.
        WorkflowRun run =
                j.assertBuildStatus(Result.UNSTABLE, JenkinsAws.job(j, script).scheduleBuild2(0));
        j.assertLogContains("first secured " + FIRST, run);
        j.assertLogContains("first validated " + FIRST, run);
        j.assertLogContains("second planned " + SECOND, run);
        assertEquals(Set.of(FIRST), accountsChanged());
        assertFalse(outcomes(run, FIRST).contains(ChangeRecord.Outcome.FAILED));
    }

    @Test
    void refusesBranchWithoutAccount() throws Exception {
        for (String step : List.of("rootGaps()", "rootSecure(dryRun: false, approved: true)", "rootConfirm('MFA')")) {
            WorkflowRun run = j.assertBuildStatus(
                    Result.FAILURE,
                    JenkinsAws.job(
                                    j,
                                    "boolean read = false",
                                    "parallel reads: {",
                                    "  rootReport(credentialsId: 'admin')",
                                    "  read = true",
                                    "}, readsNothing: {",
                                    "  waitUntil(initialRecurrencePeriod: 10, quiet: true) { read }",
                                    "  " + step,
                                    "}")
                            .scheduleBuild2(0));
            j.assertLogContains(
                    step.replaceFirst("\\(.*", "")
                            + " has no account: no earlier step of this parallel branch, or before"
                            + " the parallel block, has read one. Add accountId, or run rootReport in the branch.",
                    run);
        }
        assertEquals(Set.of(), accountsChanged());
    }

    @Test
    void refusesCredentialsOfAnotherBranch() throws Exception {
        WorkflowRun run = j.assertBuildStatus(
                Result.FAILURE,
                JenkinsAws.job(
                                j,
                                "boolean read = false",
                                "parallel reads: {",
                                "  rootReport(credentialsId: 'admin')",
                                "  read = true",
                                "}, secures: {",
                                "  waitUntil(initialRecurrencePeriod: 10, quiet: true) { read }",
                                "  rootSecure(accountId: '" + FIRST + "', dryRun: false, approved: true)",
                                "}")
                        .scheduleBuild2(0));
        j.assertLogContains("No AWS credentials", run);
        assertEquals(Set.of(), accountsChanged());
    }

    @Test
    void branchUsesTheAccountReadBeforeTheBlock() throws Exception {
        WorkflowRun run = success(
                "boolean read = false",
                "rootReport(credentialsId: 'admin')",
                "parallel reads: {",
                "  rootReport(credentialsId: 'second')",
                "  read = true",
                "}, plans: {",
                "  waitUntil(initialRecurrencePeriod: 10, quiet: true) { read }",
                "  echo \"branch planned ${rootSecure().accountId}\"",
                "  parallel nested: { echo \"nested branch planned ${rootSecure().accountId}\" }",
                "}",
                "echo \"later planned ${rootSecure().accountId}\"");
        j.assertLogContains("branch planned " + FIRST, run);
        j.assertLogContains("nested branch planned " + FIRST, run);
        j.assertLogContains("later planned " + FIRST, run);
    }

    private WorkflowRun success(String... script) throws Exception {
        return j.buildAndAssertSuccess(JenkinsAws.job(j, script));
    }

    /** The accounts with changes, all of them by their own user. */
    private Set<String> accountsChanged() {
        return aws.aws.calls().stream()
                .filter(call -> call.service().equals("iam"))
                .filter(call -> call.action().matches("(Create|Update|Attach|Add|Put|Delete).*"))
                .map(RecordedCall::principalArn)
                .map(arn -> arn.split(":")[4])
                .collect(Collectors.toSet());
    }

    private static List<ChangeRecord.Outcome> outcomes(WorkflowRun run, String account) {
        AccountState state = BuildStore.of(run).accounts().state(account).orElseThrow();
        return state.changes().stream().map(ChangeRecord::outcome).toList();
    }
}
