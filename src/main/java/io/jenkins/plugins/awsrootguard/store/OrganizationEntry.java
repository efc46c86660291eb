package io.jenkins.plugins.awsrootguard.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;

/**
 * What build.xml keeps of an organization that the build works on: how it is reached again. Its accounts are in the
 * {@link OrganizationStore}. Immutable. It names a credential and never holds one.
 */
public final class OrganizationEntry implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String organizationId;
    private final String callerAccountId;
    private final String credentialsId;
    private final String region;

    /**
     * @param callerAccountId the management account, or a delegated administrator
     * @param credentialsId the id of the credential that the build used; null when it used another way
     * @param region null when none was given
     */
    public OrganizationEntry(
            String organizationId,
            String callerAccountId,
            @CheckForNull String credentialsId,
            @CheckForNull String region) {
        this.organizationId = organizationId;
        this.callerAccountId = callerAccountId;
        this.credentialsId = credentialsId;
        this.region = region;
    }

    public String organizationId() {
        return organizationId;
    }

    /** How the account was reached that the credentials belong to. */
    public AccountEntry caller() {
        return account(callerAccountId);
    }

    /** How one of its accounts is reached. */
    AccountEntry account(String accountId) {
        return AccountEntry.of(accountId).withConnection(credentialsId, region);
    }
}
