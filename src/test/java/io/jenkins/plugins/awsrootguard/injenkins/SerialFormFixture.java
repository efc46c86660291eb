package io.jenkins.plugins.awsrootguard.injenkins;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.freestyle.SecureRootAccountBuilder;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Writes what this version stores to {@code target/serial-form}: a folder of {@link SerialFormTest}'s resources for each release
 * that changed it. No test, and not run as one: {@code ./mvnw test -Dtest=SerialFormFixture}.
 */
class SerialFormFixture {

    /** What is of this plugin, or holds something of it. No credential and no key of the controller is among them. */
    private static final List<String> KEPT = List.of(
            "jobs/paused",
            "jobs/freestyle",
            "jobs/organization",
            RootGuardGlobalConfiguration.FILE,
            PasswordDeadlines.FILE);

    @RegisterExtension
    final RestartedJenkins sessions = new RestartedJenkins();

    @Test
    void write() throws Throwable {
        try (OrganizationAws many = new OrganizationAws()) {
            sessions.then(j -> {
                many.storeCredentials();
                pipeline(
                        j,
                        "organization",
                        "rootReport(organization: true, credentialsId: 'org')",
                        "rootGaps(unstableOn: 'NEVER', failOn: 'NEVER', unknown: 'IGNORE')",
                        "rootSecure(dryRun: false, approved: true)");
            });
        }
        try (JenkinsAws aws = new JenkinsAws()) {
            sessions.then(j -> {
                aws.withCredentials();
                settings();
                freestyle(j);
                pipeline(
                        j,
                        "paused",
                        Pauses.script("def c = rootConfirm(what: 'MFA', submitter: 'dave')", "echo c.saw"));
            });
        }
        Path home = sessions.getHome().toPath();
        for (String kept : KEPT) {
            copy(home, home.resolve(kept), Path.of("target/serial-form"));
        }
    }

    private static void settings() {
        RootGuardGlobalConfiguration.get().setCredentialsId("admin");
        RootGuardGlobalConfiguration.get().setPolicy("thresholds: {recentUseDays: 45}");
        Instant changed = Instant.parse("2026-10-01T08:00:00Z");
        PasswordDeadlines.get()
                .record(
                        new PasswordConfirmation(JenkinsAws.ACCOUNT, "alice", changed, changed, "CloudTrail has it"),
                        "job/freestyle/1/");
    }

    private static void freestyle(JenkinsRule j) throws Exception {
        SecureRootAccountBuilder step = new SecureRootAccountBuilder();
        step.credentialsId = "root";
        step.validationCredentialsId = "admin";
        step.apply = true;
        step.failOn = "NEVER";
        FreeStyleProject project = j.createFreeStyleProject("freestyle");
        project.getBuildersList().add(step);
        j.waitForCompletion(project.scheduleBuild2(0).waitForStart());
    }

    private static void pipeline(JenkinsRule j, String name, String... script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, name);
        JenkinsAws.script(job, script);
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        if (name.equals("paused")) {
            j.waitForMessage("AccountMFAEnabled = 0", run);
        } else {
            j.waitForCompletion(run);
        }
    }

    private static void copy(Path home, Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.filter(Files::isRegularFile)
                    .filter(f -> !f.toString().contains("/archive/"))
                    .toList()) {
                Path target = to.resolve(home.relativize(file).toString());
                Files.createDirectories(target.getParent());
                // Byte for byte, but for where it was.
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                Files.writeString(
                        target, content.replace(home.toString(), "/var/lib/jenkins"), StandardCharsets.ISO_8859_1);
            }
        }
    }
}
