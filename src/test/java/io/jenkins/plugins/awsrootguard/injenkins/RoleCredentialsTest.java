package io.jenkins.plugins.awsrootguard.injenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedRole;
import io.jenkins.plugins.awsrootguard.emulator.TestIssuer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.authorizeproject.AuthorizeProjectProperty;
import org.jenkinsci.plugins.authorizeproject.ProjectQueueItemAuthenticator;
import org.jenkinsci.plugins.authorizeproject.strategy.SpecificUsersAuthorizationStrategy;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;

/** A role gives a job no credentials that it cannot use without the role. The role trusts every token and key of the tests. */
@WithSharedJenkins
class RoleCredentialsTest extends OfJobsAndUsers {

    private static final String UNUSABLE = "credentialsId '%s' was not found among the credentials that the job ";
    private static final String NEEDS_USE_ITEM =
            "The build runs as alice. Store it among the user's own credentials, or"
                    + " give the user the permission Credentials/UseItem or Job/Configure on the job.";
    private static final String NOT_THE_USERS =
            ". Choose one of this user's own credentials, or one of the job's if the"
                    + " user has the permission Credentials/UseItem or Job/Configure on the job.";

    private TestIssuer issuer;
    private EmulatedRole role;

    @BeforeEach
    void createRoleAndTokens() throws Exception {
        issuer = TestIssuer.start();
        String provider = jobs.aws.account.createOidcProvider(issuer.issuer(), "sts.amazonaws.com");
        role = jobs.aws.account.createRole("Secure").trustPolicy("""
                {"Statement": {"Effect": "Allow", "Action": ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity"],
                  "Principal": {"AWS": "*", "Federated": "%s"}}}
                """.formatted(provider));
        role.attachedPolicies().add(jobs.aws.account.administratorAccess());
        JenkinsAws.credential(j.jenkins, token(CredentialsScope.GLOBAL, "token"));
        JenkinsAws.credential(j.jenkins, token(CredentialsScope.SYSTEM, "token-of-system"));
        JenkinsAws.credential(jobs.team, token(CredentialsScope.GLOBAL, "token-of-team"));
        User alice = User.getById("alice", true);
        try (ACLContext as = ACL.as(alice)) {
            JenkinsAws.credential(alice, token(CredentialsScope.USER, "token-of-alice"));
        }
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .replace(new ProjectQueueItemAuthenticator(
                        Set.of(j.jenkins
                                .getDescriptorOrDie(SpecificUsersAuthorizationStrategy.class)
                                .getId()),
                        Set.of()));
    }

    @AfterEach
    void stopIssuer() throws Exception {
        issuer.close();
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().clear();
        RootGuardGlobalConfiguration global = RootGuardGlobalConfiguration.get();
        global.setCredentialsId(null);
        global.setRoleArn(null);
    }

    private StringCredentials token(CredentialsScope scope, String id) {
        String token = issuer.token(Map.of("aud", "sts.amazonaws.com", "sub", id));
        return new StringCredentialsImpl(scope, id, null, Secret.fromString(token));
    }

    private Job<?, ?> job(ReadingJob kind, String credentialsId) throws Exception {
        return kind.in(j.jenkins, credentialsId, role.arn());
    }

    private static Job<?, ?> as(String user, Job<?, ?> job) throws Exception {
        job.addProperty(new AuthorizeProjectProperty(new SpecificUsersAuthorizationStrategy(user)));
        return job;
    }

    /** The build read the account in a session of the role, and with nothing else. */
    private void assertAssumed(Run<?, ?> run) throws Exception {
        assertNotEquals(Result.FAILURE, run.getResult(), JenkinsRule.getLog(run));
        j.assertLogContains(":assumed-role/Secure/", run);
        assertEquals(
                Set.of("AssumeRole"),
                jobs.aws.aws.calls().stream()
                        .filter(c -> !c.principalArn().contains(":assumed-role/Secure/"))
                        .map(c -> c.action().replace("WithWebIdentity", ""))
                        .collect(Collectors.toSet()),
                "calls with the credential itself");
        jobs.aws.aws.clearCalls();
    }

    private void assertUnusable(String id, Run<?, ?> run, String why) throws Exception {
        jobs.assertRefused(run, UNUSABLE.formatted(id) + run.getParent().getFullName() + " can use. ", why);
        j.assertLogNotContains("Secure", run);
    }

