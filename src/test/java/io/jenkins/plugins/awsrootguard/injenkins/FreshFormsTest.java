package io.jenkins.plugins.awsrootguard.injenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awsrootguard.freestyle.SecureRootAccountBuilder;
import java.lang.reflect.AccessibleObject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlOption;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.html.HtmlTextArea;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.kohsuke.stapler.DataBoundSetter;

/** An unchanged form saves the documented defaults. */
@WithSharedJenkins
public class FreshFormsTest {

    private static JenkinsRule j;

    @BeforeAll
    static void startJenkins(JenkinsRule rule) {
        j = rule;
    }

    /** The Snippet Generator with the form of a step. */
    public static HtmlPage formOfStep(JenkinsRule.WebClient web, String step) throws Exception {
        HtmlPage page = web.goTo("pipeline-syntax/");
        HtmlSelect steps = page.getFirstByXPath("//form[@name='config']//select");
        HtmlOption chosen = steps.getOptions().stream()
                .filter(o -> o.getText().startsWith(step + ":"))
                .findFirst()
                .orElseThrow();
        steps.setSelectedAttribute(chosen, true);
        web.waitForBackgroundJavaScript(10_000);
        return page;
    }

    @ParameterizedTest
    @CsvSource({
        "rootReport, rootReport()",
        "rootGaps, rootGaps()",
        "rootConfirm, rootConfirm 'MFA'",
        "rootSecure, rootSecure()",
        "rootValidate, rootValidate()",
        "secureRootAccount, secureRootAccount()"
    })
    void generatesTheShortestSnippetOfAnUntouchedForm(String step, String expected) throws Exception {
        try (JenkinsRule.WebClient web = j.createWebClient()) {
            HtmlPage page = formOfStep(web, step);
            ((HtmlButton) page.getElementById("generatePipelineScript")).click();
            web.waitForBackgroundJavaScript(10_000);
            assertEquals(
                    expected,
                    ((HtmlTextArea) page.getElementById("prototypeText"))
                            .getText()
                            .trim());
        }
    }

    @Test
    void untouchedBuildStepHasTheDefaults() throws Exception {
        FreeStyleProject project = j.createFreeStyleProject();
        try (JenkinsRule.WebClient web = j.createWebClient()) {
            HtmlPage page = web.getPage(project, "configure");
            HtmlForm form = page.getFormByName("config");
            j.getButtonByCaption(form, "Add build step").click();
            web.waitForBackgroundJavaScript(10_000);
            HtmlButton add = page.getFirstByXPath("//button[normalize-space(.)='Secure the AWS root user']");
            add.click();
            web.waitForBackgroundJavaScript(10_000);
            assertEveryFieldHasHelp(form);
            assertNoErrors(form);
            j.submit(form);
        }
        SecureRootAccountBuilder added = project.getBuildersList().get(SecureRootAccountBuilder.class);
        j.assertEqualDataBoundBeans(new SecureRootAccountBuilder(), added);
    }

    private static void assertNoErrors(HtmlForm form) {
        List<DomElement> errors = form.getByXPath(".//div[@class='error']");
        assertEquals(
                List.of(),
                errors.stream()
                        .map(DomElement::getTextContent)
                        .filter(text -> text.contains("Enter a whole number"))
                        .toList());
    }

    /** Help that the build step shares with the Pipeline steps is linked by its URL, which no compiler checks. */
    private static void assertEveryFieldHasHelp(HtmlForm form) throws Exception {
        List<DomElement> links = form.getByXPath(".//*[contains(@helpurl, 'awsrootguard')]");
        long fields = Stream.<AccessibleObject>concat(
                        Arrays.stream(SecureRootAccountBuilder.class.getFields()),
                        Arrays.stream(SecureRootAccountBuilder.class.getMethods()))
                .filter(member -> member.isAnnotationPresent(DataBoundSetter.class))
                .count();
        assertTrue(links.size() >= fields, links.size() + " of " + fields + " fields have help");
        try (JenkinsRule.WebClient web = j.createWebClient()) {
            for (DomElement link : links) {
                String url = link.getAttribute("helpurl").replaceFirst("^/jenkins/", "");
                assertTrue(
                        web.goTo(url, null)
                                .getWebResponse()
                                .getContentAsString()
                                .contains("<div>"),
                        url);
            }
        }
    }
}
