package io.jenkins.plugins.awsrootguard.facts;

/**
 * An organization, without its accounts.
 *
 * @param id for example {@code o-a1b2c3d4e5}
 * @param managementAccountId the account that no privileged root session can reach
 */
public record Organization(String id, String managementAccountId) {}
