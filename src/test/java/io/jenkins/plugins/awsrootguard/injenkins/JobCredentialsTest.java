package io.jenkins.plugins.awsrootguard.injenkins;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which credentials a job can use that runs as Jenkins itself, as jobs do where nothing else is set up. */
@WithSharedJenkins
class JobCredentialsTest extends OfJobsAndUsers {

    private static final String STORE_IT =
            "Store it with the scope Global in Jenkins or in a folder of the job. Builds use a user's own credentials"
                    + " only if the job always runs as that user, or if that user chose them for a credentials parameter.";

    @AfterEach
    void stop() throws Exception {
        RootGuardGlobalConfiguration.get().setCredentialsId(null);
    }

    @ParameterizedTest
    @EnumSource
    void usesGlobalCredentialsAndThoseOfParentFolders(ReadingJob kind) throws Exception {
        Folder below = jobs.team.createProject(Folder.class, "below");
        jobs.assertUsed(jobs.globals, jobs.build(kind.in(j.jenkins, "global")));
        jobs.assertUsed(jobs.globals, jobs.build(kind.in(below, "global")));
        Run<?, ?> run = jobs.build(kind.in(below, "of-team"));
        jobs.assertUsed(jobs.teams, run);
        JobsAndUsers.assertTracked(jobs.ofTeam, run);
    }

    @ParameterizedTest
    @EnumSource
    void refusesCredentialsOfAnotherFolder(ReadingJob kind) throws Exception {
        Job<?, ?> job = kind.in(ReadingJob.create(j.jenkins, Folder.class), "of-team");
        jobs.assertRefused(
                jobs.build(job),
                "credentialsId 'of-team' was not found among the credentials that the job " + job.getFullName()
                        + " can use. " + STORE_IT);
    }

    @ParameterizedTest
    @EnumSource
    void refusesSystemCredentials(ReadingJob kind) throws Exception {
        JenkinsAws.credential(
                j.jenkins,
                new UsernamePasswordCredentialsImpl(
                        CredentialsScope.SYSTEM,
                        "of-system",
                        null,
                        jobs.globals.accessKeyId(),
                        jobs.globals.secretAccessKey()));
        jobs.assertRefused(
                jobs.build(kind.in(j.jenkins, "of-system")), "credentialsId 'of-system' was not found", STORE_IT);
        RootGuardGlobalConfiguration.get().setCredentialsId("of-system");
        jobs.assertRefused(
                jobs.build(kind.in(j.jenkins, "")),
                "the global setting credentialsId 'of-system' was not found",
                STORE_IT);
    }

    @ParameterizedTest
    @EnumSource
    void refusesCredentialsOfTheUserWhoStartsTheBuild(ReadingJob kind) throws Exception {
        Job<?, ?> job = kind.in(j.jenkins, "alices");
        JobsAndUsers.parameter(job, "OTHER", "");
        jobs.assertRefused(jobs.build(job), "credentialsId 'alices' was not found", STORE_IT);
        jobs.assertRefused(jobs.build(job, "alice", "OTHER", ""), "credentialsId 'alices' was not found", STORE_IT);
    }
}
