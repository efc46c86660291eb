package io.jenkins.plugins.awsrootguard.ui;

import hudson.model.Run;
import java.util.List;
import jenkins.model.RunAction2;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What there is to see of {@link RootGuardAction}, under {@code aws-root-guard/} of the build. */
@Restricted(NoExternalUse.class)
public abstract class RootGuardPages implements RunAction2 {

    static final String URL = "aws-root-guard";

    public abstract Run<?, ?> getRun();

    public abstract List<AccountEntry> accounts();

    private RootGuardAction action() {
        return (RootGuardAction) this;
    }

    /** The organization as a page, at {@code organization/}; null when the build works on none. */
    public OrganizationPage getOrganization() {
        return action().organization().isPresent() ? new OrganizationPage(action()) : null;
    }

    /** The accounts as pages, in the order in which they were first stored; without those of the organization. */
    public List<AccountPage> pages() {
        return accounts().stream().map(e -> new AccountPage(action(), e)).toList();
    }

    /** The pauses of the running build, for the front pages. */
    public List<OpenPauses.OpenPause> pauses() {
        return PendingConfirmation.pauses(getRun());
    }

    /** What a pause is for, and of which account where the build worked on several. */
    public String pauseTitle(OpenPauses.OpenPause pause) {
        String title = PendingConfirmation.title(pause.what());
        return pause.accountId() == null || accounts().size() < 2 ? title : title + " (" + pause.accountId() + ")";
    }

    /** The build, under the name that Jenkins' frame for a build's page asks for. */
    public Run<?, ?> getObject() {
        return getRun();
    }

    /** The page of an account, for the URL; null when the build stored nothing of it. */
    public AccountPage getDynamic(String accountId) {
        return action().entry(accountId).map(e -> new AccountPage(action(), e)).orElse(null);
    }

    @Override
    public String getIconFileName() {
        return Icons.SHIELD;
    }

    @Override
    public String getDisplayName() {
        return Messages.displayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }
}
