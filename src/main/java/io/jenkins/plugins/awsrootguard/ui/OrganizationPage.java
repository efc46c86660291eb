package io.jenkins.plugins.awsrootguard.ui;

import hudson.Functions;
import hudson.model.ModelObject;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.report.FindingRow;
import io.jenkins.plugins.awsrootguard.report.OrganizationTally.VerdictLine;
import io.jenkins.plugins.awsrootguard.report.Symbols;
import io.jenkins.plugins.awsrootguard.report.Times;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.ControlCount;
import io.jenkins.plugins.awsrootguard.store.IndexedAccount;
import io.jenkins.plugins.awsrootguard.store.OpenPauses;
import io.jenkins.plugins.awsrootguard.store.OrganizationHeader;
import io.jenkins.plugins.awsrootguard.store.OrganizationStore;
import io.jenkins.plugins.awsrootguard.store.OrganizationSummary;
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
    private final OrganizationHeader header;
    private final OrganizationSummary summary;
    private final OrganizationQuery query = OrganizationQuery.of(Stapler.getCurrentRequest2());
    private final List<IndexedAccount> selected;

    OrganizationPage(BuildStore action) {
        this.action = action;
        OrganizationStore store = action.organizationStore();
        this.header = store.header().orElse(null);
        this.summary = header == null
                ? null
                : new OrganizationSummary(
                        header, store.accounts(), action.getRun().isBuilding());
        this.selected = summary == null ? List.of() : query.select(summary.accounts());
    }

    /** The build; its name is what Jenkins' page frame for a build's page asks for. */
    public Run<?, ?> getObject() {
        return action.getRun();
    }

    @Override
    public String getDisplayName() {
        return Messages.displayName();
    }

    /** Whether there is anything to show: not when the build's files were lost. */
    public boolean isThere() {
        return summary != null;
    }

    public OrganizationHeader header() {
        return header;
    }

    public OrganizationSummary summary() {
        return summary;
    }

    public OrganizationQuery query() {
        return query;
    }

    /** The organization stands as its worst account does. */
    public String css() {
        return worst() == null ? "not-judged" : worst().tone();
    }

    public String word() {
        return worst() == null ? Messages.OrganizationPage_none() : worst().word();
    }

    public String icon() {
        return Icons.ofTone(css());
    }

    private VerdictLine worst() {
        return summary.verdicts().isEmpty() ? null : summary.verdicts().get(0);
    }

    public String toneIcon(String tone) {
        return Icons.ofTone(tone);
    }

    /** When, as whom and with how many calls it was read. */
    public String reading() {
        String as = Messages.OrganizationPage_readAs(Times.minutes(header.startedAt()), header.callerArn());
        return header.endedAt() == null ? as : as + " " + Messages.OrganizationPage_calls(header.calls(), most());
    }

    private long most() {
        return summary.accounts().stream()
                .mapToLong(a -> a.line().calls())
                .max()
                .orElse(0);
    }

    public List<OrganizationStrip.Step> phases() {
        return OrganizationStrip.of(header, summary, action.getRun().isBuilding());
    }

    public FindingRow central() {
        return FindingRow.of(header.central());
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
        return action.confirmation(header.organization().id(), PendingTask.What.PLAN)
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
                .map(AccountRow::new)
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
    public String url(ControlCount control, String status) {
        return new OrganizationQuery(null, null, control.control(), Status.valueOf(status), 1).url(1) + "#accounts";
    }

    /** The address of the accounts that stand so. */
    public String url(VerdictLine verdict) {
        return new OrganizationQuery(null, verdict.word(), null, null, 1).url(1) + "#accounts";
    }

    /** One line for front pages. */
    public String frontLine() {
        int critical = summary.failed(Severity.CRITICAL);
        return summary.verdict() + (critical == 0 ? "" : " " + Messages.OrganizationPage_critical(critical));
    }

    /** Whether report.html was archived, which is what a phase does when it ends. */
    public boolean isArchived() {
        return action.getRun().getHasArtifacts() && header.endedAt() != null;
    }

    public boolean canDownload() {
        return !Functions.isArtifactsPermissionEnabled() || action.getRun().hasPermission(Run.ARTIFACTS);
    }

    /** The files; each request checks the permission. */
    public OrganizationDownloads getFiles() {
        return new OrganizationDownloads(action, summary);
    }

    /** The organization is shown on the page of the build. */
    public HttpResponse doIndex() {
        return HttpResponses.redirectTo("..");
    }
}
