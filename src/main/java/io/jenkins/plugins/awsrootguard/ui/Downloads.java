package io.jenkins.plugins.awsrootguard.ui;

import hudson.Functions;
import hudson.model.ModelObject;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.FolderStore;
import io.jenkins.plugins.awsrootguard.report.HtmlReport;
import io.jenkins.plugins.awsrootguard.report.ReportFile;
import io.jenkins.plugins.awsrootguard.report.RunReport;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import jakarta.servlet.ServletException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * The files of a build, at {@code aws-root-guard/files/NAME} and {@code aws-root-guard/ACCOUNT_ID/files/NAME}. They are made while
 * they are sent; the build's folder is not changed. A download requires the permission Run/Artifacts where Jenkins uses it.
 *
 * @param accountId null for the files of all accounts
 */
@Restricted(NoExternalUse.class)
public record Downloads(BuildStore store, String accountId) implements ModelObject {

    private static final Set<ReportFile> STORED = EnumSet.of(ReportFile.CREDENTIAL_REPORT, ReportFile.EVIDENCE);

    @Override
    public String getDisplayName() {
        return Messages.displayName();
    }

    public boolean canDownload() {
        return !Functions.isArtifactsPermissionEnabled() || store.getRun().hasPermission(Run.ARTIFACTS);
    }

    /** The files that exist or can be made. Reads none of them. */
    public List<ReportFile> list() {
        return Arrays.stream(ReportFile.values()).filter(this::exists).toList();
    }

    private boolean exists(ReportFile file) {
        return switch (file) {
            case CREDENTIAL_REPORT, EVIDENCE -> Files.isRegularFile(stored(file));
            case ACCOUNTS_CSV -> accountId == null && store.accounts().all().size() > 1;
            case CHECKSUMS -> false;
            case REPORT, FINDINGS_JSON, FINDINGS_CSV, SARIF, JUNIT, ASFF, OCSF ->
                accountId != null || !store.accounts().all().isEmpty();
        };
    }

    /** Sends a file by its name. */
    public void doDynamic(StaplerRequest2 req, StaplerResponse2 rsp) throws IOException, ServletException {
        if (Functions.isArtifactsPermissionEnabled()) {
            store.getRun().checkPermission(Run.ARTIFACTS);
        }
        String name = req.getRestOfPath().replaceFirst("^/", "");
        rsp.setHeader("X-Content-Type-Options", "nosniff");
        rsp.setHeader("Cache-Control", "private, no-store");
        if (name.equals(HtmlReport.CSS)) {
            rsp.setContentType("text/css;charset=UTF-8");
            HtmlReport.writeCss(rsp.getOutputStream());
            return;
        }
        Optional<ReportFile> file = ReportFile.of(name).filter(this::exists);
        if (file.isEmpty()) {
            rsp.sendError(404);
            return;
        }
        send(file.get(), rsp);
    }

    private void send(ReportFile file, StaplerResponse2 rsp) throws IOException {
        rsp.setContentType(file.contentType());
        if (file == ReportFile.REPORT) {
            // As Jenkins serves the HTML of a build: the page can run nothing.
            rsp.setHeader("Content-Security-Policy", "sandbox; default-src 'none'; img-src 'self'; style-src 'self';");
        } else {
            // The name has digits, letters and a hyphen only, so it needs no quoting.
            String prefix = accountId == null ? "" : accountId + "-";
            rsp.setHeader("Content-Disposition", "attachment; filename=\"" + prefix + file.fileName() + "\"");
        }
        try (OutputStream out = new BufferedOutputStream(rsp.getOutputStream())) {
            if (STORED.contains(file)) {
                Files.copy(stored(file), out);
            } else {
                file.write(store.accounts(), report(), out);
            }
        }
    }

    private Path stored(ReportFile file) {
        FolderStore accounts = store.accounts();
        String subject = accountId == null
                ? store.organization().map(h -> h.organization().id()).orElse("none")
                : accountId;
        return accounts.folder(subject).resolve(file.fileName());
    }

    private RunReport report() {
        return accountId == null
                ? store.report()
                : RunReport.of(store.accounts(), accountId, store.getRun().isBuilding())
                        .orElseThrow();
    }
}
