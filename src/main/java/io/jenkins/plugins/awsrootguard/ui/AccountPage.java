package io.jenkins.plugins.awsrootguard.ui;

import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.ModelObject;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountReading;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.report.AccountReport;
import io.jenkins.plugins.awsrootguard.report.AccountRow;
import io.jenkins.plugins.awsrootguard.report.Label;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.ConfirmationCheck;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines.Deadline;
import io.jenkins.plugins.awsrootguard.store.Settlement;
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
 * One account of a build, as its page at {@code aws-root-guard/ACCOUNT_ID/} shows it. Made for one request, so that all parts of the
 * page show the same state.
 */
@Restricted(NoExternalUse.class)
public final class AccountPage implements ModelObject {

    private final BuildStore store;
    private final AccountRow row;
    private final AccountState state;
    private final AccountReport report;
    private final List<PendingConfirmation.Task> waiting;

    AccountPage(BuildStore store, AccountEntry entry) {
        this.store = store;
        this.row = AccountRow.of(entry);
        this.state = store.readableState(entry.id()).orElse(null);
        this.report = state == null ? null : new AccountReport(row, state);
        this.waiting = state == null ? List.of() : PendingConfirmation.waiting(store, state);
    }

    /** The build, under the name that Jenkins' layout of a build's page requires. */
    public Run<?, ?> getObject() {
        return store.getRun();
    }

    @Override
    public String getDisplayName() {
        return Messages.displayName() + " " + accountId();
    }

    public String accountId() {
        return row.accountId();
    }

    /** How to allow the deletion of a recently used key. */
    public String allowKey(String keyId) {
        String key = Printable.keyId(keyId);
        return store.frontEnd().allowKey(store.organization().isPresent() ? accountId() + ":" + key : key);
    }

    /** The verdict of the account. */
    public AccountRow row() {
        return row;
    }

    /** The rows of the page; null if the stored state could not be read. */
    public AccountReport report() {
        return report;
    }

    /** Whether the build has other accounts, too. */
    public boolean isListed() {
        return store.organization().isPresent() || store.accounts().all().size() > 1;
    }

    /** Whether the account was read. */
    public boolean isRead() {
        return row.entry().reading().outcome() == AccountReading.Outcome.READ;
    }

    public String verdict() {
        if (!isRead()) {
            return row.name() + ": " + row.worst();
        }
        return report.verdict()
                + (report.needsMemberRole() ? " " + store.frontEnd().memberRole() : "");
    }

    /** The deadline of the root password; null when none is tracked. */
    public Deadline deadline() {
        return PasswordDeadlines.get().of(accountId(), Instant.now()).orElse(null);
    }

    public Label deadlineLabel(Deadline deadline) {
        String text = Messages.AccountPage_deadline(
                deadline.inWords(), deadline.confirmation().by());
        return new Label("", text, RootPasswordClockLink.tone(deadline));
    }

    public List<PendingConfirmation.Task> waiting() {
        return waiting;
    }

    /** The pauses of the running build that have no task in the list. */
    public List<PendingConfirmation.Pause> pauses() {
        return PendingConfirmation.pauses(
                store,
                p -> PendingConfirmation.isOf(p, accountId())
                        && waiting.stream().noneMatch(w -> w.task().what() == p.what()));
    }

    /** Whether the task has the primary button of the page, which has one at most. */
    public boolean isPrimary(PendingConfirmation.Task task) {
        return pauses().isEmpty()
                && waiting.stream()
                        .filter(w -> w.pauseUrl() != null || w.acceptedHere() && canConfirm())
                        .findFirst()
                        .filter(task::equals)
                        .isPresent();
    }

    /** Whether a task was confirmed after the evaluation, so that the findings are older. */
    public boolean isConfirmedLater() {
        Instant judged =
                state.findings() == null ? Instant.EPOCH : state.findings().generatedAt();
        return confirmed().stream().anyMatch(n -> n.at().isAfter(judged));
    }

    public List<Settlement.Note> confirmed() {
        return PendingConfirmation.settled(store, state);
    }

    public String noteText(Settlement.Note note) {
        return PendingConfirmation.noteText(note);
    }

    /** The number of open findings whose manual task has not been confirmed since the evaluation. */
    public long stillOpen() {
        return report.open().stream()
                .filter(r -> confirmedSince(r.finding().control()) == null)
                .count();
    }

    /** Who confirmed a control's manual task after the evaluation, in one sentence; null before that. */
    public String confirmedSince(String control) {
        return PendingConfirmation.sinceThen(store, state, control);
    }

    /** Identifies the plan on the page: an approval holds for this plan only. */
    public String planTag() {
        return state.plannedAt() == null ? "" : state.plannedAt().toString();
    }

    public boolean canConfirm() {
        return store.getRun().hasPermission(Item.BUILD);
    }

    /** The files; each request checks the permission. */
    public Downloads getFiles() {
        return new Downloads(store, accountId());
    }

    /** Records the confirmation of a task, verifies it if AWS reports it, and leads back to the page. */
    @RequirePOST
    public HttpResponse doConfirm(@QueryParameter String what, @QueryParameter String plan) {
        store.getRun().checkPermission(Item.BUILD);
        PendingTask.What task = PendingConfirmation.parse(what);
        if (state == null) {
            throw new Failure(Messages.AccountPage_noState(accountId()));
        }
        if (task == PendingTask.What.PLAN && !planTag().equals(plan)) {
            throw new Failure(Messages.AccountPage_otherPlan());
        }
        PendingConfirmation.checkAnswerable(store, state, task);
        Set<String> shown = state.unmade().stream()
                .filter(c -> !c.isBlocked())
                .map(PlannedChange::id)
                .collect(Collectors.toSet());
        ConfirmationCheck.start(store, accountId(), task, shown);
        return HttpResponses.redirectToDot();
    }
}
