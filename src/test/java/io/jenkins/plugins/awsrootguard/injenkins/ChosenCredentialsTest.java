package io.jenkins.plugins.awsrootguard.injenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.emulator.RecordedCall;
import io.jenkins.plugins.awsrootguard.freestyle.SecureRootAccountBuilder;
import java.util.Set;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Credentials that a user chooses for one build by a credentials parameter. */
@WithSharedJenkins
class ChosenCredentialsTest extends OfJobsAndUsers {

    private static final String NOT_HERS =
            ". Choose one of this user's own credentials, or one of the job's if the user has the permission"
                    + " Credentials/UseItem or Job/Configure on the job.";

    @ParameterizedTest
    @EnumSource
    void usesChosenCredentialsForOneBuildOnly(ReadingJob kind) throws Exception {
        Job<?, ?> job = asking(kind, "${WITH}", "");
        Run<?, ?> hers = jobs.build(job, "alice", "WITH", "alices");
        jobs.assertUsed(jobs.alices, hers);
        JobsAndUsers.assertTracked(jobs.alicesOwn, hers);
        jobs.assertRefused(jobs.build(job), "credentialsId '${WITH}' was not found", "The parameter is empty.");
    }

    @ParameterizedTest
    @EnumSource
    void acceptsTheNameOfTheParameter(ReadingJob kind) throws Exception {
        jobs.assertUsed(jobs.alices, jobs.build(asking(kind, "WITH", ""), "alice", "WITH", "alices"));
    }

    @ParameterizedTest
    @EnumSource
    void refusesCredentialsOfAnotherUser(ReadingJob kind) throws Exception {
        jobs.assertRefused(
                jobs.build(asking(kind, "${WITH}", ""), "bob", "WITH", "alices"),
                "credentialsId '${WITH}' was not found",
                "'alices'" + NOT_HERS);
    }

    @ParameterizedTest
    @EnumSource
    void refusesJobCredentialsChosenWithoutPermission(ReadingJob kind) throws Exception {
        Job<?, ?> job = asking(kind, "${WITH}", "");
        jobs.assertRefused(
                jobs.build(job, "alice", "WITH", "global"),
                "credentialsId '${WITH}' was not found",
                "'global'" + NOT_HERS);
    }

    @ParameterizedTest
    @EnumSource
    void usesJobCredentialsChosenWithPermission(ReadingJob kind) throws Exception {
        Job<?, ?> job = kind.in(jobs.team, "${WITH}");
        JobsAndUsers.parameter(job, "WITH", "");
        jobs.assertUsed(jobs.globals, jobs.build(job, "carol", "WITH", "global"));
        jobs.assertUsed(jobs.teams, jobs.build(job, "carol", "WITH", "of-team"));
        CredentialsProvider.USE_ITEM.setEnabled(true);
        try {
            j.jenkins.setAuthorizationStrategy(jobs.strategy()
                    .grantWithoutImplication(CredentialsProvider.USE_ITEM)
                    .onItems((Item) job)
                    .to("alice"));
            jobs.assertUsed(jobs.globals, jobs.build(job, "alice", "WITH", "global"));
        } finally {
            CredentialsProvider.USE_ITEM.setEnabled(false);
        }
    }

    @ParameterizedTest
    @EnumSource
    void usesTheDefaultOfTheParameterForEveryUser(ReadingJob kind) throws Exception {
        Job<?, ?> job = asking(kind, "${WITH}", "global");
        jobs.assertUsed(jobs.globals, jobs.build(job));
        jobs.assertUsed(jobs.globals, jobs.build(job, "alice", "WITH", "global"));
        jobs.assertRefused(
                jobs.build(asking(kind, "${WITH}", "of-team")),
                "credentialsId '${WITH}' was not found",
                "The parameter's default is 'of-team'. Store it with the scope Global");
    }

    @ParameterizedTest
    @EnumSource
    void reportsMissingParameter(ReadingJob kind) throws Exception {
        jobs.assertRefused(
                jobs.build(kind.in(j.jenkins, "${WITH}")),
                "credentialsId '${WITH}' was not found",
                "The build has no credentials parameter WITH.");
    }

    @Test
    void errorExplainsHowToUseTheChosenCredentials() throws Exception {
        WorkflowJob job = JenkinsAws.job(j, "rootReport(credentialsId: params.WITH)");
        JobsAndUsers.parameter(job, "WITH", "");
        jobs.assertRefused(
                jobs.build(job, "alice", "WITH", "alices"),
                "credentialsId 'alices' was not found",
                "To use the credentials chosen for the parameter WITH, enter '${WITH}' in single quotes instead of its value.");
    }

    @Test
    void pipelineSecuresWithChosenCredentials() throws Exception {
        WorkflowJob job = JenkinsAws.job(
                j,
                "rootReport(credentialsId: 'global')",
                "rootGaps(unstableOn: 'NEVER', failOn: 'NEVER')",
                "rootSecure(credentialsId: '${WITH}', dryRun: false, approved: true)",
                "rootValidate(unstableOn: 'NEVER', failOn: 'NEVER')");
        JobsAndUsers.parameter(job, "WITH", "");
        Run<?, ?> his = jobs.build(job, "bob", "WITH", "alices");
        j.assertLogContains("ERROR: credentialsId '${WITH}' was not found among", his);
        j.assertLogContains("'alices'" + NOT_HERS, his);
        assertEquals(Set.of(), changedWith());
        Run<?, ?> hers = jobs.build(job, "alice", "WITH", "alices");
        j.assertLogContains("[Pipeline] rootValidate", hers);
        j.assertLogNotContains("ERROR", hers);
        assertEquals(Set.of(jobs.alices.accessKeyId()), changedWith());
    }

    private Set<String> changedWith() {
        return jobs.aws.aws.calls().stream()
                .filter(call -> call.action().matches("(Create|Update|Attach|Add|Put|Delete).*"))
                .map(RecordedCall::accessKeyId)
                .collect(Collectors.toSet());
    }

    @Test
    void freestyleValidatesWithChosenCredentials() throws Exception {
        SecureRootAccountBuilder step = new SecureRootAccountBuilder();
        step.credentialsId = "global";
        step.validationCredentialsId = "${WITH}";
        step.apply = true;
        step.failOn = "NEVER";
        FreeStyleProject job = j.createFreeStyleProject();
        job.getBuildersList().add(step);
        JobsAndUsers.parameter(job, "WITH", "");
        Run<?, ?> hers = jobs.build(job, "alice", "WITH", "alices");
        j.assertLogNotContains("ERROR", hers);
        JobsAndUsers.assertTracked(jobs.alicesOwn, hers);
        Run<?, ?> his = jobs.build(job, "bob", "WITH", "alices");
        j.assertLogContains("ERROR: validationCredentialsId '${WITH}' was not found among", his);
        j.assertLogContains("'alices'" + NOT_HERS, his);
    }

    private Job<?, ?> asking(ReadingJob kind, String credentialsId, String byDefault) throws Exception {
        Job<?, ?> job = kind.in(j.jenkins, credentialsId);
        JobsAndUsers.parameter(job, "WITH", byDefault);
        return job;
    }
}
