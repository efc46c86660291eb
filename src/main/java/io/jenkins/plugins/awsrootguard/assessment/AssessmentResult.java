package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;

/**
 * What phase 1 read.
 *
 * @param credentialReport the report byte for byte as AWS gave it; null when there is none. Not copied: don't change it
 */
@SuppressWarnings("java:S6218") // compared and printed nowhere
public record AssessmentResult(AccountFacts facts, byte[] credentialReport) {}
