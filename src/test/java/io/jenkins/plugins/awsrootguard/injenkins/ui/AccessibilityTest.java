package io.jenkins.plugins.awsrootguard.injenkins.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import hudson.ExtensionList;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ListView;
import hudson.plugins.view.dashboard.Dashboard;
import hudson.views.JobColumn;
import hudson.views.StatusColumn;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.EngineFixture;
import io.jenkins.plugins.awsrootguard.assessment.Gaps;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.injenkins.Browser;
import io.jenkins.plugins.awsrootguard.injenkins.WithSharedJenkins;
import io.jenkins.plugins.awsrootguard.policy.PolicyLoader;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import io.jenkins.plugins.awsrootguard.report.Fixtures;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines;
import io.jenkins.plugins.awsrootguard.ui.JobRootGuardAction;
import io.jenkins.plugins.awsrootguard.ui.RootGuardColumn;
import io.jenkins.plugins.awsrootguard.ui.RootGuardPortlet;
import io.jenkins.plugins.awsrootguard.ui.RootPasswordClockLink;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
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
        FreeStyleBuild build = j.buildAndAssertSuccess(j.createFreeStyleProject("nightly"));
        BuildStore.of(build).update(Journey.ACCOUNT, before -> Sample.judged());
        check(build.getUrl() + "aws-root-guard/", scheme, width, "account");
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 390", "LIGHT, 1440", "DARK, 390", "DARK, 1440"})
    void organizationPageIsAccessible(ColorScheme scheme, int width) throws Exception {
        FreeStyleBuild build = j.buildAndAssertSuccess(j.createFreeStyleProject("nightly"));
        SampleOrganization.fill(build, 200);
        check(build.getUrl() + "aws-root-guard/", scheme, width, "organization");
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 390", "DARK, 1440"})
    void jobPageShowsTheTrendOfTheFindings(ColorScheme scheme, int width) throws Exception {
        FreeStyleProject job = j.createFreeStyleProject("nightly");
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

    @ParameterizedTest
    @CsvSource({"LIGHT, 1440", "DARK, 390"})
    void newBuildPageIsAccessible(ColorScheme scheme, int width) throws Exception {
        String flag = "new-build-page.flag.defaultValue";
        System.setProperty(flag, "true");
        try {
            FreeStyleBuild build = j.buildAndAssertSuccess(j.createFreeStyleProject("nightly"));
            BuildStore.of(build).update(Journey.ACCOUNT, before -> Sample.judged());
            Page page = BROWSER.open(j.getURL() + build.getUrl(), width, scheme);
            Browser.picture(page, "cards-" + scheme + "-" + width);
            Browser.assertFits(page);
            Browser.assertAccessible(page, ".jenkins-card:has(.root-guard)");
        } finally {
            System.clearProperty(flag);
        }
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1440", "DARK, 390"})
    void exceptionsOfAccountAreAccessible(ColorScheme scheme, int width) throws Exception {
        FreeStyleProject job = j.createFreeStyleProject("nightly");
        WatchTest.build(j, job, accepted());
        Page page = BROWSER.open(j.getURL() + job.getLastBuild().getUrl() + "aws-root-guard/", width, scheme);
        page.getByText("accepted by an exception").click();
        check(page, "exceptions-" + scheme + "-" + width);
    }

    private static AccountState accepted() {
        AccountState judged = Sample.judged();
        String exception = "exceptions: [{control: root-mfa, accounts: ['" + Journey.ACCOUNT
                + "'], reason: The security keys are ordered., owner: ops@example.com, expires: "
                + LocalDate.now(ZoneOffset.UTC).plusDays(10) + "}]";
        Gaps gaps = EngineFixture.judge(
                judged.facts(),
                PolicyLoader.load(new PolicyLoader.Text("root-guard.yml", exception)),
                RemediationSettings.DEFAULT);
        return judged.withGaps(gaps.findings(), gaps.plan());
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1440", "DARK, 390"})
    void alertsAreAccessible(ColorScheme scheme, int width) throws Exception {
        FreeStyleProject job = j.createFreeStyleProject("nightly");
        WatchTest.build(j, job, Fixtures.validated());
        WatchTest.build(j, job, Fixtures.judged());
        Instant changed = Instant.now().minus(Duration.ofDays(80));
        PasswordDeadlines.get()
                .record(
                        new PasswordConfirmation(Journey.ACCOUNT, "dave", changed, changed, null),
                        job.getLastBuild().getUrl());
        Page page = BROWSER.open(j.getURL() + "manage/", width, scheme);
        Browser.picture(page, "monitor-" + scheme + "-" + width);
        Browser.assertFits(page);
        Browser.assertAccessible(page, ".root-guard-alert");
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1440", "DARK, 390"})
    void columnAndPortletAreAccessible(ColorScheme scheme, int width) throws Exception {
        FreeStyleProject job = j.createFreeStyleProject("nightly");
        WatchTest.build(j, job, Fixtures.judged());
        WatchTest.build(j, j.createFreeStyleProject("weekly"), Fixtures.validated());
        ListView view = new ListView("watch");
        j.jenkins.addView(view);
        view.setIncludeRegex(".*");
        view.getColumns().replaceBy(List.of(new StatusColumn(), new JobColumn(), new RootGuardColumn()));
        Page page = BROWSER.open(j.getURL() + "view/watch/", width, scheme);
        Browser.picture(page, "column-" + scheme + "-" + width);
        Browser.assertAccessible(page, "td:has(.root-guard-status)");

        Dashboard dashboard = new Dashboard("dashboard");
        j.jenkins.addView(dashboard);
        dashboard.setIncludeRegex(".*");
        dashboard.getTopPortlets().add(new RootGuardPortlet("Root users"));
        Page portlet = BROWSER.open(j.getURL() + "view/dashboard/", width, scheme);
        Browser.picture(portlet, "portlet-" + scheme + "-" + width);
        Browser.assertAccessible(portlet, "td:has(.root-guard-status)");
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 390", "LIGHT, 1440", "DARK, 390", "DARK, 1440"})
    void passwordDeadlinesAreAccessible(ColorScheme scheme, int width) throws Exception {
        Instant changed = Instant.now().minus(Duration.ofDays(80));
        PasswordDeadlines.get().record(new PasswordConfirmation(Journey.ACCOUNT, "dave", changed, changed, null), null);
        Page passwords = BROWSER.open(
                j.getURL() + "manage/"
                        + ExtensionList.lookupSingleton(RootPasswordClockLink.class)
                                .getUrlName() + "/",
                width,
                scheme);
        Browser.picture(passwords, "passwords-" + scheme + "-" + width);
        Browser.assertFits(passwords);
        Browser.assertAccessible(passwords, ".root-guard-deadlines");
    }

    private void check(String path, ColorScheme scheme, int width, String name) throws Exception {
        check(BROWSER.open(j.getURL() + path, width, scheme), name + "-" + scheme + "-" + width);
    }

    private static void check(Page page, String picture) {
        Browser.picture(page, picture);
        Browser.assertFits(page);
        Browser.assertAccessible(page, ".root-guard");
    }
}
