package io.jenkins.plugins.awsrootguard.injenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedRole;
import io.jenkins.plugins.awsrootguard.emulator.Hold;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.htmlunit.html.HtmlCheckBoxInput;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sts.model.Credentials;

/** What a user sees when the agent has no session, another one, or is offline. */
class AgentFailuresTest extends OnAgent {

    private static final String FORM = "the answer is not an AWS session. Give its instance, pod or task a role.";

    @Test
    void agentWithoutCredentialsIsNamed() throws Exception {
        agent();
        assertRefused(noCredentials("it has none. Give its instance, pod or task a role."), USE);
    }

    @Test
    void longLivedKeyOfAgentIsRefused() throws Exception {
        AccessKeyPair alice = aws.account.userKey("alice");
        agent("AWS_ACCESS_KEY_ID", alice.accessKeyId(), "AWS_SECRET_ACCESS_KEY", alice.secretAccessKey());
        String why =
                "it has only a long-lived access key, which is not accepted. Give its instance, pod or task a role.";
        assertRefused(noCredentials(why), USE);
    }

    @Test
    void causeOnAgentIsReported() throws Exception {
        agent("AWS_PROFILE", "missing");
        assertRefused(noCredentials("The AWS profile 'missing' has no credentials."), USE);
    }

    @Test
    void malformedSessionIsRefused() throws Exception {
        Credentials session = session(role);
        String key = session.accessKeyId();
        String secret = session.secretAccessKey();
        String token = session.sessionToken();
        Instant later = Instant.now().plus(Duration.ofHours(1));
        agentWithScript("cat " + files.resolve("session"));

        json("session", "AKIA" + key.substring(4), secret, token, later);
        assertRefused(noCredentials(FORM), USE);
        json("session", key, secret + "\\n", token, later);
        assertRefused(noCredentials(FORM), USE);
        json("session", key, secret, "t".repeat(16_385), later);
        assertRefused(noCredentials(FORM), USE);
        Instant tooLate = Instant.now().plus(Duration.ofHours(37));
        json("session", key, secret, token, tooLate);
        assertRefused(noCredentials("they expire at " + tooLate.toString().substring(0, 19)), USE);
        json("session", key, secret, token, later);
        j.assertBuildStatusSuccess(run(USE));
    }

    @Test
    void sessionThatAwsRefusesIsReported() throws Exception {
        Credentials session = session(role);
        json(
                "session",
                session.accessKeyId(),
                "x".repeat(40),
                session.sessionToken(),
                Instant.now().plusSeconds(3600));
        agentWithScript("cat " + files.resolve("session"));
        assertRefused(
                "AWS refused the credentials of the agent '" + agent.getDisplayName()
                        + "' in sts:GetCallerIdentity: the secret access key does not belong to the access key id.",
                USE);
    }

    /** The sessions before and after the fourth request. */
    private void agentThatChangesTo(Credentials second) throws Exception {
        Path before = json("before", session(role), Duration.ofMinutes(4));
        Path after = json("after", second, Duration.ofMinutes(4));
        Path requests = files.resolve("requests");
        agentWithScript(
                "echo >> " + requests,
                "if [ $(wc -l < " + requests + ") -lt 4 ]; then cat " + before + "; else cat " + after + "; fi");
        noPause();
    }

    @Test
    void accountThatChangesDuringRunFailsIt() throws Exception {
        EmulatedAccount other = Presets.unsecured(aws.aws, "210987654321");
        agentThatChangesTo(session(other, other.createRole("Agent")));
        assertChanged("210987654321:assumed-role/Agent");
    }

    @Test
    void roleThatChangesDuringRunFailsIt() throws Exception {
        EmulatedRole other = role("Other");
        agentThatChangesTo(session(other));
        assertChanged(JenkinsAws.ACCOUNT + ":assumed-role/Other");
    }

    private void assertChanged(String now) throws Exception {
        WorkflowRun run = run(USE);
        assertRefused(
                "The credentials of the agent '" + agent.getDisplayName()
                        + "' changed during the run: they now belong to arn:aws:sts::" + now
                        + " instead of arn:aws:sts::"
                        + JenkinsAws.ACCOUNT + ":assumed-role/Agent. Nothing more is read or changed with them.",
                run);
        // The call that verified the new session is the only one with it.
        List<String> calls = aws.aws.calls().stream()
                .filter(c -> String.valueOf(c.principalArn()).contains(now))
                .map(c -> c.action())
                .toList();
        assertEquals(List.of("GetCallerIdentity"), calls);
    }

    @Test
    void pauseGoesOnWhileAgentIsOffline() throws Exception {
        json("session", session(role), Duration.ofHours(1));
        agentWithScript("cat " + files.resolve("session"));
        WorkflowRun run =
                start("node('aws') { rootReport(useNode: true)", "rootConfirm(what: 'PASSWORD', useNode: true) }");
        j.waitForMessage("Show instructions", run);
        computer().disconnect(null).get();

        confirm(Pauses.page(j.createWebClient(), run));
        j.waitForMessage("it is offline. Bring the node online.", run);
        assertEquals(
                List.of(),
                run.getLog(200).stream()
                        .filter(line -> line.contains(computer().getDisplayName()))
                        .filter(line -> !line.contains("The pause continues") && !line.startsWith("Running on"))
                        .toList(),
                "lines of other plugins about the agent");
        computer().connect(true).get();
        HtmlPage page = Pauses.page(j.createWebClient(), run);
        while (page.getForms().stream().noneMatch(f -> f.getNameAttribute().equals("proceed-" + Pauses.PASSWORD))) {
            page = Pauses.page(j.createWebClient(), run);
        }
        confirm(page);
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
    }

    private static void confirm(HtmlPage page) throws Exception {
        HtmlForm form = Pauses.answer(page, Pauses.PASSWORD);
        form.<HtmlCheckBoxInput>getInputByName("agreed").setChecked(true);
        Pauses.submit(form);
    }

    @Test
    void stepWithoutUseNodeNeedsNoAgentThatIsOnline() throws Exception {
        agent();
        Hold hold = aws.aws.faults().holdBefore("GetAccountSummary");
        WorkflowRun run = start(
                "node('aws') {",
                "  rootReport(credentialsId: 'admin')",
                "  rootGaps(unstableOn: 'NEVER')",
                "  rootReport(useNode: true)",
                "}");
        hold.awaitReached();
        computer().disconnect(null).get();
        hold.drop();
        j.waitForCompletion(run);
        j.assertLogContains("useNode needs an agent that is online.", run);
    }
}
