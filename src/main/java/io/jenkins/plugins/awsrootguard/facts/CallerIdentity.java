package io.jenkins.plugins.awsrootguard.facts;

/**
 * Who the calls are made as, by {@code sts:GetCallerIdentity}.
 *
 * @param arn the principal, for example {@code arn:aws:iam::123456789012:root}
 */
public record CallerIdentity(String accountId, String arn) {

    /** Whether the credentials are the account's own root user's. */
    public boolean isRoot() {
        return arn.endsWith(":root");
    }

    /** The ARN; for a session of a role without the session's name, which can be another for each session. */
    public String principal() {
        return arn.replaceFirst("(:assumed-role/[^/]+)/.*", "$1");
    }

    public Partition partition() {
        return Partition.ofArn(arn);
    }
}
