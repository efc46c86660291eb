package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;

/** The result of phase 2 for one account. */
public record Gaps(Findings findings, RemediationPlan plan) {}
