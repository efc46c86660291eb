package io.jenkins.plugins.awsrootguard.injenkins.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awsrootguard.injenkins.Browser;
import io.jenkins.plugins.awsrootguard.injenkins.WithSharedJenkins;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.ui.JobRootGuardAction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;

/** What axe says of the pages, light and dark, on a phone and on a desktop. */
@WithSharedJenkins
class AccessibilityTest {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private JenkinsRule j;

    @BeforeEach
    void start(JenkinsRule rule) {
        j = rule;
        Browser.followColorScheme();
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 390", "LIGHT, 1440", "DARK, 390", "DARK, 1440"})
    void accountPageIsAccessible(ColorScheme scheme, int width) throws Exception {
        FreeStyleBuild build = j.buildAndAssertSuccess(j.createFreeStyleProject());
        BuildStore.of(build).update(Journey.ACCOUNT, before -> Sample.judged());
        check(build.getUrl() + "aws-root-guard/", scheme, width, "account");
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 390", "LIGHT, 1440", "DARK, 390", "DARK, 1440"})
    void organizationPageIsAccessible(ColorScheme scheme, int width) throws Exception {
        FreeStyleBuild build = j.buildAndAssertSuccess(j.createFreeStyleProject());
        SampleOrganization.fill(build, 200);
        check(build.getUrl() + "aws-root-guard/", scheme, width, "organization");
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 390", "DARK, 1440"})
    void jobPageShowsTheTrendOfTheFindings(ColorScheme scheme, int width) throws Exception {
        FreeStyleProject job = j.createFreeStyleProject();
        SampleOrganization.begin(j.buildAndAssertSuccess(job), 60);
        SampleOrganization.fill(j.buildAndAssertSuccess(job), 20);
        for (FreeStyleBuild build : job.getBuilds()) {
            // Keeps the numbers of the build, as a step does.
            BuildStore.of(build).update(SampleOrganization.id(0), state -> state);
        }
        Page page = BROWSER.open(j.getURL() + job.getUrl(), width, scheme);
        PlaywrightAssertions.assertThat(page.locator(".echarts-trend canvas")).isVisible();
        String model = job.getAction(JobRootGuardAction.class).getBuildTrendModel();
        assertEquals(
                "[12,4]",
                new ObjectMapper().readTree(model).at("/series/0/data").toString());
        Browser.picture(page, "job-" + scheme + "-" + width);
        Browser.assertAccessible(page, ".root-guard-trend");
    }

    private void check(String path, ColorScheme scheme, int width, String name) throws Exception {
        Page page = BROWSER.open(j.getURL() + path, width, scheme);
        Browser.picture(page, name + "-" + scheme + "-" + width);
        Browser.assertFits(page);
        Browser.assertAccessible(page, ".root-guard");
    }
}
