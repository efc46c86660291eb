package io.jenkins.plugins.awsrootguard.assessment;

/**
 * Takes the accounts of an organization as they are read, so that none has to be kept in memory. Called on several threads at
 * once, and once for each account. What it throws stops the whole run.
 */
@FunctionalInterface
public interface AccountSink {

    void take(AccountOutcome outcome);
}