    @ParameterizedTest
    @EnumSource
    void refusesTokenAndKeyOfAnotherFolder(ReadingJob kind) throws Exception {
        assertAssumed(jobs.build(kind.in(jobs.team, "token-of-team", role.arn())));
        assertAssumed(jobs.build(kind.in(jobs.team, "of-team", role.arn())));
        Folder other = ReadingJob.create(j.jenkins, Folder.class);
        for (String id : List.of("token-of-team", "of-team")) {
            assertUnusable(id, jobs.build(kind.in(other, id, role.arn())), "Store it with the scope Global");
            assertUnusable(id, jobs.build(job(kind, id)), "Store it with the scope Global");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesTokenOfScopeSystem(ReadingJob kind) throws Exception {
        assertUnusable("token-of-system", jobs.build(job(kind, "token-of-system")), "Store it with the scope Global");
    }

    @ParameterizedTest
    @EnumSource
    void refusesTokenOfUserToBuildOfJenkins(ReadingJob kind) throws Exception {
        assertUnusable(
                "token-of-alice",
                jobs.build(job(kind, "token-of-alice")),
                "Builds use a user's own credentials only if the job always runs as that user");
    }

    @ParameterizedTest
    @EnumSource
    void buildOfUserAssumesRoleWithOwnTokenOnly(ReadingJob kind) throws Exception {
        assertAssumed(jobs.build(as("alice", job(kind, "token-of-alice"))));
        assertUnusable("token-of-alice", jobs.build(as("bob", job(kind, "token-of-alice"))), "The build runs as bob.");
        assertUnusable(
                "token-of-alice", jobs.build(as("carol", job(kind, "token-of-alice"))), "The build runs as carol.");
    }

    @ParameterizedTest
    @EnumSource
    void refusesTokenOfJobToUserWithoutUseItem(ReadingJob kind) throws Exception {
        assertUnusable("token", jobs.build(as("alice", job(kind, "token"))), NEEDS_USE_ITEM);
        assertUnusable("global", jobs.build(as("alice", job(kind, "global"))), NEEDS_USE_ITEM);
        assertUnusable(
                "token-of-team",
                jobs.build(as("alice", kind.in(jobs.team, "token-of-team", role.arn()))),
                NEEDS_USE_ITEM);
        assertAssumed(jobs.build(as("carol", job(kind, "token"))));
    }

    @ParameterizedTest
    @EnumSource
    void userWithUseItemAssumesRoleOfThatJobOnly(ReadingJob kind) throws Exception {
        Job<?, ?> job = as("alice", job(kind, "token"));
        CredentialsProvider.USE_ITEM.setEnabled(true);
        try {
            j.jenkins.setAuthorizationStrategy(jobs.strategy()
                    .grantWithoutImplication(CredentialsProvider.USE_ITEM)
                    .onItems((Item) job)
                    .to("alice"));
            assertAssumed(jobs.build(job));
            assertUnusable("token", jobs.build(as("alice", job(kind, "token"))), NEEDS_USE_ITEM);
        } finally {
            CredentialsProvider.USE_ITEM.setEnabled(false);
        }
    }

    @ParameterizedTest
    @EnumSource
    void parameterGivesBuildOnlyTokensOfItsUser(ReadingJob kind) throws Exception {
        Job<?, ?> job = job(kind, "${WITH}");
        JobsAndUsers.parameter(job, "WITH", "");
        assertAssumed(jobs.build(job, "alice", "WITH", "token-of-alice"));
        assertUnusable("${WITH}", jobs.build(job, "bob", "WITH", "token-of-alice"), "'token-of-alice'" + NOT_THE_USERS);
        assertUnusable("${WITH}", jobs.build(job, "alice", "WITH", "token"), "'token'" + NOT_THE_USERS);
        assertUnusable("${WITH}", jobs.build(job, "carol", "WITH", "token-of-team"), "'token-of-team'" + NOT_THE_USERS);
        assertAssumed(jobs.build(job, "carol", "WITH", "token"));
    }

    @ParameterizedTest
    @EnumSource
    void refusesDefaultTokenAndRoleToUserWithoutUseItem(ReadingJob kind) throws Exception {
        RootGuardGlobalConfiguration global = RootGuardGlobalConfiguration.get();
        global.setCredentialsId("token");
        global.setRoleArn(role.arn());
        assertAssumed(jobs.build(kind.in(j.jenkins, "")));
        jobs.assertRefused(
                jobs.build(as("alice", kind.in(j.jenkins, ""))),
                "the global setting credentialsId 'token' was not found",
                NEEDS_USE_ITEM);
    }

    @ParameterizedTest
    @EnumSource
    void roleWithoutCredentialsGivesNotThoseOfController(ReadingJob kind) throws Exception {
        System.setProperty("aws.accessKeyId", jobs.teams.accessKeyId());
        System.setProperty("aws.secretAccessKey", jobs.teams.secretAccessKey());
        try {
            jobs.assertRefused(
                    jobs.build(job(kind, "")), "No AWS credentials. Set credentialsId, or use withCredentials.");
            JenkinsAws.credential(
                    j.jenkins, new AWSCredentialsImpl(CredentialsScope.GLOBAL, "blank", "", "", null, null, null));
            jobs.assertRefused(
                    jobs.build(job(kind, "blank")), "The credential 'blank' has no access key and would use the");
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
    }
}
