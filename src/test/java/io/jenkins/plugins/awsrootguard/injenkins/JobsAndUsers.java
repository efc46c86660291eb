package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsParameterDefinition;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.RecordedCall;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/**
 * A Jenkins with alice and bob, who may build, and carol, who may configure too. "global" and, in the folder "team",
 * "of-team" are the jobs' credentials, "alices" is alice's own; each holds another key of the same account.
 */
final class JobsAndUsers implements AutoCloseable {

    private final JenkinsRule j;
    final JenkinsAws aws = new JenkinsAws();
    final AccessKeyPair globals = aws.account.rootKey();
    final AccessKeyPair teams = aws.administratorKey();
    final AccessKeyPair alices = aws.account.userKey("alice");
    final StandardCredentials ofTeam = JenkinsAws.pair("of-team", teams);
    final Folder team;
    final StandardCredentials alicesOwn;

    JobsAndUsers(JenkinsRule j) throws Exception {
        this.j = j;
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(strategy());
        JenkinsAws.credential("global", globals);
        team = ReadingJob.create(j.jenkins, Folder.class);
        JenkinsAws.credential(team, ofTeam);
        alicesOwn = new AWSCredentialsImpl(
                CredentialsScope.USER, "alices", alices.accessKeyId(), alices.secretAccessKey(), null, null, null);
        User alice = User.getById("alice", true);
        try (ACLContext as = ACL.as(alice)) {
            JenkinsAws.credential(alice, alicesOwn);
        }
        User.getById("bob", true);
        User.getById("carol", true);
    }

    MockAuthorizationStrategy strategy() {
        return new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Computer.BUILD)
                .everywhere()
                .to("alice", "bob", "carol")
                .grant(Item.CONFIGURE)
                .everywhere()
                .to("carol");
    }

    /** Gives the job a parameter for a credential. */
    static void parameter(Job<?, ?> job, String name, String byDefault) throws Exception {
        job.addProperty(new ParametersDefinitionProperty(
                new CredentialsParameterDefinition(name, null, byDefault, StandardCredentials.class.getName(), false)));
    }

    /** A build that no user started, as by a timer. */
    Run<?, ?> build(Job<?, ?> job) throws Exception {
        return j.waitForCompletion((Run<?, ?>) ParameterizedJobMixIn.scheduleBuild2(job, 0)
                .getFuture()
                .getStartCondition()
                .get());
    }

    /** A user's build, with the value that the user chose for the parameter. */
    Run<?, ?> build(Job<?, ?> job, String user, String parameter, String chosen) throws Exception {
        try (JenkinsRule.WebClient web = j.createWebClient().login(user)) {
            String query = parameter + "=" + URLEncoder.encode(chosen, StandardCharsets.UTF_8);
            web.setRedirectEnabled(false);
            web.setThrowExceptionOnFailingStatusCode(false);
            WebRequest request = new WebRequest(
                    new URL(j.getURL(), job.getUrl() + "buildWithParameters?delay=0sec&" + query), HttpMethod.POST);
            assertEquals(
                    201, web.getPage(web.addCrumb(request)).getWebResponse().getStatusCode());
        }
        j.waitUntilNoActivity();
        return job.getLastBuild();
    }

    /** The build read the account, with no other key than this. */
    void assertUsed(AccessKeyPair key, Run<?, ?> run) throws Exception {
        assertNotEquals(Result.FAILURE, run.getResult(), JenkinsRule.getLog(run));
        assertEquals(
                Set.of(key.accessKeyId()),
                aws.aws.calls().stream().map(RecordedCall::accessKeyId).collect(Collectors.toSet()));
        aws.aws.clearCalls();
    }

    /** The build made no AWS call, and its log has one line with the reason and no secret. */
    void assertRefused(Run<?, ?> run, String... why) throws Exception {
        String log = JenkinsRule.getLog(run);
        assertEquals(Result.FAILURE, run.getResult(), log);
        for (String text : why) {
            assertThat(log, containsString(text));
        }
        assertThat(log, containsString("ERROR: "));
        assertThat(log, not(containsString("\tat ")));
        Stream.of(globals, teams, alices).forEach(key -> {
            assertThat(log, not(containsString(key.secretAccessKey())));
            assertThat(log, not(containsString(key.accessKeyId())));
        });
        assertEquals(0, aws.aws.calls().size());
    }

    static void assertTracked(StandardCredentials credential, Run<?, ?> run) throws Exception {
        assertEquals(
                true,
                CredentialsProvider.getOrCreateFingerprintOf(credential)
                        .getRangeSet(run.getParent())
                        .includes(run.getNumber()),
                "the use of " + credential.getId() + " by " + run);
    }

    @Override
    public void close() throws Exception {
        aws.close();
        team.delete();
    }
}
