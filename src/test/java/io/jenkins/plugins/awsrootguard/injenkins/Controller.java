package io.jenkins.plugins.awsrootguard.injenkins;

import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmbeddedAws;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.htmlunit.html.HtmlCheckBoxInput;
import org.htmlunit.html.HtmlForm;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A Jenkins in a process of its own, which can be killed, and what a test has it do. */
final class Controller {

    private static final String JOB = "p";

    private final RealJenkinsExtension jenkins;

    Controller(RealJenkinsExtension jenkins, EmbeddedAws aws) {
        this.jenkins = jenkins;
        jenkins.javaOptions(
                "-Daws.endpointUrl=" + aws.endpoint(),
                "-Dio.jenkins.plugins.awsrootguard.pipeline.RootConfirmExecution.pollSeconds=1");
    }

    void start() throws Exception {
        jenkins.startJenkins();
    }

    /** Ends the process without a shutdown, as a power failure does. */
    void kill() throws Exception {
        Process process = jenkins.getProcess();
        jenkins.stopJenkinsForcibly();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            throw new AssertionError("Jenkins is still running");
        }
    }

    void credential(String id, AccessKeyPair key) throws Throwable {
        jenkins.runRemotely(Controller::store, id, key.accessKeyId(), key.secretAccessKey());
    }

    /** Starts a build of the one job with this script. */
    void build(String... script) throws Throwable {
        jenkins.runRemotely(Controller::begin, script);
    }

    /** How a build ended, when it has. */
    String result(int number) throws Throwable {
        return jenkins.runRemotely(Controller::ended, number);
    }

    void awaitLine(int number, String line) throws Throwable {
        jenkins.runRemotely(Controller::waited, number, line);
    }

    String log(int number) throws Throwable {
        return jenkins.runRemotely(Controller::logged, number);
    }

    /** The text of a page of a build. */
    String page(int number, String path) throws Throwable {
        return jenkins.runRemotely(Controller::seen, number, path);
    }

    /** The changes as the build keeps them: kind and outcome. */
    List<String> changes(int number) throws Throwable {
        return jenkins.runRemotely(Controller::kept, number);
    }

    /** Answers the pause of a build on its page. */
    void answer(int number, String pause, boolean agree) throws Throwable {
        jenkins.runRemotely(Controller::answered, number, pause, agree);
    }

    // From here on in the process of Jenkins.

    private static void store(JenkinsRule j, String id, String keyId, String secret) throws IOException {
        JenkinsAws.credential(id, new AccessKeyPair(keyId, secret));
    }

    private static void begin(JenkinsRule j, String[] script) throws Exception {
        WorkflowJob job = j.jenkins.getItemByFullName(JOB, WorkflowJob.class);
        if (job == null) {
            job = j.createProject(WorkflowJob.class, JOB);
        }
        JenkinsAws.script(job, script);
        job.scheduleBuild2(0).waitForStart();
    }

    private static String ended(JenkinsRule j, Integer number) throws Exception {
        return String.valueOf(j.waitForCompletion(run(j, number)).getResult());
    }

    private static void waited(JenkinsRule j, Integer number, String line) throws Exception {
        j.waitForMessage(line, run(j, number));
    }

    private static String logged(JenkinsRule j, Integer number) throws Exception {
        return JenkinsRule.getLog(run(j, number));
    }

    private static String seen(JenkinsRule j, Integer number, String path) throws Exception {
        return j.createWebClient().goTo(run(j, number).getUrl() + path).asNormalizedText();
    }

    private static ArrayList<String> kept(JenkinsRule j, Integer number) {
        return BuildStore.of(run(j, number)).accounts().state(JenkinsAws.ACCOUNT).orElseThrow().changes().stream()
                .map(c -> c.kind() + " " + c.outcome())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static void answered(JenkinsRule j, Integer number, String pause, Boolean agree) throws Exception {
        HtmlForm form = Pauses.answer(Pauses.page(j.createWebClient(), run(j, number)), pause);
        if (agree) {
            form.<HtmlCheckBoxInput>getInputByName("agreed").setChecked(true);
        }
        Pauses.submit(form);
    }

    private static WorkflowRun run(JenkinsRule j, int number) {
        return j.jenkins.getItemByFullName(JOB, WorkflowJob.class).getBuildByNumber(number);
    }
}
