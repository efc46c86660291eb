package io.jenkins.plugins.awsrootguard.ui;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Api;
import hudson.model.HealthReport;
import hudson.model.HealthReportingAction;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.Difference;
import io.jenkins.plugins.awsrootguard.assessment.RunSummary;
import io.jenkins.plugins.awsrootguard.assessment.Standing;
import io.jenkins.plugins.awsrootguard.report.AccountRow;
import io.jenkins.plugins.awsrootguard.report.Label;
import io.jenkins.plugins.awsrootguard.report.RunReport;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import jenkins.management.Badge;
import jenkins.model.Tab;
import jenkins.model.TransientActionFactory;
import jenkins.model.details.Detail;
import jenkins.model.details.DetailFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The page "AWS Root Guard" of a build, at {@code aws-root-guard/}. Shows the build's {@link BuildStore}. */
@ExportedBean
@Restricted(NoExternalUse.class)
public final class RootGuardAction extends Tab implements HealthReportingAction {

    static final String URL = "aws-root-guard";
    static final String ICON = "symbol-root-guard plugin-aws-root-guard";

    private final BuildStore store;

    RootGuardAction(BuildStore store) {
        super(store.getRun());
        this.store = store;
    }

    @Override
    public Run<?, ?> getObject() {
        return store.getRun();
    }

    /** The result of the build in a few numbers, which are stored; null when it read no account. */
    public RunSummary summary() {
        return store.history().summary().orElse(null);
    }

    /** What {@link #summary} has open, in words. */
    public String open() {
        return AccountRow.open(summary());
    }

    /** The verdict of the worst account, from {@link #summary}. */
    public Label label() {
        return Label.of(summary().standing());
    }

    /** For the weather of the job; null when no account was judged. */
    @Override
    public HealthReport getBuildHealth() {
        RunSummary summary = summary();
        return summary == null || summary.standing() == Standing.NOT_JUDGED
                ? null
                : new HealthReport(
                        switch (summary.standing()) {
                            case SECURED, NO_GAPS -> 100;
                            case ACCEPTED, NO_GAPS_EXCEPT_ACCEPTED -> 90;
                            case ATTENTION -> 60;
                            case UNKNOWN -> 40;
                            default -> 0;
                        },
                        Messages._RootGuardAction_health(label().word(), open()));
    }

    /** All accounts of the build, as one request shows them. */
    public RunPage page() {
        return new RunPage(store);
    }

    /** The REST API, at {@code aws-root-guard/api/}. */
    public Api getApi() {
        return new Api(this);
    }

    @Exported
    public String getVerdict() {
        return page().report().label().word();
    }

    @Exported
    public String getSummary() {
        return page().report().frontLine();
    }

    /** The number of the build that the findings are compared with; null without one. */
    @Exported
    public Integer getReferenceBuild() {
        return difference(Difference::reference);
    }

    /** The number of findings that the reference build did not have; null without one. */
    @Exported
    public Integer getNewFindings() {
        return difference(Difference::addedCount);
    }

    /** The number of findings of the reference build that pass now; null without one. */
    @Exported
    public Integer getFixedFindings() {
        return difference(Difference::fixedCount);
    }

    private Integer difference(Function<Difference, Integer> number) {
        return Optional.ofNullable(page().difference()).map(number).orElse(null);
    }

    /** The accounts, worst first. */
    @Exported(inline = true)
    public List<ExportedAccount> getAccounts() {
        return page().report().accounts().stream().map(ExportedAccount::of).toList();
    }

    /** The open pauses of the build, for the page of the build and of the job. */
    public List<AccountTasks.Pause> pauses() {
        return AccountTasks.pauses(store, p -> true);
    }

    /** The files of all accounts. */
    public Downloads getFiles() {
        return new Downloads(store, null);
    }

    /** The page of an account, for the URL; null when the build stored nothing about it. */
    public AccountPage getDynamic(String accountId) {
        return store.accounts()
                .account(accountId)
                .map(e -> new AccountPage(store, e))
                .orElse(null);
    }

    /** The number of open findings, or of accounts with open findings; null without any. */
    @Override
    public Badge getBadge() {
        RunReport report = page().report();
        int open = report.open();
        return open == 0
                ? null
                : new Badge(
                        String.valueOf(open),
                        report.frontLine(),
                        report.label().tone().equals("fail") ? Badge.Severity.DANGER : Badge.Severity.WARNING);
    }

    @Override
    public String getIconFileName() {
        return ICON;
    }

    @Override
    public String getDisplayName() {
        return Messages.displayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    /** Adds the page to each build that has a {@link BuildStore}. */
    @Extension
    @Restricted(NoExternalUse.class)
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Run> {

        @Override
        public Class<Run> type() {
            return Run.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return RootGuardAction.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Run run) {
            BuildStore store = ((Run<?, ?>) run).getAction(BuildStore.class);
            return store == null ? List.of() : List.of(new RootGuardAction(store));
        }
    }

    /** The verdict in the details bar of the new page of a build. */
    @Restricted(NoExternalUse.class)
    public static final class Verdict extends Detail {

        private final RootGuardAction action;

        Verdict(Run<?, ?> run, RootGuardAction action) {
            super(run);
            this.action = action;
        }

        @Override
        public String getIconClassName() {
            return "symbol-root-guard-" + action.label().tone() + " plugin-aws-root-guard";
        }

        @Override
        public String getDisplayName() {
            return Messages.RootGuardAction_verdict(action.label().word());
        }

        @Override
        public String getLink() {
            return RootGuardAction.URL;
        }
    }

    /** Adds the verdict to builds that read an account. */
    @Extension
    @Restricted(NoExternalUse.class)
    @SuppressWarnings("rawtypes")
    public static final class Details extends DetailFactory<Run> {

        @Override
        public Class<Run> type() {
            return Run.class;
        }

        @NonNull
        @Override
        public List<? extends Detail> createFor(@NonNull Run run) {
            RootGuardAction action = (RootGuardAction) run.getAction(RootGuardAction.class);
            return action == null || action.summary() == null
                    ? List.of()
                    : List.of(new Verdict((Run<?, ?>) run, action));
        }
    }
}
