package io.jenkins.plugins.awsrootguard.ui;

import io.jenkins.plugins.awsrootguard.report.AccountLine;
import io.jenkins.plugins.awsrootguard.store.IndexedAccount;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** An account of an organization, as a row of the page. */
@Restricted(NoExternalUse.class)
public record AccountRow(IndexedAccount account) {

    public AccountLine line() {
        return account.line();
    }

    public String icon() {
        return Icons.ofTone(line().tone());
    }

    /** A count, and nothing for none: so that what there is stands out. */
    public String shown(int count) {
        return count == 0 ? "" : Integer.toString(count);
    }

    /** What is planned, was made and is proven, in a few words each; empty when there is nothing to say. */
    public List<String> done() {
        List<String> parts = new ArrayList<>();
        if (account.made() > 0) {
            parts.add(Messages.AccountRow_made(account.made()));
        }
        if (account.failed() > 0) {
            parts.add(Messages.AccountRow_failed(account.failed()));
        }
        if (account.planned() > 0) {
            parts.add(Messages.AccountRow_planned(account.planned()));
        }
        if (Boolean.TRUE.equals(account.proven())) {
            parts.add(Messages.AccountRow_proven());
        }
        return parts;
    }
}
