package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.Difference;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.assessment.SecureResult;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.report.AccountRow;
import io.jenkins.plugins.awsrootguard.report.FrontEnd;
import io.jenkins.plugins.awsrootguard.report.Narration;
import io.jenkins.plugins.awsrootguard.report.RunReport;
import java.util.List;

/**
 * The result of a phase that reads or judges.
 *
 * @param subject the account id, or {@link BuildStore#ORGANIZATION}
 * @param run the accounts of the phase
 * @param state of the one account; null for an organization
 * @param difference from the reference build; null without one
 * @param outcome of the quality gate; null for a phase without one
 */
public record PhaseResult(
        String subject, RunReport run, AccountState state, Difference difference, QualityGate.Outcome outcome) {

    /**
     * Applies the quality gate to what is stored, and writes the result to the log.
     *
     * @param gate null for a phase without one
     */
    static PhaseResult of(BuildStore store, String subject, QualityGate gate, BuildLog log) {
        RunReport report = store.report(subject, true);
        AccountState state =
                report.isOrganization() ? null : store.accounts().state(subject).orElseThrow();
        Narration.judged(report, state, gate != null, store.frontEnd(), log::line);
        List<AccountEntry> now =
                report.accounts().stream().map(AccountRow::entry).toList();
        Difference difference = store.history().compare(subject, report.header(), now);
        if (gate != null) {
            Narration.difference(difference, log::line);
        }
        QualityGate.Outcome outcome = gate == null ? null : store.history().judge(gate, subject, report.header(), now);
        if (outcome != null && outcome.result() != QualityGate.Result.PASSED) {
            log.line("Quality gate: " + outcome.result() + ", " + outcome.reason());
        }
        return new PhaseResult(subject, report, state, difference, outcome);
    }

    /**
     * The result of phase 3.
     *
     * @param changes of the one account; empty for an organization
     */
    public record Secured(String subject, RunReport run, SecureResult result, List<ChangeRecord> changes) {

        /** The changes that were not made, in one line; empty when the plan is complete. */
        public String shortfall(FrontEnd frontEnd) {
            return Narration.shortfall(result, run.isOrganization(), frontEnd);
        }
    }
}
