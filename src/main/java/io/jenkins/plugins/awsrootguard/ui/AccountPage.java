package io.jenkins.plugins.awsrootguard.ui;

import hudson.Functions;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.ModelObject;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountReading;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.Standing;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.report.AccountReport;
import io.jenkins.plugins.awsrootguard.report.AccountRow;
import io.jenkins.plugins.awsrootguard.report.PhaseStrip;
import io.jenkins.plugins.awsrootguard.report.Sentences;
import io.jenkins.plugins.awsrootguard.report.Times;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.ConfirmationCheck;
import io.jenkins.plugins.awsrootguard.store.ConfirmationNote;
import io.jenkins.plugins.awsrootguard.store.OpenPauses;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadline;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * One account of one build, as its page shows it: at {@code aws-root-guard/ACCOUNT_ID/} under the build. Made for one
 * request, so that all parts of a page tell of the same state.
 */
@Restricted(NoExternalUse.class)
public final class AccountPage implements ModelObject {

    private final BuildStore action;
    private final String accountId;
    private final AccountState state;
    private final AccountReport report;
    private final AccountRow row;

    AccountPage(BuildStore action, AccountEntry entry) {
        this.action = action;
        this.accountId = entry.id();
        this.row = AccountRow.of(entry);
        this.state = action.readableState(accountId).orElse(null);
        this.report = state == null ? null : AccountReport.of(state);
    }

    /** The build; its name is what Jenkins' page frame for a build's page asks for. */
    public Run<?, ?> getObject() {
        return action.getRun();
    }

    @Override
    public String getDisplayName() {
        return Messages.displayName() + " " + accountId;
    }

    public String accountId() {
        return accountId;
    }

    /** Null when there is none, or when it can't be read. */
    public AccountState state() {
        return state;
    }

    /** Why there is no state that can be shown; null when there is one, or when the build stored none. */
    public String problem() {
        return state == null ? row.worst() : null;
    }

    public Standing standing() {
        return row.entry().standing();
    }

    public String icon() {
        return Icons.ofTone(row.tone());
    }

    /** The verdict in a word or two. */
    public String word() {
        return row.word();
    }

    public String css() {
        return row.tone();
    }

    /** Whether the account is one of the organization that the build works on. */
    public boolean isOfOrganization() {
        return action.organization().isPresent();
    }

    /** Whether the account was read; the reading of an organization may have had to leave one out. */
    public boolean isRead() {
        return row.entry().reading().outcome() == AccountReading.Outcome.READ;
    }

    /** One line for lists and front pages. */
    public String frontLine() {
        return state == null ? Messages.AccountPage_noState(accountId) : Sentences.frontLine(state, Instant.now());
    }

    public String verdict() {
        return switch (row.entry().reading().outcome()) {
            case READ -> (report.verdict() + " " + report.verdictDetail()).strip();
            case UNREAD -> Messages.AccountPage_couldNotBeRead(row.name(), row.worst());
            case STOPPED -> Messages.AccountPage_notRead(row.name(), row.worst());
            case NOT_APPLICABLE -> row.worst();
        };
    }

    /** The clock of the root password; null when none is running. */
    public PasswordDeadline clock() {
        return PasswordDeadlines.get().of(accountId, Instant.now()).orElse(null);
    }

    public String clockIcon() {
        return Icons.of(clock());
    }

    public String clockText() {
        PasswordDeadline due = clock();
        return due == null
                ? ""
                : Messages.AccountPage_clock(due.inWords(), due.confirmation().by());
    }

    public String phaseIcon(PhaseStrip.Step step) {
        return Icons.of(step.progress());
    }

    public String minutes(Instant at) {
        return at == null ? "" : Times.minutes(at);
    }

    public List<WaitingTask> waiting() {
        return PendingConfirmation.waiting(action, state);
    }

    /** The pauses of the running build that no task of the list stands for. */
    public List<OpenPauses.OpenPause> pauses() {
        List<PendingTask.What> listed =
                waiting().stream().map(w -> w.task().what()).toList();
        return PendingConfirmation.pauses(action.getRun(), accountId).stream()
                .filter(p -> !listed.contains(p.what()))
                .toList();
    }

    /** Whether something was confirmed after the account was judged, so that the findings are behind it. */
    public boolean isConfirmedLater() {
        Instant judged =
                state.findings() == null ? Instant.EPOCH : state.findings().generatedAt();
        return confirmed().stream().anyMatch(n -> n.at().isAfter(judged));
    }

    public String pauseTitle(OpenPauses.OpenPause pause) {
        return PendingConfirmation.title(pause.what());
    }

    public List<ConfirmationNote> confirmed() {
        return PendingConfirmation.settled(action, state);
    }

    public String noteText(ConfirmationNote note) {
        return Messages.AccountPage_note(
                PendingConfirmation.title(note.what()), note.by(), Times.minutes(note.at()), note.saw());
    }

    /** The rows of the page. */
    public AccountReport report() {
        return report;
    }

    /** Returns the open findings that nobody has confirmed as fixed since the evaluation. */
    public long stillOpen() {
        return report.open().stream()
                .filter(r -> confirmedSince(r.control()) == null)
                .count();
    }

    /** Returns who confirmed a control's manual task after the evaluation, in one sentence; null when nobody did. */
    public String confirmedSince(String control) {
        return PendingConfirmation.sinceThen(action, state, control);
    }

    public String toneIcon(String tone) {
        return Icons.ofTone(tone);
    }

    /** Stands for the plan that the page shows: an approval of it is none of a plan that was made since. */
    public String planTag() {
        return state.plannedAt() == null ? "" : state.plannedAt().toString();
    }

    public boolean canConfirm() {
        return action.getRun().hasPermission(Item.BUILD);
    }

    public boolean canDownload() {
        return !Functions.isArtifactsPermissionEnabled() || action.getRun().hasPermission(Run.ARTIFACTS);
    }

    /** The files; each request checks the permission. */
    public Downloads getFiles() {
        return new Downloads(action, accountId, state);
    }

    /** Takes a person's word that a task is done, checks it where AWS can tell, and leads back to the page. */
    @RequirePOST
    public HttpResponse doConfirm(@QueryParameter String what, @QueryParameter String plan) {
        action.getRun().checkPermission(Item.BUILD);
        PendingTask.What task = PendingConfirmation.parse(what);
        if (state == null) {
            throw new Failure(Messages.AccountPage_noState(accountId));
        }
        if (task == PendingTask.What.PLAN && !planTag().equals(plan)) {
            throw new Failure(Messages.AccountPage_otherPlan());
        }
        PendingConfirmation.checkAnswerable(action, state, task);
        Set<String> shown = state.unmade().stream()
                .filter(c -> !c.isBlocked())
                .map(PlannedChange::id)
                .collect(Collectors.toSet());
        ConfirmationCheck.start(action, accountId, task, shown);
        return HttpResponses.redirectToDot();
    }
}
