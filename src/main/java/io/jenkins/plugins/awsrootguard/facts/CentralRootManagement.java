package io.jenkins.plugins.awsrootguard.facts;

/**
 * Whether the organization manages its member accounts' root users centrally.
 *
 * @param inOrganization false when the account belongs to no organization
 * @param credentialsManagement the feature RootCredentialsManagement
 * @param sessions the feature RootSessions, which {@code sts:AssumeRoot} needs
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html">AWS:
 *     ListOrganizationsFeatures</a>
 */
public record CentralRootManagement(boolean inOrganization, boolean credentialsManagement, boolean sessions) {}
