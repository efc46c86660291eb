package io.jenkins.plugins.awsrootguard.ui;

import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.ModelObject;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.report.AccountReport;
import io.jenkins.plugins.awsrootguard.report.AccountRow;
import io.jenkins.plugins.awsrootguard.report.Label;
import io.jenkins.plugins.awsrootguard.report.RunReport;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.ConfirmationCheck;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines.Deadline;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
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
    private final AccountReport report;
    private final AccountTasks tasks;

    AccountPage(BuildStore store, AccountEntry entry) {
        this.store = store;
        row = AccountRow.of(entry);
        AccountState state = store.readableState(entry.id()).orElse(null);
        report = state == null ? null : new AccountReport(row, state);
        tasks = state == null ? null : new AccountTasks(store, state);
    }

    /** Returns the build, under the name that Jenkins' layout of a build's page requires. */
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

    /** Returns the account as the list of accounts shows it. */
    public AccountRow row() {
        return row;
    }

    /** Returns the rows of the page; null if the stored state could not be read. */
    public AccountReport report() {
        return report;
    }

    /** Returns the manual tasks; null if the stored state could not be read. */
    public AccountTasks tasks() {
        return tasks;
    }

    /** Returns how to allow the deletion of a recently used key. */
    public String allowKey(String keyId) {
        String key = Printable.keyId(keyId);
        return store.frontEnd().allowKey(store.organization().isPresent() ? accountId() + ":" + key : key);
    }

    /** Whether the build has other accounts, too. */
    public boolean isListed() {
        return store.organization().isPresent() || store.accounts().all().size() > 1;
    }

    public String verdict() {
        return report.isRead()
                ? report.verdict()
                        + (report.needsMemberRole() ? " " + store.frontEnd().memberRole() : "")
                : row.name() + ": " + row.worst();
    }

    /** Returns what the page shows about the exceptions of the policy; empty where the list of accounts shows it. */
    public List<String> exceptions() {
        return isListed()
                ? List.of()
                : RunReport.of(store.accounts(), accountId(), false)
                        .map(RunReport::exceptions)
                        .orElse(List.of());
    }

    /** Returns the deadline of the root password; null when none is tracked. */
    public Label deadline() {
        Deadline deadline =
                PasswordDeadlines.get().of(accountId(), Instant.now()).orElse(null);
        return deadline == null
                ? null
                : new Label(
                        "",
                        Messages.AccountPage_deadline(
                                deadline.inWords(), deadline.confirmation().by()),
                        RootPasswordClockLink.tone(deadline));
    }

    /** Returns the number of open findings whose manual task has not been confirmed since the evaluation. */
    public long stillOpen() {
        return report.state().findings().findings().stream()
                .filter(f -> f.isOpen() && tasks.confirmedSince(f.control()) == null)
                .count();
    }

    /** Identifies the changes that the page shows: an approval is valid for these only. */
    public String planTag() {
        return DigestUtils.sha256Hex(report.state().unmade().toString());
    }

    /** Returns the files; each request checks the permission. */
    public Downloads getFiles() {
        return new Downloads(store, accountId());
    }

    /** Records the confirmation of a task, verifies it if AWS reports it, and leads back to the page. */
    @RequirePOST
    public HttpResponse doConfirm(@QueryParameter String what, @QueryParameter String plan) {
        store.getRun().checkPermission(Item.BUILD);
        if (report == null) {
            throw new Failure(Messages.AccountPage_noState(accountId()));
        }
        if (PendingTask.What.PLAN.name().equals(what) && !planTag().equals(plan)) {
            throw new Failure(Messages.AccountPage_otherPlan());
        }
        ConfirmationCheck.start(
                store,
                accountId(),
                tasks.confirmable(what),
                report.state().unmade().stream()
                        .filter(c -> !c.isBlocked())
                        .map(PlannedChange::id)
                        .collect(Collectors.toSet()));
        return HttpResponses.redirectToDot();
    }
}
