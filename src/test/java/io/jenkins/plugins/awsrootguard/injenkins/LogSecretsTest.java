package io.jenkins.plugins.awsrootguard.injenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * With every logger at its finest and a recorder for all of them, no secret is logged, printed or kept, whether things go well or
 * badly: neither a key that a job was given, nor what AWS gave out for a session.
 */
@WithSharedJenkins
class LogSecretsTest {

    private static final String WRONG = "canary/wrong+secret0123456789abcdefghijkl";

    private static JenkinsRule j;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler recorder = new Recorder();
    private Level before;

    @BeforeAll
    static void startJenkins(JenkinsRule rule) {
        j = rule;
    }

    @BeforeEach
    void listen() {
        Logger all = Logger.getLogger("");
        before = all.getLevel();
        all.setLevel(Level.ALL);
        all.addHandler(recorder);
    }

    @AfterEach
    void stop() {
        Logger.getLogger("").removeHandler(recorder);
        Logger.getLogger("").setLevel(before);
    }

    @Test
    void logsNoSecretOfOneAccount() throws Exception {
        try (JenkinsAws aws = new JenkinsAws().withCredentials()) {
            JenkinsAws.credential(
                    "wrong", new AccessKeyPair(aws.account.rootKey().accessKeyId(), WRONG));
            Set<String> secrets = new TreeSet<>(aws.aws.secrets());
            secrets.add(WRONG);
            run("rootReport(credentialsId: 'wrong')");
            aws.aws.faults().malformedNext("iam:GetAccountSummary", 1).truncateNext("iam:GetAccountPasswordPolicy", 1);
            aws.aws.faults().deny("*", "iam:ListVirtualMFADevices").dropConnection("iam:ListAccessKeys", 1);
            run("rootReport(credentialsId: 'root')");
            aws.aws.faults().clear();
            aws.aws.faults().failNext("iam:DeleteSigningCertificate", 1, 403, "ExpiredToken", "expired");
            Run<?, ?> last = run(
                    "rootReport(credentialsId: 'root')",
                    "rootGaps(unstableOn: 'NEVER', deleteKeys: ['"
                            + aws.account.rootKey().accessKeyId() + "'])",
                    "rootSecure(dryRun: false, approved: true)",
                    "rootValidate(credentialsId: 'admin', unstableOn: 'NEVER')");
            assertNothingLeaks(secrets, last);
        }
    }

    @Test
    void logsNoSecretOfRootSessions() throws Exception {
        try (OrganizationAws many = new OrganizationAws()) {
            many.storeCredentials();
            many.aws.faults().deny("arn:aws:iam::" + OrganizationAws.CLEAN + ":*", "iam:GetAccountSummary");
            Run<?, ?> last = run(
                    "rootReport(organization: true, credentialsId: 'org')",
                    "rootGaps(unstableOn: 'NEVER', failOn: 'NEVER', unknown: 'IGNORE')",
                    "rootSecure(dryRun: false, approved: true)",
                    "rootReport(credentialsId: 'org', accountId: '" + OrganizationAws.CLEAN + "')");
            Set<String> secrets = many.aws.secrets();
            assertTrue(secrets.size() > 6, "the sessions' own are among them: " + secrets.size());
            assertNothingLeaks(secrets, last);
        }
    }

    private static WorkflowRun run(String... script) throws Exception {
        WorkflowJob job = JenkinsAws.job(j, script);
        return j.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }

    /** Nothing in what was logged, and nothing in what any build of this Jenkins left. */
    private void assertNothingLeaks(Set<String> secrets, Run<?, ?> last) throws IOException {
        assertTrue(lines.size() > 1000, "the recorder recorded: " + lines.size());
        assertEquals(
                List.of(),
                lines.stream()
                        .filter(l -> holds(secrets, l))
                        .map(LogSecretsTest::logger)
                        .distinct()
                        .toList());
        Path jobs = last.getParent().getRootDir().toPath().getParent();
        try (Stream<Path> files = Files.walk(jobs)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertTrue(all.stream().anyMatch(f -> f.endsWith("evidence.jsonl")), all.toString());
            for (Path file : all) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertTrue(!holds(secrets, content), file + " holds a secret");
            }
        }
    }

    private static boolean holds(Set<String> secrets, String text) {
        return secrets.stream().anyMatch(text::contains);
    }

    /** So that a failure says who leaks, and not what. */
    private static String logger(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    private final class Recorder extends Handler {

        private final SimpleFormatter formatter = new SimpleFormatter();

        Recorder() {
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord line) {
            // The emulated AWS and the test's browser are in the same process, and not what this is about.
            String logger = String.valueOf(line.getLoggerName());
            if (!logger.contains("httpserver") && !logger.contains("htmlunit")) {
                lines.add(logger + " " + formatter.format(line));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
