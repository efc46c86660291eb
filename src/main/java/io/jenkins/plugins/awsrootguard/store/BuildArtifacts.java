package io.jenkins.plugins.awsrootguard.store;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
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
import java.util.stream.Stream;
import jenkins.util.BuildListenerAdapter;

/**
 * Archives the reports on an account or the organization with the build, under {@code aws-root-guard/SUBJECT/}. They are made on
 * the controller, so no agent is necessary.
 */
final class BuildArtifacts {

    private static final Logger LOGGER = Logger.getLogger(BuildArtifacts.class.getName());

    private BuildArtifacts() {}

    /** Archives the current reports. Replaces earlier ones. */
    static void archive(BuildStore store, String subject) throws IOException, InterruptedException {
        FilePath dir = new FilePath(Files.createTempDirectory(BuildStore.FOLDER).toFile());
        try {
            Path files = Path.of(dir.getRemote());
            write(store, subject, files);
            Checksums.write(files);
            Run<?, ?> run = store.getRun();
            // The archiver's own lines say what was copied, which does not belong in a build's log.
            TaskListener quiet = new LogTaskListener(LOGGER, Level.FINE);
            run.pickArtifactManager()
                    .archive(
                            dir,
                            new Launcher.LocalLauncher(quiet),
                            BuildListenerAdapter.wrap(quiet),
                            names(files, BuildStore.FOLDER + "/" + subject + "/"));
        } finally {
            dir.deleteRecursive();
        }
    }

    private static void write(BuildStore store, String subject, Path dir) throws IOException {
        FolderStore accounts = store.accounts();
        RunReport report = store.report(subject);
        ReportFile.writeAll(accounts, report, dir, false);
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
        evidence(accounts, subjects, dir);
    }

    /** The evidence of all subjects in one file. */
    private static void evidence(FolderStore accounts, List<String> subjects, Path dir) throws IOException {
        try (OutputStream out = Files.newOutputStream(dir.resolve(EvidenceWriter.FILE))) {
            for (String subject : subjects) {
                Path file = accounts.folder(subject).resolve(EvidenceWriter.FILE);
                if (Files.exists(file)) {
                    Files.copy(file, out);
                }
            }
        }
    }

    /** From the path in the archive to the path in the folder. */
    private static Map<String, String> names(Path dir, String prefix) throws IOException {
        Map<String, String> names = new TreeMap<>();
        try (Stream<Path> files = Files.list(dir)) {
            files.map(f -> f.getFileName().toString()).forEach(name -> names.put(prefix + name, name));
        }
        return names;
    }
}
