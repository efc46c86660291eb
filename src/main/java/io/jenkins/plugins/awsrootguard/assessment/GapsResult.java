package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;

/** What phase 2 found, and what it would do about it. */
public record GapsResult(Findings findings, RemediationPlan plan) {}
