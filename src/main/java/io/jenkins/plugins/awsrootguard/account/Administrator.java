package io.jenkins.plugins.awsrootguard.account;

/**
 * An IAM user that has the AWS managed policy AdministratorAccess.
 *
 * @param viaGroup the group that gives it; null when it is attached to the user itself
 * @param mfa whether the user has an MFA device; null when that could not be read
 */
public record Administrator(String userName, String arn, String viaGroup, Boolean mfa) {}
