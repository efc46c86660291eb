package io.jenkins.plugins.awsrootguard.store;

import hudson.model.TaskListener;
import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.RunContext.RunLog;
import io.jenkins.plugins.awsrootguard.assessment.Scope;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.report.AccountRow;
import java.time.LocalTime;
import java.util.List;

/** A build's log: one line an event, with the time, in the time zone of the controller. Thread-safe. */
public final class BuildLog implements RunLog {

    private static final int LONGEST = 1000;

    private final TaskListener listener;
    private final boolean organization;
    private final boolean verbose;
    private volatile List<ChangeRecord> changes = List.of();

    public BuildLog(TaskListener listener) {
        this(listener, Scope.account(null), false);
    }

    /** @param verbose whether to write a line for each account of an organization */
    BuildLog(TaskListener listener, Scope scope, boolean verbose) {
        this.listener = listener;
        this.organization = scope.isOrganization();
        this.verbose = verbose;
    }

    @Override
    public void line(String text) {
        rawLine(Printable.text(text, LONGEST));
    }

    /** A line with Jenkins' own links, which are not plain text. */
    public void rawLine(String text) {
        listener.getLogger().println("[Root Guard " + String.format("%tT", LocalTime.now()) + "] " + text);
    }

    @Override
    public void read(AccountState state) {
        if (organization && verbose) {
            AccountRow line = AccountRow.of(AccountEntry.of(state));
            line(line.name() + ": " + line.verdict().word() + ", " + line.worst());
        }
    }

    @Override
    public void changed(AccountEntry account, List<ChangeRecord> records) {
        if (!organization) {
            changes = List.copyOf(records);
        }
    }

    /** The changes of the one account that was worked on. */
    List<ChangeRecord> changes() {
        return changes;
    }
}
