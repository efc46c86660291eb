package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.remediation.ChangeJournal;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;

/**
 * Where the changes of many accounts are recorded as they are made, each account by itself. Called on several threads at once,
 * for one account on one thread. An implementation has the entry on disk when the method returns; what it throws stops the
 * whole run, for nothing is changed that can't be recorded.
 */
@FunctionalInterface
public interface AccountJournal {

    /** Records an entry of an account, as {@link ChangeJournal#record} does. */
    void record(String accountId, ChangeRecord entry);
}
