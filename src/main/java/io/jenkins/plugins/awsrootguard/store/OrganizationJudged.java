package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.controls.Finding;

/**
 * What a phase made of an organization.
 *
 * @param central the finding on the organization itself
 * @param outcome what the quality gate makes of it; null for a phase without one
 */
public record OrganizationJudged(OrganizationSummary summary, Finding central, QualityGate.Outcome outcome) {}
