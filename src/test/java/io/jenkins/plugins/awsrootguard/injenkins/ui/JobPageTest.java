package io.jenkins.plugins.awsrootguard.injenkins.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.injenkins.WithSharedJenkins;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.FailureBuilder;
import org.jvnet.hudson.test.JenkinsRule;

/** The latest verdict, and since when, on the page of the job. */
@WithSharedJenkins
class JobPageTest {

    private JenkinsRule j;
    private FreeStyleProject job;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        j = rule;
        job = j.createFreeStyleProject("secure-root");
    }

    @Test
    void aJobThatNeverLookedAtAnAccountShowsNothing() throws Exception {
        j.buildAndAssertSuccess(job);
        assertThat(text(), not(containsString("AWS Root Guard")));
    }

    @Test
    void theLatestVerdictAndSinceWhenItStands() throws Exception {
        AccountState state = Sample.judged();
        FreeStyleBuild first = j.buildAndAssertSuccess(job);
        BuildStore.of(first).update(Journey.ACCOUNT, before -> state);
        FreeStyleBuild second = j.buildAndAssertSuccess(job);
        BuildStore.of(second).update(Journey.ACCOUNT, before -> state);
        String text = text();
        assertThat(text, containsString("123456789012 (prod): "));
        assertThat(text, containsString("At risk since build #1"));
    }

    @Test
    void aBuildThatFailedIsTheOneToBeTold() throws Exception {
        AccountState state = Sample.judged();
        j.buildAndAssertSuccess(job);
        job.getBuildersList().add(new FailureBuilder());
        FreeStyleBuild failed = j.buildAndAssertStatus(Result.FAILURE, job);
        BuildStore.of(failed).update(Journey.ACCOUNT, before -> state);
        assertThat(text(), containsString("123456789012 (prod): "));
    }

    @Test
    void afterABuildThatReadNothingTheJobStillTellsWhatTheOneBeforeFound() throws Exception {
        AccountState state = Sample.judged();
        j.buildAndAssertSuccess(job);
        job.getBuildersList().add(new FailureBuilder());
        FreeStyleBuild failed = j.buildAndAssertStatus(Result.FAILURE, job);
        BuildStore.of(failed).update(Journey.ACCOUNT, before -> state);
        for (int i = 0; i < 2; i++) {
            BuildStore.of(j.buildAndAssertStatus(Result.FAILURE, job));
        }
        String text = text();
        assertThat(text, containsString("123456789012 (prod): "));
        assertThat(text, containsString("From build #2. No later build has read an account."));
        HtmlPage page = j.createWebClient().getPage(job, "aws-root-guard");
        assertThat(page.getUrl().toString(), endsWith("/job/secure-root/2/aws-root-guard/"));
    }

    @Test
    void theLinkLeadsToThePageOfTheBuild() throws Exception {
        AccountState state = Sample.judged();
        FreeStyleBuild build = j.buildAndAssertSuccess(job);
        BuildStore.of(build).update(Journey.ACCOUNT, before -> state);
        HtmlPage page = j.createWebClient().getPage(job, "aws-root-guard");
        assertThat(page.getUrl().toString(), endsWith("/job/secure-root/1/aws-root-guard/"));
        assertNotNull(Pages.ours(page));
    }

    private String text() throws Exception {
        return j.createWebClient().getPage(job).asNormalizedText();
    }
}
