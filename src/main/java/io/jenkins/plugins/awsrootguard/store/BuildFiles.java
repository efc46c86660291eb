package io.jenkins.plugins.awsrootguard.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import hudson.util.LogTaskListener;
import io.jenkins.plugins.awsrootguard.assessment.FolderStore;
import io.jenkins.plugins.awsrootguard.evidence.Checksums;
import io.jenkins.plugins.awsrootguard.evidence.EvidenceWriter;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.report.ReportFile;
import io.jenkins.plugins.awsrootguard.report.RunReport;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serial;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.MasterToSlaveFileCallable;
import jenkins.util.BuildListenerAdapter;

/**
 * Archives the reports on an account or the organization with the build, under {@code aws-root-guard/SUBJECT/}. The additional report
 * files of the step are also written there in the workspace, for steps of other plugins.
 */
public final class BuildFiles {

    private static final Logger LOGGER = Logger.getLogger(BuildFiles.class.getName());

    /** In the folder of the workspace: which build wrote its files. */
    private static final String OWNER = ".build";

    private final Set<ReportFile> formats;
    private final FilePath workspace;

    /**
     * Deletes the files that another build left in the workspace, so that a pattern for all accounts matches those of this build
     * only.
     *
     * @param names of the formats
     * @param given the workspace of the step; null for none
     * @throws InvalidInputException when there is no such format, or no workspace for it
     */
    public static BuildFiles open(Run<?, ?> run, Collection<String> names, FilePath given)
            throws IOException, InterruptedException {
        BuildFiles files = new BuildFiles(names, given);
        if (!files.formats.isEmpty()) {
            // ASCII, and another one for a job that was created again.
            String build = Util.getDigestOf(run.getExternalizableId() + " " + run.getTimeInMillis());
            files.requireInside(OWNER);
            given.child(BuildStore.FOLDER).act(new DeleteFilesOfOtherBuilds(build));
        }
        return files;
    }

    private BuildFiles(Collection<String> names, FilePath given) {
        formats = ReportFile.formats("formats", PlanOptions.split(names));
        workspace = given;
        if (!formats.isEmpty() && workspace == null) {
            throw new InvalidInputException(
                    "formats needs a workspace. Run the step inside node, or leave formats out.");
        }
    }

    /** @param name of a file in the folder of the workspace */
    private String requireInside(String name) throws IOException, InterruptedException {
        String path = BuildStore.FOLDER + "/" + name;
        // It may be missing before a first checkout.
        workspace.mkdirs();
        if (!workspace.isDescendant(path)) {
            throw new InvalidInputException(
                    path + " leads out of the workspace through a symbolic link. Remove the link.");
        }
        return path;
    }

    /** The agent of the workspace; null outside of any. */
    Computer agent() {
        return workspace == null ? null : workspace.toComputer();
    }

    /** Archives the current reports. Replaces earlier ones. Needs no agent without additional files. */
    void archive(BuildStore store, String subject, BuildLog buildLog) throws IOException, InterruptedException {
        FilePath dir = new FilePath(Files.createTempDirectory(BuildStore.FOLDER).toFile());
        try {
            Path files = Path.of(dir.getRemote());
            write(store, subject, files);
            copy(dir, subject, buildLog);
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

    private void write(BuildStore store, String subject, Path dir) throws IOException {
        FolderStore accounts = store.accounts();
        RunReport report = store.report(subject, false);
        ReportFile.writeAll(accounts, report, formats, dir, false);
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

    private void copy(FilePath reports, String subject, BuildLog log) throws IOException, InterruptedException {
        for (ReportFile format : formats) {
            String path = requireInside(subject + "/" + format.fileName());
            reports.child(format.fileName()).copyTo(workspace.child(path));
            log.line("Wrote " + path + " in the workspace");
        }
    }

    /** Deletes the files, unless the build has done so. At once for the branches of a build, which share a workspace. */
    private static final class DeleteFilesOfOtherBuilds extends MasterToSlaveFileCallable<Void> {

        @Serial
        private static final long serialVersionUID = 1L;

        private final String build;
        private final String[] names =
                ReportFile.formats().stream().map(ReportFile::fileName).toArray(String[]::new);

        DeleteFilesOfOtherBuilds(String build) {
            this.build = build;
        }

        @Override
        public Void invoke(File folder, VirtualChannel channel) throws IOException {
            synchronized (DeleteFilesOfOtherBuilds.class) {
                Path owner = folder.toPath().resolve(OWNER);
                if (!Files.exists(owner) || !Files.readString(owner, US_ASCII).equals(build)) {
                    Files.createDirectories(folder.toPath());
                    try (DirectoryStream<Path> subjects = Files.newDirectoryStream(folder.toPath())) {
                        for (Path subject : subjects) {
                            deleteFrom(subject);
                        }
                    }
                    Files.writeString(owner, build, US_ASCII);
                }
                return null;
            }
        }

        private void deleteFrom(Path subject) throws IOException {
            if (Files.isDirectory(subject, LinkOption.NOFOLLOW_LINKS)) {
                for (String name : names) {
                    Files.deleteIfExists(subject.resolve(name));
                }
            }
        }
    }
}
