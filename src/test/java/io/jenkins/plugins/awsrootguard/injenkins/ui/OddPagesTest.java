package io.jenkins.plugins.awsrootguard.injenkins.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Finding.Evidence;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Rule;
import io.jenkins.plugins.awsrootguard.controls.Rule.Reference;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.injenkins.WithSharedJenkins;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The page of a build in rare cases: very many findings, hostile texts, a damaged file. */
@WithSharedJenkins
class OddPagesTest {

    private static final String HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&";

    private JenkinsRule j;
    /** Null unless a test starts one. */
    private Journey journey;

    private FreeStyleBuild build;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        j = rule;
        build = j.buildAndAssertSuccess(j.createFreeStyleProject("secure-root"));
    }

    @AfterEach
    void stop() {
        if (journey != null) {
            journey.close();
        }
    }

    @Test
    void aThousandFindingsAreAllThere() throws Exception {
        AccountState judged = Sample.judged();
        List<Finding> many = IntStream.range(0, 1000)
                .mapToObj(i -> finding("check-" + i, i % 2 == 0 ? Status.FAIL : Status.UNKNOWN, "Summary " + i))
                .toList();
        show(judged.withGaps(Findings.of(judged.facts(), Policy.DEFAULT.source(), many), judged.plan()));
        assertEquals(
                1000,
                page().getByXPath("//tr[starts-with(@id, 'finding-check-')]").size());
    }

    @Test
    void hostileNamesAndTextsAreShownAndNeverRun() throws Exception {
        journey = new Journey();
        journey.account.alias(HOSTILE);
        AccountState judged = journey.judged();
        Finding finding = new Finding(
                new Rule("hostile", HOSTILE, HOSTILE, HOSTILE, List.of(new Reference(HOSTILE, "javascript:alert(3)"))),
                Severity.CRITICAL,
                Status.FAIL,
                HOSTILE,
                List.of(new Evidence(HOSTILE, Instant.EPOCH, HOSTILE)),
                false,
                null,
                List.of());
        PendingTask task =
                new PendingTask(PendingTask.What.MFA, HOSTILE, List.of(HOSTILE), "javascript:alert(4)", HOSTILE);
        show(judged.withGaps(
                Findings.of(judged.facts(), Policy.DEFAULT.source(), List.of(finding)),
                new RemediationPlan(Journey.ACCOUNT, Instant.now(), List.of(), List.of(task), List.of())));
        HtmlPage page = page();
        Pages.assertNothingInline(Pages.ours(page));
        assertThat(Pages.text(page), containsString("<script>alert(1)</script>"));
        HtmlPage front = j.createWebClient().getPage(build);
        assertThat(front.getElementById("main-panel").asNormalizedText(), containsString("<script>alert(1)</script>"));
    }

    @Test
    void aDamagedFileIsAMessageAndNoStackTrace() throws Exception {
        show(Sample.judged());
        Path state = build.getRootDir().toPath().resolve("aws-root-guard/123456789012/state.json");
        Files.writeString(state, "{ not JSON");
        j.jenkins.reload();
        build = j.jenkins
                .getItemByFullName("secure-root", hudson.model.FreeStyleProject.class)
                .getBuildByNumber(1);
        String text = Pages.text(page());
        assertThat(text, containsString("Stored data of account 123456789012 could not be read"));
        assertThat(text, containsString("state.json"));
        assertTrue(Files.exists(state), "what can't be read is left for somebody to look at");
    }

    private void show(AccountState state) {
        BuildStore.of(build).update(Journey.ACCOUNT, before -> state);
    }

    private HtmlPage page() throws Exception {
        return j.createWebClient().getPage(build, "aws-root-guard/");
    }

    private static Finding finding(String control, Status status, String summary) {
        return new Finding(
                new Rule(control, control, "why", "what to do", List.of()),
                Severity.HIGH,
                status,
                summary,
                List.of(),
                false,
                null,
                List.of());
    }
}
