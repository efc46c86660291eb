package io.jenkins.plugins.awsrootguard.ui;

import hudson.Functions;
import hudson.model.ModelObject;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.report.AccountRow;
import io.jenkins.plugins.awsrootguard.report.ControlRow;
import io.jenkins.plugins.awsrootguard.report.PhaseStrip;
import io.jenkins.plugins.awsrootguard.report.RunReport;
import io.jenkins.plugins.awsrootguard.report.Symbols;
import io.jenkins.plugins.awsrootguard.report.Times;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.OpenPauses;
import java.util.Arrays;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.Stapler;

/**
 * An organization of one build, as its page shows it: verdict, controls, and the accounts that the address asks for. Made for
 * one request, from the index alone, so that thousands of accounts open quickly.
 */
@Restricted(NoExternalUse.class)
public final class OrganizationPage implements ModelObject {

    private final BuildStore action;
    private final RunReport run;
    private final OrganizationQuery query = OrganizationQuery.of(Stapler.getCurrentRequest2());
    private final List<AccountRow> selected;

    OrganizationPage(BuildStore action) {
        this.action = action;
        this.run = action.report(BuildStore.ORGANIZATION);
        this.selected = query.select(run.accounts());
    }

    /** The build; its name is what Jenkins' page frame for a build's page asks for. */
    public Run<?, ?> getObject() {
        return action.getRun();
    }

    @Override
    public String getDisplayName() {
        return Messages.displayName();
    }

    public RunReport run() {
        return run;
    }

    public OrganizationQuery query() {
        return query;
    }

    public String icon() {
        return Icons.ofTone(run.worst().tone());
    }

    public String phaseIcon(PhaseStrip.Step step) {
        return Icons.of(step.progress());
    }

    public String toneIcon(String tone) {
        return Icons.ofTone(tone);
    }

    /** The pauses of the running build that are for no one account. */
    public List<OpenPauses.OpenPause> pauses() {
        return PendingConfirmation.pauses(action.getRun(), "");
    }

    public String pauseTitle(OpenPauses.OpenPause pause) {
        return PendingConfirmation.title(pause.what());
    }

    /** Who approved the plan, and what of it; null when nobody did. */
    public String approval() {
        return action.confirmation(BuildStore.ORGANIZATION, PendingTask.What.PLAN)
                .map(n -> Messages.AccountPage_note(
                        PendingConfirmation.title(n.what()), n.by(), Times.minutes(n.at()), n.saw()))
                .orElse(null);
    }

    /** How many accounts the address asks for. */
    public int found() {
        return selected.size();
    }

    /** The accounts of this page of the list. */
    public List<AccountRow> rows() {
        return selected.stream()
                .skip((long) (page() - 1) * OrganizationQuery.PAGE_SIZE)
                .limit(OrganizationQuery.PAGE_SIZE)
                .toList();
    }

    public int pages() {
        return Math.max(1, (found() + OrganizationQuery.PAGE_SIZE - 1) / OrganizationQuery.PAGE_SIZE);
    }

    /** The page of the list that is shown; the last one when the address asks for one behind it. */
    public int page() {
        return Math.min(query.page(), pages());
    }

    public int first() {
        return found() == 0 ? 0 : (page() - 1) * OrganizationQuery.PAGE_SIZE + 1;
    }

    public int last() {
        return Math.min(found(), page() * OrganizationQuery.PAGE_SIZE);
    }

    /** The statuses of the filter. */
    public List<Status> statuses() {
        return Arrays.asList(Status.values());
    }

    public String statusWord(Status status) {
        return Symbols.word(status);
    }

    /** The address of the accounts whose control has a status. */
    public String url(ControlRow control, String status) {
        return new OrganizationQuery(null, null, control.control(), Status.valueOf(status), 1).url(1) + "#accounts";
    }

    /** The address of the accounts that stand so. */
    public String url(RunReport.VerdictRow verdict) {
        return new OrganizationQuery(null, verdict.word(), null, null, 1).url(1) + "#accounts";
    }

    /** A count, and nothing for none. */
    public String shown(int count) {
        return count == 0 ? "" : Integer.toString(count);
    }

    /** The number of accounts in which a control has a status. */
    public int count(ControlRow control, String status) {
        return control.count(Status.valueOf(status));
    }

    /** One line for front pages. */
    public String frontLine() {
        int critical = run.failed(Severity.CRITICAL);
        return run.verdict() + (critical == 0 ? "" : " " + Messages.OrganizationPage_critical(critical));
    }

    /** Whether report.html was archived, which is what a phase does when it ends. */
    public boolean isArchived() {
        return action.getRun().getHasArtifacts() && run.header().ended() != null;
    }

    public boolean canDownload() {
        return !Functions.isArtifactsPermissionEnabled() || action.getRun().hasPermission(Run.ARTIFACTS);
    }

    /** The files; each request checks the permission. */
    public OrganizationDownloads getFiles() {
        return new OrganizationDownloads(action, run);
    }

    /** The organization is shown on the page of the build. */
    public HttpResponse doIndex() {
        return HttpResponses.redirectTo("..");
    }
}
