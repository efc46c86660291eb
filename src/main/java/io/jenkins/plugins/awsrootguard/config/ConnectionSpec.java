package io.jenkins.plugins.awsrootguard.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.awsrootguard.facts.AccountId;

/**
 * How a step connects to an account: ids only, never a secret. Everything is optional; a blank is the same as nothing. A paused
 * build keeps it as JSON.
 *
 * @param credentialsField the parameter that the credentials were given in, for errors
 * @param accountId null for the account that the credentials belong to
 */
public record ConnectionSpec(
        @CheckForNull String credentialsId,
        String credentialsField,
        @CheckForNull String accountId,
        @CheckForNull String region) {

    static final String CREDENTIALS_ID = "credentialsId";

    /**
     * @throws io.jenkins.plugins.awsrootguard.facts.InvalidInputException when there is an account id and it is not twelve
     *     digits
     */
    public ConnectionSpec {
        credentialsId = Util.fixEmptyAndTrim(credentialsId);
        credentialsField = credentialsField == null ? CREDENTIALS_ID : credentialsField;
        String account = Util.fixEmptyAndTrim(accountId);
        accountId = account == null ? null : AccountId.parse(account);
        region = Util.fixEmptyAndTrim(region);
    }

    public ConnectionSpec(
            @CheckForNull String credentialsId, @CheckForNull String accountId, @CheckForNull String region) {
        this(credentialsId, null, accountId, region);
    }

    /** The same, for another account. */
    public ConnectionSpec forAccount(@CheckForNull String account) {
        return new ConnectionSpec(credentialsId, credentialsField, account, region);
    }

    /** The same, with the name of the parameter that the credentials were given in. */
    public ConnectionSpec withCredentialsField(@CheckForNull String field) {
        return new ConnectionSpec(credentialsId, field, accountId, region);
    }
}
