package io.jenkins.plugins.awsrootguard.pipeline;

import io.jenkins.plugins.awsrootguard.assessment.OrganizationResult;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.report.AccountLine;
import io.jenkins.plugins.awsrootguard.report.OrganizationTally.VerdictLine;
import io.jenkins.plugins.awsrootguard.store.ControlCount;
import io.jenkins.plugins.awsrootguard.store.IndexedAccount;
import io.jenkins.plugins.awsrootguard.store.OrganizationJudged;
import io.jenkins.plugins.awsrootguard.store.OrganizationSecured;
import io.jenkins.plugins.awsrootguard.store.OrganizationSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the steps give to Groovy for an organization: small maps whatever the number of accounts, for a paused build keeps them in
 * its program. The accounts themselves are in {@code findings.json}.
 */
final class OrganizationResults {

    /** How many of the worst accounts are named. */
    static final int WORST = 20;

    private OrganizationResults() {}

    static Map<String, Object> read(OrganizationJudged judged) {
        OrganizationSummary summary = judged.summary();
        OrganizationResult result = summary.result();
        Map<String, Object> r = new LinkedHashMap<>();
        r.put("organizationId", result.organization().id());
        r.put("managementAccountId", result.organization().managementAccountId());
        r.put("accounts", result.accounts());
        r.put("unread", result.unread());
        r.put("complete", result.isComplete());
        r.put("calls", result.calls());
        r.put("central", judged.central().status().name());
        Map<String, Object> verdicts = new LinkedHashMap<>();
        for (VerdictLine verdict : summary.verdicts()) {
            verdicts.put(verdict.word(), verdict.accounts());
        }
        r.put("verdicts", verdicts);
        r.put("counts", counts(summary));
        r.put("controls", controls(summary));
        r.put("worst", worst(summary));
        return r;
    }

    static Map<String, Object> judged(OrganizationJudged judged) {
        OrganizationSummary summary = judged.summary();
        Map<String, Object> r = read(judged);
        r.put("result", judged.outcome().result().name());
        r.put("reason", judged.outcome().reason());
        r.put("planned", summary.planned());
        r.put("plannedAccounts", summary.plannedAccounts());
        r.put("validated", summary.validated());
        r.put("proven", summary.proven());
        return r;
    }

    static Map<String, Object> secured(OrganizationSecured secured) {
        Map<String, Object> r = new LinkedHashMap<>();
        r.put("organizationId", secured.organizationId());
        r.put("dryRun", secured.dryRun());
        r.put("complete", secured.isComplete());
        r.put("accounts", secured.accounts());
        r.put("done", secured.count(ChangeRecord.Outcome.DONE));
        r.put("failed", secured.count(ChangeRecord.Outcome.FAILED));
        r.put("skipped", secured.count(ChangeRecord.Outcome.SKIPPED));
        r.put("wouldDo", secured.count(ChangeRecord.Outcome.WOULD_DO));
        r.put("openAccounts", secured.openAccounts());
        List<Map<String, Object>> open = new ArrayList<>();
        for (OrganizationSecured.Open account : secured.open()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("accountId", account.accountId());
            one.put("name", account.name());
            one.put("because", account.because());
            open.add(one);
        }
        r.put("open", open);
        return r;
    }

    private static Map<String, Object> counts(OrganizationSummary summary) {
        Map<String, Object> counts = new LinkedHashMap<>();
        for (Severity severity : Severity.values()) {
            counts.put(severity.lowerCase(), summary.failed(severity));
        }
        counts.put("unknown", summary.count(Status.UNKNOWN));
        counts.put("notChecked", summary.count(Status.NOT_CHECKED));
        counts.put("passed", summary.count(Status.PASS));
        counts.put("notApplicable", summary.count(Status.NOT_APPLICABLE));
        return counts;
    }

    private static Map<String, Object> controls(OrganizationSummary summary) {
        Map<String, Object> controls = new LinkedHashMap<>();
        for (ControlCount control : summary.controls()) {
            Map<String, Object> one = new LinkedHashMap<>();
            for (Status status : Status.values()) {
                one.put(status.name(), control.count(status));
            }
            controls.put(control.control(), one);
        }
        return controls;
    }

    private static List<Map<String, Object>> worst(OrganizationSummary summary) {
        List<Map<String, Object>> worst = new ArrayList<>();
        for (IndexedAccount account :
                summary.accounts().subList(0, Math.min(WORST, summary.accounts().size()))) {
            AccountLine line = account.line();
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("accountId", line.accountId());
            one.put("name", account.account().name());
            one.put("verdict", line.word());
            one.put("critical", line.critical());
            one.put("high", line.high());
            one.put("unknown", line.unknown());
            one.put("because", line.worst());
            worst.add(one);
        }
        return worst;
    }
}
