package io.jenkins.plugins.awsrootguard.facts;

/** The access to the account's root user, which decides what can be read and changed. */
public enum AccessMethod {
    /** The calls are signed by root's own access key: everything can be read, and root's keys can be deleted. */
    ROOT_KEY,
    /** The calls are signed by another principal of the same account: root's own keys can be counted, not listed or deleted. */
    PRINCIPAL,
    /**
     * A privileged root session ({@code sts:AssumeRoot}) from the management account or a delegated administrator: root's
     * credentials can be read and deleted, but not the credential report or the password policy.
     */
    ROOT_SESSION
}
