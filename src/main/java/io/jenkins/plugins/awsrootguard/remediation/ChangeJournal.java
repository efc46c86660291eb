package io.jenkins.plugins.awsrootguard.remediation;

/**
 * Where changes are recorded as they are made. An implementation has the entry on disk when the method returns: the process
 * may die right after it.
 */
@FunctionalInterface
public interface ChangeJournal {

    /** Records an entry; one with the same change id that is STARTED is followed by the one that tells how it ended. */
    void record(ChangeRecord entry);
}
