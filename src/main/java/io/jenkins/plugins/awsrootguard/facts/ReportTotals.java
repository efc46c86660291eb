package io.jenkins.plugins.awsrootguard.facts;

/**
 * What the credential report says of all users but root, counted while the rows stream by (an account can hold 5,000).
 *
 * @param users IAM users
 * @param usersWithPassword users that can sign in to the console
 * @param usersWithPasswordWithoutMfa of these, the ones without MFA
 * @param activeAccessKeys active access keys of users
 */
public record ReportTotals(int users, int usersWithPassword, int usersWithPasswordWithoutMfa, int activeAccessKeys) {}
