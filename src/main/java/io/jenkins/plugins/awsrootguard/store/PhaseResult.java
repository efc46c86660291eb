package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.report.RunReport;

/**
 * The result of a phase that reads or judges.
 *
 * @param subject the account id, or {@link BuildStore#ORGANIZATION}
 * @param run the accounts of the phase
 * @param state of the one account; null for an organization
 * @param outcome of the quality gate; null for a phase without one
 */
public record PhaseResult(String subject, RunReport run, AccountState state, QualityGate.Outcome outcome) {}
