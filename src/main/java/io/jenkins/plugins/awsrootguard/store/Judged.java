package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;

/**
 * What a judging phase ended in.
 *
 * @param state as it was stored
 * @param outcome what the quality gate makes of it
 */
public record Judged(AccountState state, QualityGate.Outcome outcome) {}
