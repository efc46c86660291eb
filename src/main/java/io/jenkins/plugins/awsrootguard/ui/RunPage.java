package io.jenkins.plugins.awsrootguard.ui;

import hudson.model.ModelObject;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.Difference;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.report.AccountRow;
import io.jenkins.plugins.awsrootguard.report.ControlRow;
import io.jenkins.plugins.awsrootguard.report.Narration;
import io.jenkins.plugins.awsrootguard.report.RunReport;
import io.jenkins.plugins.awsrootguard.report.Sentences;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.Stapler;

/**
 * All accounts of a build, as its page shows them. Made for one request, from the index alone, so that thousands of accounts open
 * quickly; the state of an account is read only when it is the only one.
 */
@Restricted(NoExternalUse.class)
public final class RunPage implements ModelObject {

    private final BuildStore store;
    private final RunReport report;
    private final AccountQuery query = AccountQuery.of(Stapler.getCurrentRequest2());
    private final List<AccountRow> selected;

    RunPage(BuildStore store) {
        this.store = store;
        this.report = store.report();
        this.selected = query.select(report.accounts());
    }

    /** The build, under the name that Jenkins' layout of a build's page requires. */
    public Run<?, ?> getObject() {
        return store.getRun();
    }

    @Override
    public String getDisplayName() {
        return Messages.displayName();
    }

    public RunReport report() {
        return report;
    }

    /** The page of the only account; null when there are many or none. */
    public AccountPage account() {
        return report.isOneAccount()
                ? new AccountPage(store, report.accounts().get(0).entry())
                : null;
    }

    /** One line for the page of the build and of the job. */
    public String frontLine() {
        AccountPage account = account();
        return account == null || account.report() == null
                ? report.frontLine()
                : Sentences.frontLine(account.report().state(), Instant.now());
    }

    public AccountQuery query() {
        return query;
    }

    /** When the verdict was first reached; empty before the first evaluation. */
    public String since() {
        String subject = report.isOneAccount() ? report.accounts().get(0).accountId() : BuildStore.ORGANIZATION;
        return store.history()
                .since(subject)
                .map(s -> Messages.RunPage_since(
                        s.standing().word(), String.valueOf(s.build()), age(Duration.between(s.at(), Instant.now()))))
                .orElse("");
    }

    /** An age in its largest units, for example {@code 3 h 5 min ago}. */
    private static String age(Duration age) {
        if (age.toDays() > 0) {
            return Messages.RunPage_days(age.toDays());
        }
        return age.toHours() > 0
                ? Messages.RunPage_hours(age.toHours(), age.toMinutesPart())
                : Messages.RunPage_minutes(age.toMinutes());
    }

    /** What is new since the reference build; null without one. */
    public Difference difference() {
        String subject = report.isOneAccount() ? report.accounts().get(0).accountId() : BuildStore.ORGANIZATION;
        return store.history().difference(subject).orElse(null);
    }

    public String differenceLine() {
        Difference difference = difference();
        return difference == null ? "" : Narration.since(difference);
    }

    public String newSubjects(Difference.Item item) {
        return Narration.subjects(item);
    }

    /** The pauses of the running build that are for all accounts. */
    public List<AccountTasks.Pause> pauses() {
        return AccountTasks.pauses(store, p -> p.accountId() == null);
    }

    /** Who approved the plans of all accounts, and how many changes; null before that. */
    public String approval() {
        return store.confirmation(BuildStore.ORGANIZATION, PendingTask.What.PLAN)
                .map(AccountTasks::noteText)
                .orElse(null);
    }

    /** The number of accounts that match the filter. */
    public int found() {
        return selected.size();
    }

    /** The accounts on this page of the list. */
    public List<AccountRow> rows() {
        return selected.subList(first(), Math.min(found(), first() + AccountQuery.PAGE_SIZE));
    }

    /** The number of accounts before this page of the list. */
    public int first() {
        return (page() - 1) * AccountQuery.PAGE_SIZE;
    }

    public int pages() {
        return Math.max(1, (found() + AccountQuery.PAGE_SIZE - 1) / AccountQuery.PAGE_SIZE);
    }

    /** The shown page of the list; the last one when the address has a higher number. */
    public int page() {
        return Math.min(query.page(), pages());
    }

    /** The address of the accounts in which a control has a status. */
    public String url(ControlRow control, Status status) {
        return new AccountQuery(null, null, control.control(), status, null, 1).url(1) + "#accounts";
    }

    /** The address of the accounts with a verdict. */
    public String url(RunReport.VerdictRow verdict) {
        return new AccountQuery(null, verdict.label().word(), null, null, null, 1).url(1) + "#accounts";
    }

    /** The files; each request checks the permission. */
    public Downloads files() {
        return new Downloads(store, null);
    }
}
