package io.jenkins.plugins.awsrootguard.store;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.LogTaskListener;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.evidence.Checksums;
import io.jenkins.plugins.awsrootguard.evidence.EvidenceWriter;
import io.jenkins.plugins.awsrootguard.report.FindingsCsv;
import io.jenkins.plugins.awsrootguard.report.FindingsJson;
import io.jenkins.plugins.awsrootguard.report.HtmlReport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.util.BuildListenerAdapter;

/** Archives an account's reports with the build. They are made on the controller, so that no node is needed. */
final class BuildArtifacts {

    private static final Logger LOGGER = Logger.getLogger(BuildArtifacts.class.getName());

    private BuildArtifacts() {}

    /** Archives what there is so far; what was archived before under the same name is replaced. */
    static void archive(Run<?, ?> run, BuildStore action, AccountState state) throws IOException, InterruptedException {
        archive(run, state.accountId(), dir -> write(dir, action, state));
    }

    /** Makes the files to be archived, in a folder. */
    @FunctionalInterface
    interface Content {
        void write(Path dir) throws IOException;
    }

    /** The same for files of another make, under {@code aws-root-guard/NAME/}. */
    static void archive(Run<?, ?> run, String name, Content content) throws IOException, InterruptedException {
        FilePath dir = new FilePath(Files.createTempDirectory("aws-root-guard").toFile());
        try {
            Path files = Path.of(dir.getRemote());
            content.write(files);
            // The archiver's own lines tell of copying, which is nobody's concern in a build's log.
            TaskListener quiet = new LogTaskListener(LOGGER, Level.FINE);
            run.pickArtifactManager()
                    .archive(
                            dir,
                            new Launcher.LocalLauncher(quiet),
                            BuildListenerAdapter.wrap(quiet),
                            names(files, "aws-root-guard/" + name + "/"));
        } finally {
            dir.deleteRecursive();
        }
    }

    private static void write(Path dir, BuildStore action, AccountState state) throws IOException {
        Optional<byte[]> report = action.credentialReport(state.accountId());
        if (report.isPresent()) {
            Files.write(dir.resolve("credential-report.csv"), report.get());
        }
        try (OutputStream json = Files.newOutputStream(dir.resolve("findings.json"))) {
            FindingsJson.write(state, json);
        }
        if (state.findings() != null) {
            try (BufferedWriter csv = Files.newBufferedWriter(dir.resolve("findings.csv"), StandardCharsets.UTF_8)) {
                FindingsCsv.write(state, csv);
            }
        }
        HtmlReport.write(state, dir);
        evidence(dir, action.evidenceDir(state.accountId()));
    }

    /** Adds the evidence in the build's folder, and the checksums of all files. */
    static void evidence(Path dir, Path buildFolder) throws IOException {
        Path log = buildFolder.resolve(EvidenceWriter.FILE);
        if (Files.exists(log)) {
            Files.copy(log, dir.resolve(EvidenceWriter.FILE));
        }
        Checksums.write(dir);
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
