package io.jenkins.plugins.awsrootguard.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.awsrootguard.aws.RoleChain;
import io.jenkins.plugins.awsrootguard.facts.AccountId;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;

/**
 * How a step connects to an account: ids and ARNs only, never a secret. Everything is optional; blank is the same as null. A paused build
 * keeps it as JSON.
 *
 * @param credentialsField the parameter of the credentials, for errors
 * @param accountId null for the account that the credentials belong to
 * @param useNode whether to use the credentials of the agent; null, as in a pause that an earlier version saved, is false
 * @param roles to assume with the credentials
 */
public record ConnectionSpec(
        @CheckForNull String credentialsId,
        String credentialsField,
        @CheckForNull String accountId,
        @CheckForNull String region,
        Boolean useNode,
        RoleChain roles) {

    static final String CREDENTIALS_ID = "credentialsId";

    /** @throws io.jenkins.plugins.awsrootguard.facts.InvalidInputException when the account id is not twelve digits */
    public ConnectionSpec {
        credentialsId = Util.fixEmptyAndTrim(credentialsId);
        credentialsField = credentialsField == null ? CREDENTIALS_ID : credentialsField;
        String account = Util.fixEmptyAndTrim(accountId);
        accountId = account == null ? null : AccountId.parse(account);
        region = Util.fixEmptyAndTrim(region);
        roles = roles == null ? RoleChain.NONE : roles;
        useNode = Boolean.TRUE.equals(useNode);
        if (useNode && credentialsId != null) {
            throw new InvalidInputException(
                    "useNode", "cannot be combined with " + credentialsField + ". Set one of them.");
        }
    }

    public ConnectionSpec forAccount(@CheckForNull String account) {
        return new ConnectionSpec(credentialsId, credentialsField, account, region, useNode, roles);
    }
}
