package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;

/** Opens connections to AWS with the credentials of the caller. */
@FunctionalInterface
public interface ConnectionSource {

    /**
     * For one account, a connection to it. For an organization, a connection to the account of the credentials.
     *
     * @throws io.jenkins.plugins.awsrootguard.aws.AwsAccessException when AWS refuses the credentials or the root session
     */
    AccountConnection open(Scope scope);

    /** The principal of the connection, to follow the caller's name in the evidence; empty when that names it already. */
    default String principal() {
        return "";
    }

    /** Releases a connection after a phase. */
    default void release(AccountConnection connection) {
        connection.close();
    }
}
