package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;

/** An IAM role. One with the name of a role of Identity Center has its path and trust policy, too. */
public final class EmulatedRole implements PolicyHolder {

    private final EmulatedAccount account;
    private final String name;
    private final String roleId = Ids.unique("AROA");
    private final Map<String, String> inlinePolicies = new ConcurrentSkipListMap<>();
    private final Set<String> attachedPolicies = new ConcurrentSkipListSet<>();

    private volatile Set<EmulatedAccount> trusted;
    private volatile String path = "/";
    private volatile String trustPolicy;
    private volatile String permissionsBoundary;
    private volatile Instant lastUsed;
    private volatile int maxSessionSeconds = 3600;
    private volatile Integer sessionSeconds;

    EmulatedRole(EmulatedAccount account, String name) {
        this.account = account;
        this.name = name;
        if (name.startsWith("AWSReservedSSO_")) {
            path = "/aws-reserved/sso.amazonaws.com/";
            trustPolicy = """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["sts:AssumeRoleWithSAML", "sts:TagSession"],
                  "Principal": {"Federated": "%s"},
                  "Condition": {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}}]}\
                """.formatted(account.iamArn("saml-provider/AWSSSO_0a1b_DO_NOT_DELETE"));
        }
    }

    private static String trust(String principal) {
        return "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\":"
                + " [\"sts:AssumeRole\", \"sts:AssumeRoleWithSAML\", \"sts:TagSession\"], \"Principal\": {" + principal
                + "}}]}";
    }

    /** Sets the principals of the trust policy, such as {@code "Service": "ec2.amazonaws.com"}. */
    public EmulatedRole trustedBy(String principals) {
        trustPolicy = trust(principals);
        return this;
    }

    /** Sets the trust policy, which decides who can assume the role. */
    public EmulatedRole trustPolicy(String json) {
        trustPolicy = json;
        return this;
    }

    String trustPolicy() {
        return trustPolicy != null
                ? trustPolicy
                : trust("\"AWS\": ["
                        + (trusted == null
                                ? "\"*\""
                                : trusted.stream()
                                        .map(a -> '"' + a.root().arn() + '"')
                                        .collect(Collectors.joining(", ")))
                        + "]");
    }

    public String path() {
        return path;
    }

    public EmulatedRole path(String value) {
        path = value;
        return this;
    }

    /** The ARN of the permissions boundary, or null. */
    public String permissionsBoundary() {
        return permissionsBoundary;
    }

    public EmulatedRole permissionsBoundary(String arn) {
        permissionsBoundary = arn;
        return this;
    }

    /** Null if it was never used. */
    Instant lastUsed() {
        return lastUsed;
    }

    public EmulatedRole lastUsed(Instant at) {
        lastUsed = at;
        return this;
    }

    /** Replaces the trust policy by one that allows these accounts. Default: all accounts. */
    public EmulatedRole trusting(EmulatedAccount... accounts) {
        trustPolicy = null;
        trusted = Set.of(accounts);
        return this;
    }

    int maxSessionSeconds() {
        return maxSessionSeconds;
    }

    /** Sets the maximum session duration, 3600 to 43200 seconds. Default: 3600. */
    public EmulatedRole maxSessionSeconds(int seconds) {
        if (seconds < 3600 || seconds > 43200) {
            throw new IllegalArgumentException("The maximum session duration is 3600 to 43200 seconds: " + seconds);
        }
        maxSessionSeconds = seconds;
        return this;
    }

    /** Null if sessions last as long as requested. */
    Integer sessionSeconds() {
        return sessionSeconds;
    }

    /** Makes new sessions expire after this time, whatever duration is requested. AWS has no such setting. */
    public EmulatedRole sessionSeconds(int seconds) {
        sessionSeconds = seconds;
        return this;
    }

    public String name() {
        return name;
    }

    public String arn() {
        return account.iamArn("role" + path + name);
    }

    String roleId() {
        return roleId;
    }

    EmulatedAccount account() {
        return account;
    }

    @Override
    public Map<String, String> inlinePolicies() {
        return inlinePolicies;
    }

    @Override
    public Set<String> attachedPolicies() {
        return attachedPolicies;
    }
}
