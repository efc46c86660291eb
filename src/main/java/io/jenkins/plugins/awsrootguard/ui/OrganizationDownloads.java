package io.jenkins.plugins.awsrootguard.ui;

import hudson.Functions;
import hudson.model.ModelObject;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.OrganizationCsv;
import io.jenkins.plugins.awsrootguard.store.OrganizationPaper;
import io.jenkins.plugins.awsrootguard.store.OrganizationSummary;
import java.io.IOException;
import java.io.OutputStream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * The files of an organization of one build, at {@code aws-root-guard/organization/files/NAME}, made while they are sent. Who may
 * read the build may have them; where Jenkins asks for the permission Run/Artifacts, only who has that.
 */
@Restricted(NoExternalUse.class)
public final class OrganizationDownloads implements ModelObject {

    private final BuildStore action;
    private final OrganizationSummary summary;

    /** @param summary null when there is none */
    OrganizationDownloads(BuildStore action, OrganizationSummary summary) {
        this.action = action;
        this.summary = summary;
    }

    @Override
    public String getDisplayName() {
        return Messages.displayName();
    }

    /** What is written to the browser. */
    @FunctionalInterface
    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    /** An account a line, with the status of each control. */
    public void doAccountsCsv(StaplerResponse2 rsp) throws IOException {
        send(rsp, "accounts.csv", "text/csv;charset=UTF-8", out -> OrganizationCsv.write(summary, out));
    }

    /** The findings of all accounts. */
    public void doFindingsJson(StaplerResponse2 rsp) throws IOException {
        OrganizationPaper paper = new OrganizationPaper(action.organizationStore(), summary);
        send(rsp, "findings.json", "application/json;charset=UTF-8", paper::writeJson);
    }

    private void send(StaplerResponse2 rsp, String name, String type, Content content) throws IOException {
        if (Functions.isArtifactsPermissionEnabled()) {
            action.getRun().checkPermission(Run.ARTIFACTS);
        }
        if (summary == null) {
            rsp.sendError(404);
            return;
        }
        // An organization's id is made of letters, digits and a hyphen, which is checked where it is read from AWS or
        // here.
        String id = summary.result().organization().id().replaceAll("[^A-Za-z0-9-]", "_");
        rsp.setContentType(type);
        rsp.setHeader("Content-Disposition", "attachment; filename=\"" + id + "-" + name + "\"");
        rsp.setHeader("X-Content-Type-Options", "nosniff");
        rsp.setHeader("Cache-Control", "private, no-store");
        try (OutputStream out = rsp.getOutputStream()) {
            content.write(out);
        }
    }
}
