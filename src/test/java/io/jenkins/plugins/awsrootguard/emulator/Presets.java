package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Duration;
import java.time.Instant;

/** Prepared accounts: unsecured and secured. */
public final class Presets {

    /** A service control policy that denies root users everything, and exempts privileged root sessions. */
    public static final String DENY_ROOT = """
            {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {
                "ArnLike": {"aws:PrincipalArn": "arn:*:iam::*:root"}, "Null": {"aws:AssumedRoot": "true"}}}}
            """;

    private Presets() {}

    /**
     * Root has a password of 2019, no MFA, an active key used three weeks ago and a signing certificate. No password policy, no
     * security contact. IAM user alice is no administrator.
     */
    public static EmulatedAccount unsecured(EmbeddedAws aws, String accountId) {
        EmulatedAccount account = aws.createAccount(accountId).securityContact(false);
        Instant now = account.now();
        account.root().passwordLastChanged(Instant.parse("2019-03-01T10:00:00Z"));
        account.root().passwordLastUsed(now.minus(Duration.ofDays(4)));
        account.root().addAccessKey(true, Instant.parse("2019-03-01T10:00:00Z"), now.minus(Duration.ofDays(23)));
        account.root().addSigningCertificate(true, Instant.parse("2016-06-01T00:00:00Z"));
        alice(account, now);
        return account;
    }

    /**
     * Root has a password changed 25 days ago and last used in 2025, a virtual MFA device and a passkey, no key and no
     * certificate. A strong password policy. IAM user admin, with MFA, is in a group with AdministratorAccess. IAM user alice.
     */
    public static EmulatedAccount secured(EmbeddedAws aws, String accountId) {
        EmulatedAccount account = aws.createAccount(accountId);
        Instant now = account.now();
        // Without an event: to assign them today would be a use of root.
        Instant assigned = Instant.parse("2025-01-05T10:05:00Z");
        account.root().addMfa(account.newVirtualMfa("/", "root-phone"), assigned);
        account.root().addMfa(new MfaDevice(account.iamArn("u2f/root-account/root-passkey"), false), assigned);
        account.root().passwordLastChanged(now.minus(Duration.ofDays(25)));
        account.root().passwordLastUsed(Instant.parse("2025-01-05T10:00:00Z"));
        account.passwordPolicy(AccountPasswordPolicy.strong());
        EmulatedGroup administrators = account.createGroup("/", "Administrators");
        administrators.attachedPolicies().add(account.administratorAccess());
        account.createUser("/", "admin")
                .createdAt(Instant.parse("2024-05-01T08:00:00Z"))
                .password(now.minus(Duration.ofDays(25)), now.minus(Duration.ofDays(1)));
        account.user("admin").enableVirtualMfa("admin-phone");
        administrators.members().add("admin");
        alice(account, now);
        return account;
    }

    private static void alice(EmulatedAccount account, Instant now) {
        account.createUser("/", "alice")
                .createdAt(Instant.parse("2023-02-01T09:12:44Z"))
                .password(now.minus(Duration.ofDays(50)), now.minus(Duration.ofDays(3)));
        account.allow(
                "alice",
                "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:*\","
                        + " \"Resource\": \"*\"}]}");
    }

    /** Creates a user with the permissions of an assessment; returns its access key. */
    public static AccessKeyPair auditor(EmulatedAccount account) {
        account.createUser("/", "auditor");
        account.allow(
                "auditor",
                "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"iam:Get*\","
                        + " \"iam:List*\", \"iam:SimulatePrincipalPolicy\", \"iam:GenerateCredentialReport\","
                        + " \"cloudtrail:LookupEvents\", \"account:GetAlternateContact\"],"
                        + " \"Resource\": \"*\"}]}");
        return account.userKey("auditor");
    }
}
