package io.jenkins.plugins.awsrootguard.ui;

import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.report.Symbols;
import io.jenkins.plugins.awsrootguard.report.Times;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A change that was made or tried, as a row of the page. */
@Restricted(NoExternalUse.class)
public record ChangeRow(ChangeRecord change) {

    public String icon() {
        return Icons.of(change.outcome());
    }

    public String outcomeWord() {
        return Symbols.word(change.outcome());
    }

    public String when() {
        return change.at() == null ? "" : Times.minutes(change.at());
    }

    public String approvedBy() {
        if (change.approvedBy() != null) {
            return change.approvedBy();
        }
        return change.kind().isDestructive() ? Messages.ChangeRow_notApproved() : Messages.ChangeRow_noApproval();
    }
}
