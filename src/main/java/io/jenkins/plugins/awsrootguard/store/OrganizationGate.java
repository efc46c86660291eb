package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.assessment.AccountOutcome.Reading;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Judges a whole organization by a quality gate: the findings of all its accounts, and the one on itself, count as one lot. */
final class OrganizationGate {

    private final OrganizationSummary summary;
    /** One finding for each control and status: a gate asks for nothing else, and thousands of accounts share them. */
    private final Map<String, Finding> shared = new HashMap<>();

    private OrganizationGate(OrganizationSummary summary) {
        this.summary = summary;
    }

    static QualityGate.Outcome judge(QualityGate gate, Finding central, OrganizationSummary summary) {
        return new OrganizationGate(summary).judge(gate, central);
    }

    private QualityGate.Outcome judge(QualityGate gate, Finding central) {
        List<Finding> all = new ArrayList<>(List.of(central));
        int accounts = 0;
        int unread = 0;
        for (IndexedAccount account : summary.accounts()) {
            if (isUnread(account)) {
                unread++;
                continue;
            }
            List<Finding> findings = findings(account);
            all.addAll(findings);
            accounts += gate.judge(lot(findings)).result() == QualityGate.Result.PASSED ? 0 : 1;
        }
        QualityGate.Outcome outcome = gate.judge(lot(all));
        if (outcome.result() != QualityGate.Result.PASSED) {
            outcome = new QualityGate.Outcome(
                    outcome.result(),
                    outcome.reason() + ", in " + accounts + " of "
                            + summary.result().accounts() + " accounts");
        }
        return gate.withUnread(outcome, unread);
    }

    /** Its findings count no more: they are all UNKNOWN for one cause. */
    private static boolean isUnread(IndexedAccount account) {
        return account.reading() == Reading.UNREAD || account.reading() == Reading.STOPPED;
    }

    private List<Finding> findings(IndexedAccount account) {
        return account.statuses().entrySet().stream()
                .map(e ->
                        shared.computeIfAbsent(e.getKey() + " " + e.getValue(), k -> finding(e.getKey(), e.getValue())))
                .toList();
    }

    private static Finding finding(String control, Status status) {
        return new Finding(control, control, ControlCount.severity(control), status, "", List.of(), "", "", List.of());
    }

    private Findings lot(List<Finding> findings) {
        String id = summary.result().organization().id();
        return new Findings(id, id, summary.result().partition().id(), Instant.EPOCH, null, findings);
    }
}
