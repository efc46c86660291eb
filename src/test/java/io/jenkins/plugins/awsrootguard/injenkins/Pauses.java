package io.jenkins.plugins.awsrootguard.injenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlElementUtil;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.FlowGraphWalker;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;
import org.jvnet.hudson.test.JenkinsRule;

/** Answers to a pause, and assertions about it. */
public final class Pauses {

    static final String MFA = "MFA-" + JenkinsAws.ACCOUNT;
    static final String PASSWORD = "PASSWORD-" + JenkinsAws.ACCOUNT;
    static final String PLAN = "PLAN-" + JenkinsAws.ACCOUNT;

    private Pauses() {}

    /** A build of a Pipeline that reads the account as its administrator, and then runs these lines, paused. */
    public static WorkflowRun paused(JenkinsRule j, String... lines) throws Exception {
        WorkflowJob job = JenkinsAws.job(j, script(lines));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        j.waitForMessage("Show instructions", run);
        return run;
    }

    /** So that a test that failed leaves nothing running for the next one. */
    public static void killAll(JenkinsRule j) {
        j.jenkins.getAllItems(WorkflowJob.class).stream()
                .flatMap(job -> job.getBuilds().stream())
                .filter(WorkflowRun::isBuilding)
                .forEach(WorkflowRun::doKill);
    }

    static String[] script(String... lines) {
        List<String> all = new ArrayList<>();
        all.add("rootReport(credentialsId: 'admin')");
        all.add("rootGaps(unstableOn: 'NEVER')");
        all.addAll(List.of(lines));
        return all.toArray(String[]::new);
    }

    static HtmlPage page(JenkinsRule.WebClient web, WorkflowRun run) throws Exception {
        HtmlPage page = web.getPage(new URL(web.getContextPath() + run.getUrl() + "root-guard-confirm/"));
        // Not for the script that polls after two seconds, for which JenkinsRule would wait.
        web.waitForBackgroundJavaScriptStartingBefore(1_000);
        return page;
    }

    static HtmlForm answer(HtmlPage page, String id) {
        return page.getFormByName("proceed-" + id);
    }

    static HtmlForm abort(HtmlPage page, String id) {
        return page.getFormByName("abort-" + id);
    }

    /** Submits a form, and confirms the dialog about permanent changes if there is one. */
    static Page submit(HtmlForm form) throws Exception {
        return confirmDialog(form.getElementsByTagName("button").get(0).click());
    }

    /** Confirms the dialog about permanent changes, if the page has one; gives the page after it. */
    public static Page confirmDialog(Page page) throws IOException {
        HtmlElement ok = page instanceof HtmlPage html ? html.querySelector("dialog button[data-id='ok']") : null;
        return ok == null ? page : HtmlElementUtil.click(ok);
    }

    /** As a script would: without the page. Gives the HTTP status. */
    static int post(JenkinsRule j, JenkinsRule.WebClient web, WorkflowRun run, String path, NameValuePair... parameters)
            throws Exception {
        WebRequest request =
                new WebRequest(new URL(j.getURL(), run.getUrl() + "root-guard-confirm/" + path), HttpMethod.POST);
        request.setRequestParameters(new ArrayList<>(List.of(parameters)));
        web.addCrumb(request);
        return web.withThrowExceptionOnFailingStatusCode(false)
                .withRedirectEnabled(false)
                .getPage(request)
                .getWebResponse()
                .getStatusCode();
    }

    /** Each step that paused has one pause, which has ended, and build.xml has no state of the Pipeline. */
    static void assertOver(WorkflowRun run, int pauses) throws Exception {
        FlowExecution execution = run.getExecution();
        List<PauseAction> all = new ArrayList<>();
        for (FlowNode node : new FlowGraphWalker(execution)) {
            all.addAll(PauseAction.getPauseActions(node));
        }
        assertEquals(pauses, all.size());
        assertFalse(all.stream().anyMatch(PauseAction::isPaused));
        String xml = Files.readString(run.getRootDir().toPath().resolve("build.xml"));
        assertFalse(xml.contains("RootConfirmExecution"), "build.xml has state of the Pipeline");
    }
}
