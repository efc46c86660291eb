package io.jenkins.plugins.awsrootguard.injenkins.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.Functions;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.freestyle.SecureRootAccountBuilder;
import io.jenkins.plugins.awsrootguard.injenkins.FreshFormsTest;
import io.jenkins.plugins.awsrootguard.injenkins.JenkinsAws;
import io.jenkins.plugins.awsrootguard.injenkins.Pauses;
import io.jenkins.plugins.awsrootguard.injenkins.WithSharedJenkins;
import io.jenkins.plugins.awsrootguard.pipeline.AbstractRootGuardStep;
import io.jenkins.plugins.awsrootguard.pipeline.ConfirmView;
import io.jenkins.plugins.awsrootguard.pipeline.RootConfirmStep;
import io.jenkins.plugins.awsrootguard.pipeline.RootReportStep;
import io.jenkins.plugins.awsrootguard.pipeline.RootSecureStep;
import io.jenkins.plugins.awsrootguard.pipeline.RootValidateStep;
import io.jenkins.plugins.awsrootguard.report.Fixtures;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.ui.AccountPage;
import io.jenkins.plugins.awsrootguard.ui.RootGuardMonitor;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.localizer.LocaleProvider;

/** The pages, forms and help for a user whose browser asks for German. */
@WithSharedJenkins
class GermanTest {

    private JenkinsRule j;
    private JenkinsRule.WebClient german;
    private LocaleProvider before;

    @BeforeEach
    void openBrowser(JenkinsRule rule) {
        j = rule;
        before = LocaleProvider.getProvider();
        // As the web application does, which a test does not start.
        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                return Functions.getCurrentLocale();
            }
        });
        german = j.createWebClient();
        german.addRequestHeader("Accept-Language", "de-DE,de;q=0.9");
    }

    @AfterEach
    void restoreLanguage() {
        LocaleProvider.setProvider(before);
    }

    @Test
    void settingsAreGerman() throws Exception {
        assertGerman(german.goTo("manage/configureSecurity/"), RootGuardGlobalConfiguration.class, "config");
    }

    @Test
    void formOfTheBuildStepIsGerman() throws Exception {
        FreeStyleProject project = j.createFreeStyleProject();
        project.getBuildersList().add(new SecureRootAccountBuilder());
        HtmlPage page = german.getPage(project, "configure");
        assertGerman(page, SecureRootAccountBuilder.class, "config");
        assertGerman(page, AbstractRootGuardStep.class, "gate");
        assertThat(page.asNormalizedText(), containsString("AWS-Root-Benutzer absichern"));
    }

    @Test
    void helpIsGerman() throws Exception {
        String help = german.goTo(
                        "descriptor/" + SecureRootAccountBuilder.class.getName() + "/help/validationCredentialsId")
                .getWebResponse()
                .getContentAsString();
        assertThat(help, containsString("Root-Zugriffsschlüssel sind: Der Schritt löscht"));
        assertThat(help, not(containsString("Required")));
    }

    @Test
    void formValidationIsGerman() throws Exception {
        String answer = german.getPage(german.addCrumb(new WebRequest(
                        new URL(
                                j.getURL(),
                                "descriptorByName/" + SecureRootAccountBuilder.class.getName()
                                        + "/checkParallelism?value=0"),
                        HttpMethod.POST)))
                .getWebResponse()
                .getContentAsString();
        assertThat(answer, containsString("Geben Sie eine ganze Zahl von 1 bis 200 ein."));
    }

    @Test
    void buildPageIsGermanAndMarksTheEnglishTexts() throws Exception {
        FreeStyleBuild build = j.buildAndAssertSuccess(j.createFreeStyleProject("secure-root"));
        try (Journey journey = new Journey()) {
            AccountState judged = journey.judged();
            BuildStore.of(build).update(Journey.ACCOUNT, before -> judged);
            HtmlPage page = german.getPage(build, "aws-root-guard/");
            assertGerman(page, AccountPage.class, "findingsTable");
            String text = page.asNormalizedText();
            for (String word : new String[] {"Befunde", "Geplante Änderungen", "Aktion erforderlich"}) {
                assertThat(text, containsString(word));
            }
            for (String word :
                    new String[] {"Planned changes", "Action required", "Remediation", "Open the AWS console"}) {
                assertThat(text, not(containsString(word)));
            }
            DomElement summary = page.getFirstByXPath("//div[contains(@class, 'root-guard-finding__summary')]");
            assertEquals("en", summary.getAttribute("lang"));
            assertNotNull(page.getFirstByXPath("//time[@data-language='de']"));
        }
    }

    @Test
    void pauseIsGerman() throws Exception {
        try (JenkinsAws aws = new JenkinsAws().withCredentials()) {
            WorkflowRun run = Pauses.paused(j, "rootConfirm 'PLAN'");
            try {
                HtmlPage page = german.getPage(run, "root-guard-confirm/");
                assertGerman(page, ConfirmView.class, "plan");
                assertThat(page.asNormalizedText(), containsString("Genehmigung"));
                DomElement steps = page.getFirstByXPath("//ol[contains(@class, 'root-guard-steps')]");
                assertEquals("en", steps.getAttribute("lang"));
            } finally {
                Pauses.killAll(j);
                j.waitUntilNoActivity();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {RootReportStep.class, RootConfirmStep.class, RootSecureStep.class, RootValidateStep.class})
    void formOfStepIsGerman(Class<?> type) throws Exception {
        String step = type.getSimpleName().replace("Root", "root").replace("Step", "");
        HtmlPage page = FreshFormsTest.formOfStep(german, step);
        String form = page.getElementById("main-panel").asXml();
        assertGerman(form, page.asNormalizedText(), type, "config");
    }

    @Test
    void alertDismissedInGermanIsDismissedInEveryLanguage() throws Exception {
        FreeStyleProject job = j.createFreeStyleProject("nightly");
        WatchTest.build(j, job, Fixtures.validated());
        WatchTest.build(j, job, Fixtures.judged());
        HtmlPage page = german.goTo("manage/");
        assertThat(page.asNormalizedText(), containsString("nightly: Die Bewertung hat sich in Build #2"));
        j.submit(page.getFormByName(RootGuardMonitor.class.getName()), "no");
        assertFalse(ExtensionList.lookupSingleton(RootGuardMonitor.class).isActivated());
    }

    @Test
    void otherLanguagesAreEnglish() throws Exception {
        german.addRequestHeader("Accept-Language", "fr");
        assertThat(german.goTo("manage/configureSecurity/").asNormalizedText(), containsString("Default credentials"));
    }

    /** The page has a German text of the view, none of the view's English texts of several words, and its characters are right. */
    private static void assertGerman(HtmlPage page, Class<?> type, String view) throws IOException {
        assertGerman(page.getWebResponse().getContentAsString(), page.asNormalizedText(), type, view);
    }

    private static void assertGerman(String content, String text, Class<?> type, String view) throws IOException {
        Properties texts = new Properties();
        String file = "/" + type.getName().replace('.', '/') + "/" + view + "_de.properties";
        try (InputStream in = type.getResourceAsStream(file)) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        int found = 0;
        for (String english : texts.stringPropertyNames()) {
            String translation = texts.getProperty(english);
            found += content.contains(translation) ? 1 : 0;
            if (english.contains(" ") && !english.equals(translation)) {
                assertThat(text, not(containsString(english)));
            }
        }
        assertTrue(found > texts.size() / 2, found + " of " + texts.size() + " German texts");
        assertThat(content, not(containsString("Ã")));
        assertThat(content, not(containsString("\uFFFD")));
    }
}
