package io.jenkins.plugins.awsrootguard.facts;

import java.time.Instant;

/**
 * Where a fact comes from.
 *
 * @param call the AWS action in IAM's notation, for example {@code iam:GetAccountSummary}
 * @param at when it was answered (for the credential report: when AWS generated it)
 */
public record Source(String call, Instant at) {}
