package io.jenkins.plugins.awsrootguard.injenkins.ui;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.FreeStyleBuild;
import hudson.model.Item;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.config.AwsConnections.Used;
import io.jenkins.plugins.awsrootguard.injenkins.Pauses;
import io.jenkins.plugins.awsrootguard.injenkins.WithSharedJenkins;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** An ended build with manual tasks. Its page is opened by bob, who has the permission to build, or anonymously. */
@WithSharedJenkins
abstract class ConfirmFixture {

    private static final String CREDENTIAL = "aws";

    JenkinsRule j;
    Journey journey;
    FreeStyleBuild build;
    BuildStore action;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        j = rule;
        journey = new Journey();
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        CREDENTIAL,
                        "",
                        journey.key.accessKeyId(),
                        journey.key.secretAccessKey()));
        build = j.buildAndAssertSuccess(j.createFreeStyleProject("secure-root"));
        action = BuildStore.of(build);
        action.branch(List.of()).connected(Journey.ACCOUNT, new Used(CREDENTIAL, "us-east-1"));
        AccountState judged = journey.judged();
        action.update(Journey.ACCOUNT, before -> judged);
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("bob")
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .toEveryone());
    }

    @AfterEach
    void stop() {
        journey.close();
    }

    HtmlPage press(PendingTask.What what, String user) throws Exception {
        HtmlPage page = page(user);
        HtmlForm form = page.getFirstByXPath("//div[@id='task-" + what + "']//form");
        assertNotNull(form, "the button of " + what);
        return (HtmlPage)
                Pauses.confirmDialog(form.getElementsByTagName("button").get(0).click());
    }

    HtmlPage page(String user) throws Exception {
        JenkinsRule.WebClient client = j.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        if (user != null) {
            client.login(user);
        }
        return client.getPage(build, "aws-root-guard/");
    }
}
