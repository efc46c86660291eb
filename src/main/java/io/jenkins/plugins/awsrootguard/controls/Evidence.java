package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.Fact.Source;
import java.time.Instant;

/**
 * What a finding rests on.
 *
 * @param call the AWS action that was read, for example {@code iam:GetAccountSummary}
 * @param at when (for the credential report: when AWS generated it)
 * @param text what it said, for example {@code AccountMFAEnabled = 0}
 */
public record Evidence(String call, Instant at, String text) {

    public static Evidence of(Source source, String text) {
        return new Evidence(source.call(), source.at(), text);
    }
}
