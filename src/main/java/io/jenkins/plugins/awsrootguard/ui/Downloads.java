package io.jenkins.plugins.awsrootguard.ui;

import hudson.FilePath;
import hudson.Functions;
import hudson.model.DirectoryBrowserSupport;
import hudson.model.ModelObject;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.report.HtmlReport;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * The files of one account of one build, at {@code aws-root-guard/ACCOUNT_ID/files/NAME}. Who may read the build may have
 * them; where Jenkins asks for the permission Run/Artifacts, only who has that.
 */
@Restricted(NoExternalUse.class)
public final class Downloads implements ModelObject {

    private final BuildStore action;
    private final String accountId;
    private final AccountState state;

    /** @param state null when there is none */
    Downloads(BuildStore action, String accountId, AccountState state) {
        this.action = action;
        this.accountId = accountId;
        this.state = state;
    }

    @Override
    public String getDisplayName() {
        return Messages.displayName() + " " + accountId;
    }

    /** The files that there are, for the page. */
    public List<EvidenceFile> list() throws IOException {
        List<EvidenceFile> all = new ArrayList<>();
        for (EvidenceFile.Kind kind : EvidenceFile.Kind.values()) {
            EvidenceFile.of(kind, action, accountId, state).ifPresent(all::add);
        }
        return all;
    }

    /** Serves one of the files by its name. */
    public void doDynamic(StaplerRequest2 req, StaplerResponse2 rsp) throws IOException, ServletException {
        checkPermission();
        String name = req.getRestOfPath().replaceFirst("^/", "");
        EvidenceFile file = EvidenceFile.Kind.of(name)
                .flatMap(k -> EvidenceFile.of(k, action, accountId, state))
                .orElse(null);
        if (file == null) {
            rsp.sendError(404);
            return;
        }
        rsp.setContentType(file.kind().contentType());
        rsp.setContentLength(file.content().length);
        // The name is made of the account's digits and of a name of ours, so it needs no quoting rules.
        rsp.setHeader("Content-Disposition", "attachment; filename=\"" + accountId + "-" + name + "\"");
        rsp.setHeader("X-Content-Type-Options", "nosniff");
        rsp.setHeader("Cache-Control", "private, no-store");
        try (OutputStream out = rsp.getOutputStream()) {
            out.write(file.content());
        }
    }

    /** Shows report.html, with what Jenkins puts in front of a build's own HTML: it can run nothing. */
    public HttpResponse doReport() throws IOException {
        checkPermission();
        if (state == null) {
            return HttpResponses.notFound();
        }
        Path dir = action.getRun()
                .getRootDir()
                .toPath()
                .resolve("aws-root-guard")
                .resolve(accountId)
                .resolve("report");
        Files.createDirectories(dir);
        synchronized (action) {
            HtmlReport.write(state, dir);
        }
        DirectoryBrowserSupport files = new DirectoryBrowserSupport(
                this, new FilePath(dir.toFile()), getDisplayName(), "symbol-document-text", false);
        files.setIndexFileName("report.html");
        return files;
    }

    private void checkPermission() {
        if (Functions.isArtifactsPermissionEnabled()) {
            action.getRun().checkPermission(Run.ARTIFACTS);
        }
    }
}
