package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.AccountId;

/**
 * Which accounts a run covers: one account, or the selected accounts of an organization.
 *
 * @param accountId the one account; null for that of the credentials, and for an organization
 * @param filter selects accounts of the organization; null for one account
 */
public record Scope(String accountId, AccountFilter filter) {

    /**
     * One account.
     *
     * @param accountId null or blank for the account of the credentials
     * @throws io.jenkins.plugins.awsrootguard.facts.InvalidInputException when it is not an account id
     */
    public static Scope account(String accountId) {
        return new Scope(accountId == null || accountId.isBlank() ? null : AccountId.parse(accountId), null);
    }

    public static Scope organization(AccountFilter filter) {
        return new Scope(null, filter);
    }

    public boolean isOrganization() {
        return filter != null;
    }
}
