package io.jenkins.plugins.awsrootguard.injenkins.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.Launcher;
import hudson.XmlFile;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.FreeStyleProject;
import hudson.model.HealthReport;
import hudson.model.Item;
import hudson.model.ListView;
import hudson.views.JobColumn;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.injenkins.WithSharedJenkins;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.report.Fixtures;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.Watch;
import io.jenkins.plugins.awsrootguard.store.Watch.Alert;
import io.jenkins.plugins.awsrootguard.ui.RootGuardColumn;
import io.jenkins.plugins.awsrootguard.ui.RootGuardMonitor;
import java.io.File;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestBuilder;

/** What people who do not open a build see of its verdict: the weather of the job, a column of the list of jobs, an alert. */
@WithSharedJenkins
class WatchTest {

    private static final String ACCOUNT = "123456789012";

    private static volatile AccountState found;

    private JenkinsRule j;

    @BeforeEach
    void start(JenkinsRule rule) {
        j = rule;
    }

    @Test
    void administratorsAreAlertedToWorseVerdictUntilItIsGoodAgain() throws Exception {
        FreeStyleProject job = j.createFreeStyleProject("nightly");
        build(j, job, Fixtures.validated());
        assertFalse(monitor().isActivated());

        build(j, job, Fixtures.judged());
        assertThat(manage(), containsString("nightly: the verdict changed from Secured to At risk in build #2."));

        // Classes of the JDK's own would be read only by the same Java.
        assertFalse(new XmlFile(new File(j.jenkins.getRootDir(), Watch.FILE))
                .asString()
                .contains("java.util."));

        build(j, job, Fixtures.judged());
        assertThat(manage(), containsString("in build #2."));
        assertEquals(1, monitor().jobs().size());
        assertEquals(
                Alert.Kind.VERDICT, new Watch().jobs().get("nightly").get(0).kind(), "not read from its file");

        build(j, job, null);
        assertTrue(monitor().isActivated(), "ended by a build that read nothing");

        build(j, job, Fixtures.validated());
        assertFalse(monitor().isActivated());
    }

    @Test
    void dismissedAlertComesBackOnlyWhenItChanges() throws Exception {
        FreeStyleProject job = j.createFreeStyleProject("nightly");
        build(j, job, Fixtures.validated());
        build(j, job, attention());
        HtmlPage page = j.createWebClient().goTo("manage/");
        assertThat(page.asNormalizedText(), containsString("from Secured to Needs attention"));
        j.submit(page.getFormByName(RootGuardMonitor.class.getName()), "no");
        assertFalse(monitor().isActivated());

        build(j, job, attention());
        assertFalse(monitor().isActivated());

        build(j, job, Fixtures.judged());
        assertThat(manage(), containsString("from Secured to At risk in build #4."));
    }

    @Test
    void dismissedAlertStaysDismissedWhenAnotherIsDismissed() throws Exception {
        for (String name : List.of("nightly", "weekly")) {
            FreeStyleProject job = j.createFreeStyleProject(name);
            build(j, job, Fixtures.validated());
            build(j, job, Fixtures.judged());
            HtmlPage page = j.createWebClient().goTo("manage/");
            assertThat(page.asNormalizedText(), containsString(name + ": the verdict changed"));
            j.submit(page.getFormByName(RootGuardMonitor.class.getName()), "no");
            assertFalse(monitor().isActivated());
        }
    }

    @Test
    void alertFollowsRenamedJobAndEndsWithDeletedJob() throws Exception {
        FreeStyleProject job = j.createFreeStyleProject("nightly");
        build(j, job, Fixtures.validated());
        build(j, job, Fixtures.judged());

        job.renameTo("weekly");
        assertThat(manage(), containsString("weekly: the verdict changed"));
        HtmlPage build = j.createWebClient().goTo(monitor().jobs().get(0).url());
        assertThat(build.asNormalizedText(), containsString(ACCOUNT));

        job.delete();
        assertFalse(monitor().isActivated());
    }

    @Test
    void administratorsAreAlertedToExceptionThatExpiresWithin14Days() throws Exception {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        FreeStyleProject job = j.createFreeStyleProject("nightly");
        build(j, job, accepted(today.plusDays(15)));
        assertFalse(monitor().isActivated());

        build(j, job, accepted(today.plusDays(14)));
        assertThat(
                manage(),
                containsString(
                        "nightly: the exception for root-mfa (owner: ops) expires on " + today.plusDays(14) + "."));

        build(j, job, accepted(today.plusDays(100)));
        assertFalse(monitor().isActivated());
    }

