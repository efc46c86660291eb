package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.FreeStyleProject;
import hudson.util.FormValidation;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.freestyle.SecureRootAccountBuilder;
import java.util.List;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What can be chosen in a form is what a build can use. */
@WithSharedJenkins
class CredentialsFormTest {

    private static JenkinsRule j;

    @BeforeAll
    static void startJenkins(JenkinsRule rule) {
        j = rule;
    }

    @Test
    void globalConfigurationListsNoSystemCredentials() throws Exception {
        for (CredentialsScope scope : List.of(CredentialsScope.GLOBAL, CredentialsScope.SYSTEM)) {
            JenkinsAws.credential(
                    j.jenkins, new UsernamePasswordCredentialsImpl(scope, "of-" + scope, null, "AKIA", "canary"));
        }
        RootGuardGlobalConfiguration config = RootGuardGlobalConfiguration.get();
        List<String> offered = config.doFillCredentialsIdItems(null).stream()
                .map(option -> option.value)
                .toList();
        assertThat(offered, hasItem("of-GLOBAL"));
        assertThat(offered, not(hasItem("of-SYSTEM")));
        assertEquals(FormValidation.Kind.OK, config.doCheckCredentialsId("of-GLOBAL").kind);
        assertEquals(FormValidation.Kind.WARNING, config.doCheckCredentialsId("of-SYSTEM").kind);
    }

    @Test
    void buildStepFormAcceptsParameterExpression() throws Exception {
        SecureRootAccountBuilder step = new SecureRootAccountBuilder();
        step.credentialsId = "${WITH}";
        FreeStyleProject job = j.createFreeStyleProject();
        job.getBuildersList().add(step);
        try (JenkinsRule.WebClient web = j.createWebClient()) {
            HtmlPage page = web.getPage(job, "configure");
            assertEquals(
                    List.of("${WITH}", ""),
                    page
                            .<DomElement>getByXPath(
                                    "//div[contains(@class, 'credentials-select-content-param')]//input[@type='text']")
                            .stream()
                            .map(field -> field.getAttribute("value"))
                            .toList());
            j.submit(page.getFormByName("config"));
        }
        SecureRootAccountBuilder saved = job.getBuildersList().get(SecureRootAccountBuilder.class);
        assertEquals("${WITH}", saved.credentialsId);
        assertEquals(null, saved.validationCredentialsId);
    }
}
