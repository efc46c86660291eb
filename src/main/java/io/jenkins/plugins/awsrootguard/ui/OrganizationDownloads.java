package io.jenkins.plugins.awsrootguard.ui;

import hudson.Functions;
import hudson.model.ModelObject;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.report.AccountRow;
import io.jenkins.plugins.awsrootguard.report.AccountsCsv;
import io.jenkins.plugins.awsrootguard.report.FindingsJson;
import io.jenkins.plugins.awsrootguard.report.RunReport;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
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
    private final RunReport run;

    /** @param run the accounts of the organization */
    OrganizationDownloads(BuildStore action, RunReport run) {
        this.action = action;
        this.run = run;
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
        send(rsp, "accounts.csv", "text/csv;charset=UTF-8", out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            AccountsCsv.write(run, writer);
            writer.flush();
        });
    }

    /** The findings of all accounts. */
    public void doFindingsJson(StaplerResponse2 rsp) throws IOException {
        send(rsp, "findings.json", "application/json;charset=UTF-8", out -> {
            try (FindingsJson json = new FindingsJson(out, run)) {
                for (AccountRow account : run.accounts()) {
                    AccountState state =
                            action.readableState(account.accountId()).orElse(null);
                    if (state != null) {
                        json.add(account, state);
                    }
                }
            }
        });
    }

    private void send(StaplerResponse2 rsp, String name, String type, Content content) throws IOException {
        if (Functions.isArtifactsPermissionEnabled()) {
            action.getRun().checkPermission(Run.ARTIFACTS);
        }
        // An organization's id is made of letters, digits and a hyphen, which is checked where it is read from AWS or
        // here.
        String id = run.header().organization().id().replaceAll("[^A-Za-z0-9-]", "_");
        rsp.setContentType(type);
        rsp.setHeader("Content-Disposition", "attachment; filename=\"" + id + "-" + name + "\"");
        rsp.setHeader("X-Content-Type-Options", "nosniff");
        rsp.setHeader("Cache-Control", "private, no-store");
        try (OutputStream out = rsp.getOutputStream()) {
            content.write(out);
        }
    }
}
