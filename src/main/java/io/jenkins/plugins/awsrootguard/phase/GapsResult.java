package io.jenkins.plugins.awsrootguard.phase;

import io.jenkins.plugins.awsrootguard.control.Findings;

/** What phase 2 found, and what it would do about it. */
public record GapsResult(Findings findings, RemediationPlan plan) {}
