package io.jenkins.plugins.awsrootguard.injenkins;

import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.emulator.RecordedCall;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;

/** A Jenkins for all tests of a class, and for each a fresh {@link OrganizationAws}. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
abstract class InOrganization {

    static final String READ = "rootReport(organization: true, credentialsId: 'org')";

    static final String SECURE =
            "def s = rootSecure(dryRun: false)\necho \"done=${s.done} failed=${s.failed} skipped=${s.skipped}\"";

    static JenkinsRule j;

    OrganizationAws aws;

    @BeforeAll
    static void startJenkins(JenkinsRule rule) {
        j = rule;
    }

    @BeforeEach
    void start() throws Exception {
        aws = new OrganizationAws().storeCredentials();
    }

    @AfterEach
    void stop() {
        Pauses.killAll(j);
        aws.close();
    }

    WorkflowRun paused(String... more) throws Exception {
        String[] script = Stream.concat(Stream.of(READ), Stream.of(more)).toArray(String[]::new);
        WorkflowRun run = JenkinsAws.job(j, script).scheduleBuild2(0).waitForStart();
        j.waitForMessage("Show instructions", run);
        return run;
    }

    WorkflowRun run(String... script) throws Exception {
        WorkflowJob job = JenkinsAws.job(j, script);
        return j.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }

    static AccountState state(Run<?, ?> run, String account) {
        return BuildStore.of(run).accounts().state(account).orElseThrow();
    }

    static String page(WorkflowRun run, String rest) throws Exception {
        return j.createWebClient().getPage(run, "aws-root-guard/" + rest).asNormalizedText();
    }

    List<String> changingCalls() {
        return aws.aws.calls().stream()
                .map(RecordedCall::action)
                .filter(a -> !a.matches("(Get|List|Lookup|Describe|Simulate|Generate|AssumeRoot).*"))
                .toList();
    }

    String plan() {
        return "PLAN-organization";
    }
}
