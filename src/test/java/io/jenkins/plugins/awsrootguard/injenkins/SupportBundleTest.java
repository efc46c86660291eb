package io.jenkins.plugins.awsrootguard.injenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.jenkins.support.SupportPlugin;
import com.cloudbees.jenkins.support.api.Component;
import com.cloudbees.jenkins.support.api.ComponentVisitor;
import com.cloudbees.jenkins.support.api.Container;
import com.cloudbees.jenkins.support.impl.AboutJenkins;
import com.cloudbees.jenkins.support.impl.AbstractItemDirectoryComponent;
import com.cloudbees.jenkins.support.impl.RunDirectoryComponent;
import hudson.logging.LogRecorder;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * A support bundle with all that can be in one, the directories of the builds and a log recorder for everything at its finest
 * included, holds no secret that the builds worked with.
 */
@WithSharedJenkins
class SupportBundleTest {

    private static final String WRONG = "canary/wrong+secret0123456789abcdefghijkl";
    private static final String MARK = "a line at the finest level, so that it is known that those are in the bundle";
    private static final Logger OURS = Logger.getLogger("io.jenkins.plugins.awsrootguard.test");
    /** The emulated AWS is in the same process, and not what this is about. */
    private static final Logger EMULATOR = Logger.getLogger("com.sun.net.httpserver");

    private final List<Run<?, ?>> runs = new ArrayList<>();
    private JenkinsRule j;
    private Level before;

    @BeforeEach
    void listen(JenkinsRule rule) {
        j = rule;
        LogRecorder everything = new LogRecorder("everything");
        everything.getLoggers().add(new LogRecorder.Target("", Level.ALL));
        j.jenkins.getLog().getRecorders().add(everything);
        before = Logger.getLogger("").getLevel();
        Logger.getLogger("").setLevel(Level.ALL);
        EMULATOR.setLevel(Level.OFF);
    }

    @AfterEach
    void stop() {
        Logger.getLogger("").setLevel(before);
        EMULATOR.setLevel(null);
    }

    @Test
    void supportBundleHoldsNoSecret() throws Exception {
        Set<String> secrets = new TreeSet<>(Set.of(WRONG));
        try (JenkinsAws aws = new JenkinsAws().withCredentials()) {
            secrets.addAll(aws.aws.secrets());
            String rootKey = aws.account.rootKey().accessKeyId();
            JenkinsAws.credential("wrong", new AccessKeyPair(rootKey, WRONG));
            run("rootReport(credentialsId: 'wrong')");
            run(
                    "rootReport(credentialsId: 'root')",
                    "rootGaps(unstableOn: 'NEVER', deleteKeys: ['" + rootKey + "'])",
                    "rootSecure(dryRun: false, approved: true)",
                    "rootValidate(credentialsId: 'admin', unstableOn: 'NEVER')");
        }
        try (OrganizationAws many = new OrganizationAws().storeCredentials()) {
            run(
                    "rootReport(organization: true, credentialsId: 'org')",
                    "rootGaps(unstableOn: 'NEVER', failOn: 'NEVER', unknown: 'IGNORE')",
                    "rootSecure(dryRun: false, approved: true)");
            assertTrue(many.aws.secrets().size() > 6, "the sessions' own are among them");
            secrets.addAll(many.aws.secrets());
        }
        Map<String, String> bundle = bundle();
        assertInBundle(bundle, "/log", "rootValidate");
        assertInBundle(bundle, "evidence.jsonl", "DeleteAccessKey");
        assertInBundle(bundle, "plugins/active.txt", "aws-root-guard");
        assertInBundle(bundle, "logs/custom/", MARK);
        assertEquals(
                List.of(),
                bundle.entrySet().stream()
                        .filter(e -> secrets.stream().anyMatch(e.getValue()::contains))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    private void run(String... script) throws Exception {
        WorkflowJob job = JenkinsAws.job(j, script);
        runs.add(j.waitForCompletion(job.scheduleBuild2(0).waitForStart()));
    }

    /** Content by name. What belongs to a job or a build is added as the page Support of those would. */
    private Map<String, String> bundle() throws IOException {
        // Now, because the recorder keeps only its latest files. They are written when a few thousand characters have
        // come together.
        OURS.finest(MARK);
        for (int i = 0; i < 1000; i++) {
            OURS.finest("so that what was logged before is written to the file " + i);
        }
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        SupportPlugin.writeBundle(zip, SupportPlugin.getComponents(), new Everything(), null, true);
        Map<String, String> entries = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.toByteArray()))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = in.readAllBytes();
                if (entry.getName().endsWith(".gz")) {
                    content = new GZIPInputStream(new ByteArrayInputStream(content)).readAllBytes();
                }
                entries.merge(entry.getName(), new String(content, StandardCharsets.ISO_8859_1), String::concat);
            }
        }
        return entries;
    }

    private static void assertInBundle(Map<String, String> bundle, String name, String text) {
        assertTrue(
                bundle.entrySet().stream()
                        .anyMatch(e -> e.getKey().contains(name) && e.getValue().contains(text)),
                () -> "no " + name + " with \"" + text + "\" in " + bundle.keySet());
    }

    private final class Everything implements ComponentVisitor {
        @Override
        public <T extends Component> void visit(Container container, T component) {
            component.addContents(container);
            if (component instanceof AboutJenkins) {
                for (Run<?, ?> run : runs) {
                    new RunDirectoryComponent("**", "", false, 20).addContents(container, run);
                    new AbstractItemDirectoryComponent("**", "**/builds/**", false, 20)
                            .addContents(container, (WorkflowJob) run.getParent());
                }
            }
        }
    }
}
