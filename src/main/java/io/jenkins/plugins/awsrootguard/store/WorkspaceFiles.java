package io.jenkins.plugins.awsrootguard.store;

import hudson.FilePath;
import hudson.model.Computer;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.report.ReportFile;
import java.io.IOException;
import java.util.Collection;
import java.util.Set;

/**
 * The additional report files of a step, for steps of other plugins, which read the workspace. They are in
 * {@code aws-root-guard/SUBJECT/} there, and archived with the build.
 */
public final class WorkspaceFiles {

    public static final WorkspaceFiles NONE = new WorkspaceFiles(Set.of(), null);

    private final Set<ReportFile> formats;
    private final FilePath workspace;

    /**
     * @param names of the formats
     * @param given the workspace of the step; null for none
     * @throws InvalidInputException when there is no such format, or no workspace for it
     */
    public WorkspaceFiles(Collection<String> names, FilePath given) {
        formats = ReportFile.formats("formats", PlanOptions.split(names));
        workspace = given;
        if (!formats.isEmpty() && workspace == null) {
            throw new InvalidInputException(
                    "formats needs a workspace. Run the step inside node, or leave formats out.");
        }
    }

    Set<ReportFile> formats() {
        return formats;
    }

    /** The agent of the workspace; null outside of any. */
    Computer agent() {
        return workspace == null ? null : workspace.toComputer();
    }

    /** @param reports where the files of the subject have been written */
    void copy(FilePath reports, String subject, BuildLog log) throws IOException, InterruptedException {
        if (!formats.isEmpty()) {
            // It may be missing before a first checkout.
            workspace.mkdirs();
        }
        for (ReportFile format : formats) {
            String path = BuildStore.FOLDER + "/" + subject + "/" + format.fileName();
            if (!workspace.isDescendant(path)) {
                throw new InvalidInputException(
                        path + " leads out of the workspace through a symbolic link. Remove the link.");
            }
            reports.child(format.fileName()).copyTo(workspace.child(path));
            log.line("Wrote " + path + " in the workspace");
        }
    }
}
