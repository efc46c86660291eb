package io.jenkins.plugins.awsrootguard.injenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Computer;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.util.FormValidation;
import io.jenkins.plugins.awsrootguard.config.AccountForm;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jenkins.security.QueueItemAuthenticator;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.authorizeproject.AuthorizeProjectProperty;
import org.jenkinsci.plugins.authorizeproject.AuthorizeProjectStrategy;
import org.jenkinsci.plugins.authorizeproject.GlobalQueueItemAuthenticator;
import org.jenkinsci.plugins.authorizeproject.ProjectQueueItemAuthenticator;
import org.jenkinsci.plugins.authorizeproject.strategy.AnonymousAuthorizationStrategy;
import org.jenkinsci.plugins.authorizeproject.strategy.SpecificUsersAuthorizationStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which credentials a job can use whose builds run as a user, with the plugin authorize-project. */
@WithSharedJenkins
class AuthorizeProjectTest extends OfJobsAndUsers {

    private static final String ALICE_NEEDS =
            "The build runs as alice. Store it among the user's own credentials, or give the user"
                    + " the permission Credentials/UseItem or Job/Configure on the job.";

    @BeforeEach
    void start() throws Exception {
        Set<String> strategies = new HashSet<>();
        strategies.add(id(SpecificUsersAuthorizationStrategy.class));
        strategies.add(id(AnonymousAuthorizationStrategy.class));
        authenticate(new ProjectQueueItemAuthenticator(strategies, new HashSet<>()));
    }

    @AfterEach
    void stop() throws Exception {
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().clear();
    }

    @ParameterizedTest
    @EnumSource
    void refusesJobCredentialsWithoutPermission(ReadingJob kind) throws Exception {
        jobs.assertRefused(
                jobs.build(as("alice", kind.in(j.jenkins, "global"))),
                "credentialsId 'global' was not found",
                ALICE_NEEDS);
        jobs.assertRefused(
                jobs.build(as("alice", kind.in(jobs.team, "of-team"))),
                "credentialsId 'of-team' was not found",
                ALICE_NEEDS);
    }

    @ParameterizedTest
    @EnumSource
    void usesJobCredentialsWithPermissionToConfigure(ReadingJob kind) throws Exception {
        jobs.assertUsed(jobs.globals, jobs.build(as("carol", kind.in(j.jenkins, "global"))));
        Run<?, ?> run = jobs.build(as("carol", kind.in(jobs.team, "of-team")));
        jobs.assertUsed(jobs.teams, run);
        JobsAndUsers.assertTracked(jobs.ofTeam, run);
        jobs.assertRefused(
                jobs.build(as("carol", kind.in(j.jenkins, "of-team"))),
                "credentialsId 'of-team' was not found",
                "The build runs as carol. Store it among the user's own credentials, or with the scope Global in Jenkins or"
                        + " in a folder of the job.");
    }

    @ParameterizedTest
    @EnumSource
    void usesJobCredentialsWithPermissionToUseThem(ReadingJob kind) throws Exception {
        Job<?, ?> job = as("alice", kind.in(j.jenkins, "global"));
        CredentialsProvider.USE_ITEM.setEnabled(true);
        try {
            j.jenkins.setAuthorizationStrategy(jobs.strategy()
                    .grantWithoutImplication(CredentialsProvider.USE_ITEM)
                    .onItems((Item) job)
                    .to("alice"));
            jobs.assertUsed(jobs.globals, jobs.build(job));
            jobs.assertRefused(jobs.build(as("alice", kind.in(j.jenkins, "global"))), ALICE_NEEDS);
        } finally {
            CredentialsProvider.USE_ITEM.setEnabled(false);
        }
    }

    @ParameterizedTest
    @EnumSource
    void usesAndTracksCredentialsOfTheUser(ReadingJob kind) throws Exception {
        Run<?, ?> run = jobs.build(as("alice", kind.in(j.jenkins, "alices")));
        jobs.assertUsed(jobs.alices, run);
        JobsAndUsers.assertTracked(jobs.alicesOwn, run);
    }

    @ParameterizedTest
    @EnumSource
    void refusesCredentialsOfAnotherUser(ReadingJob kind) throws Exception {
        jobs.assertRefused(
                jobs.build(as("bob", kind.in(j.jenkins, "alices"))),
                "credentialsId 'alices' was not found",
                "The build runs as bob.");
        jobs.assertRefused(
                jobs.build(as("carol", kind.in(j.jenkins, "alices"))),
                "credentialsId 'alices' was not found",
                "The build runs as carol.");
    }

    @ParameterizedTest
    @EnumSource
    void refusesAllCredentialsToAnonymous(ReadingJob kind) throws Exception {
        j.jenkins.setAuthorizationStrategy(
                jobs.strategy().grant(Computer.BUILD).everywhere().to("anonymous"));
        Job<?, ?> job = kind.in(j.jenkins, "global");
        as(new AnonymousAuthorizationStrategy(), job);
        jobs.assertRefused(
                jobs.build(job), "credentialsId 'global' was not found", "The build runs as anonymous. Store it");
    }

    @ParameterizedTest
    @EnumSource
    void usesTheUserOfAllBuilds(ReadingJob kind) throws Exception {
        authenticate(new GlobalQueueItemAuthenticator(new SpecificUsersAuthorizationStrategy("alice")));
        jobs.assertUsed(jobs.alices, jobs.build(kind.in(j.jenkins, "alices")));
        jobs.assertRefused(jobs.build(kind.in(j.jenkins, "global")), ALICE_NEEDS);
    }

    @Test
    void formListsCredentialsThatABuildFinds() throws Exception {
        FreeStyleProject alices = as("alice", j.createFreeStyleProject());
        assertEquals(List.of("", "alices"), listed(alices));
        assertEquals(FormValidation.Kind.WARNING, AccountForm.checkCredentials(alices, "global").kind);
        FreeStyleProject carols = as("carol", j.createFreeStyleProject());
        assertEquals(List.of("", "global"), listed(carols));
        assertEquals(FormValidation.Kind.OK, AccountForm.checkCredentials(carols, "global").kind);
        assertEquals(FormValidation.Kind.WARNING, AccountForm.checkCredentials(carols, "alices").kind);
    }

    private static String id(Class<? extends AuthorizeProjectStrategy> strategy) {
        return j.jenkins.getDescriptorOrDie(strategy).getId();
    }

    private static List<String> listed(Item item) {
        return AccountForm.credentials(item, null).stream()
                .map(option -> option.value)
                .toList();
    }

    private static void authenticate(QueueItemAuthenticator by) throws Exception {
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().replace(by);
    }

    private static <J extends Job<?, ?>> J as(String user, J job) throws Exception {
        return as(new SpecificUsersAuthorizationStrategy(user), job);
    }

    private static <J extends Job<?, ?>> J as(AuthorizeProjectStrategy strategy, J job) throws Exception {
        job.addProperty(new AuthorizeProjectProperty(strategy));
        return job;
    }
}