    @Test
    void onlyAdministratorsAreAlerted() throws Exception {
        FreeStyleProject job = j.createFreeStyleProject("nightly");
        build(j, job, Fixtures.validated());
        build(j, job, Fixtures.judged());
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Jenkins.MANAGE, Item.READ)
                .everywhere()
                .to("manager")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        String alert = "the verdict changed from Secured";
        assertThat(j.createWebClient().login("admin").goTo("manage/").asNormalizedText(), containsString(alert));
        assertThat(j.createWebClient().login("manager").goTo("").asNormalizedText(), not(containsString(alert)));
    }

    @Test
    void weatherOfJobShowsVerdictAndOpenFindings() throws Exception {
        FreeStyleProject job = j.createFreeStyleProject("nightly");
        build(j, job, null);
        assertNull(weather(job));
        build(j, job, Fixtures.judged());
        assertEquals(0, weather(job).getScore());
        assertThat(weather(job).getDescription(), containsString("AWS root users: At risk, 2 critical, "));
        build(j, job, Fixtures.validated());
        assertEquals(100, weather(job).getScore());
    }

    @Test
    void columnShowsVerdictOfLastCompletedBuildThatReadAnAccount() throws Exception {
        FreeStyleProject job = j.createFreeStyleProject("nightly");
        build(j, job, Fixtures.judged());
        build(j, job, null);
        BuildStore.of(job.getLastBuild());
        j.createFreeStyleProject("other");
        ListView view = new ListView("watch");
        j.jenkins.addView(view);
        view.setIncludeRegex(".*");
        view.getColumns().replaceBy(List.of(new JobColumn(), new RootGuardColumn()));
        HtmlPage page = j.createWebClient().goTo("view/watch/");
        DomElement row = page.getElementById("job_nightly");
        assertThat(row.asNormalizedText(), containsString("At risk"));
        assertThat(row.asNormalizedText(), containsString("2 critical, "));
        DomElement cell = row.getFirstByXPath("td[@data='0']");
        HtmlPage build = j.createWebClient()
                .getPage(page.getFullyQualifiedUrl(
                        cell.getElementsByTagName("a").get(0).getAttribute("href")));
        assertThat(build.getUrl().getPath(), containsString("/job/nightly/1/aws-root-guard/"));
        assertThat(page.getElementById("job_other").asNormalizedText(), containsString("–"));
        assertNotNull(page.getFirstByXPath("//th[contains(., 'AWS Root Guard')]"));
    }

    private static HealthReport weather(FreeStyleProject job) {
        return job.getBuildHealthReports().stream()
                .filter(r -> r.getDescription().startsWith("AWS root users"))
                .findFirst()
                .orElse(null);
    }

    private static AccountState attention() {
        return Fixtures.with(finding(Severity.LOW, null));
    }

    static AccountState accepted(LocalDate expires) {
        return Fixtures.with(finding(Severity.HIGH, new Finding.Acceptance("a mainframe", "ops", expires, true)));
    }

    private static Finding finding(Severity severity, Finding.Acceptance exception) {
        return new Finding(
                Controls.all().stream()
                        .filter(r -> r.id().equals("root-mfa"))
                        .findFirst()
                        .orElseThrow(),
                severity,
                Status.FAIL,
                "Root has no MFA.",
                List.of(),
                false,
                exception,
                List.of());
    }

    /** Runs a build that finds this; nothing with null. */
    static void build(JenkinsRule j, FreeStyleProject job, AccountState state) throws Exception {
        found = state;
        job.getBuildersList().replace(new Finds());
        j.buildAndAssertSuccess(job);
    }

    private static final class Finds extends TestBuilder {
        @Override
        public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
                throws IOException {
            if (found != null) {
                BuildStore.of(build).update(ACCOUNT, before -> found);
            }
            return true;
        }
    }

    private RootGuardMonitor monitor() {
        return j.jenkins.getExtensionList(RootGuardMonitor.class).get(0);
    }

    private String manage() throws Exception {
        return j.createWebClient().goTo("manage/").asNormalizedText();
    }
}
