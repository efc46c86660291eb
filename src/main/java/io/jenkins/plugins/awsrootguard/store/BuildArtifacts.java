package io.jenkins.plugins.awsrootguard.store;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import hudson.util.LogTaskListener;
import io.jenkins.plugins.awsrootguard.assessment.FolderStore;
import io.jenkins.plugins.awsrootguard.evidence.Checksums;
import io.jenkins.plugins.awsrootguard.evidence.EvidenceWriter;
import io.jenkins.plugins.awsrootguard.report.ReportFile;
import io.jenkins.plugins.awsrootguard.report.RunReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.BuildListenerAdapter;

/** Archives the reports on an account or the organization with the build, under {@code aws-root-guard/SUBJECT/}. Needs no agent. */
final class BuildArtifacts {

    private static final Logger LOGGER = Logger.getLogger(BuildArtifacts.class.getName());

    private BuildArtifacts() {}

    /** Archives the current reports. Replaces earlier ones. */
    static void archive(BuildStore store, String subject, WorkspaceFiles workspace, BuildLog buildLog)
            throws IOException, InterruptedException {
        FilePath dir = new FilePath(Files.createTempDirectory(BuildStore.FOLDER).toFile());
        try {
            Path files = Path.of(dir.getRemote());
            write(store, subject, workspace, files);
            workspace.copy(dir, subject, buildLog);
            Checksums.write(files);
            // From the path in the archive to the path in the folder.
            Map<String, String> paths = new TreeMap<>();
            for (FilePath file : dir.list()) {
                paths.put(BuildStore.FOLDER + "/" + subject + "/" + file.getName(), file.getName());
            }
            // Not in the log of the build: the archiver writes lines about the files.
            TaskListener log = new LogTaskListener(LOGGER, Level.FINE);
            store.getRun()
                    .pickArtifactManager()
                    .archive(dir, new Launcher.LocalLauncher(log), BuildListenerAdapter.wrap(log), paths);
        } finally {
            dir.deleteRecursive();
        }
    }

    private static void write(BuildStore store, String subject, WorkspaceFiles workspace, Path dir) throws IOException {
        FolderStore accounts = store.accounts();
        RunReport report = store.report(subject, false);
        ReportFile.writeAll(accounts, report, workspace.formats(), dir, false);
        List<String> subjects = new ArrayList<>();
        if (report.isOrganization()) {
            subjects.add(report.header().organization().id());
        } else {
            byte[] csv = accounts.credentialReport(subject).orElse(null);
            if (csv != null) {
                Files.write(dir.resolve(FolderStore.CREDENTIAL_REPORT), csv);
            }
        }
        report.accounts().forEach(a -> subjects.add(a.accountId()));
        try (OutputStream evidence = Files.newOutputStream(dir.resolve(EvidenceWriter.FILE))) {
            for (String each : subjects) {
                Path file = accounts.folder(each).resolve(EvidenceWriter.FILE);
                if (Files.exists(file)) {
                    Files.copy(file, evidence);
                }
            }
        }
    }
}
