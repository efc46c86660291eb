package io.jenkins.plugins.awsrootguard.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.awsrootguard.facts.AccountId;
import java.io.Serializable;

/**
 * How a step was told to reach an account: ids only, never a secret. Everything is optional; a blank is the same as nothing.
 * Immutable, and kept in a paused build's program.
 */
public final class ConnectionSpec implements Serializable {

    private static final long serialVersionUID = 1L;

    static final String CREDENTIALS_ID = "credentialsId";

    private final String credentialsId;
    /** Null when it is {@link #CREDENTIALS_ID}: so it is in a program that was saved before there was any other. */
    private final String credentialsField;

    private final String accountId;
    private final String region;

    /**
     * @throws io.jenkins.plugins.awsrootguard.facts.InvalidInputException when there is an account id and it is not twelve
     *     digits
     */
    public ConnectionSpec(
            @CheckForNull String credentialsId, @CheckForNull String accountId, @CheckForNull String region) {
        this(credentialsId, null, accountId, region);
    }

    private ConnectionSpec(String credentialsId, String credentialsField, String accountId, String region) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
        this.credentialsField = credentialsField;
        String account = Util.fixEmptyAndTrim(accountId);
        this.accountId = account == null ? null : AccountId.parse(account);
        this.region = Util.fixEmptyAndTrim(region);
    }

    /** The same, for another account. */
    public ConnectionSpec forAccount(@CheckForNull String account) {
        return new ConnectionSpec(credentialsId, credentialsField, account, region);
    }

    /** The same, with the name of the field that the credentials were given in, for errors. */
    public ConnectionSpec withCredentialsField(@CheckForNull String field) {
        return new ConnectionSpec(credentialsId, field, accountId, region);
    }

    @CheckForNull
    public String credentialsId() {
        return credentialsId;
    }

    /** What the credentials were given in, as a user knows it. */
    String credentialsField() {
        return credentialsField == null ? CREDENTIALS_ID : credentialsField;
    }

    /** Null for the account that the credentials belong to. */
    @CheckForNull
    public String accountId() {
        return accountId;
    }

    @CheckForNull
    public String region() {
        return region;
    }
}
