package io.jenkins.plugins.awsrootguard.pipeline;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.SecureResult;
import io.jenkins.plugins.awsrootguard.assessment.ValidationResult;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.ReportTime;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.report.AccountRow;
import io.jenkins.plugins.awsrootguard.report.ControlRow;
import io.jenkins.plugins.awsrootguard.report.RunReport;
import io.jenkins.plugins.awsrootguard.store.PhaseResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The results of the four phases for Groovy. One account and many have the same keys for totals. The details of one account are
 * missing for many, whose details are in {@code findings.json}. Times are ISO 8601; statuses are the names of {@link Status}, so an unknown status never reads as good.
 */
final class StepResults {

    /** How many of the worst accounts, and of those with changes not made, are listed. */
    static final int WORST = 20;

    private StepResults() {}

    /** Phase 1. */
    static Map<String, Object> report(PhaseResult phase) {
        Map<String, Object> r = totals(phase);
        if (phase.state() != null) {
            account(r, phase.state());
        }
        return r;
    }

    private static void account(Map<String, Object> r, AccountState state) {
        AccountFacts facts = state.facts();
        Findings judged = state.findings();
        r.put("alias", facts.alias() == null ? null : Printable.text(facts.alias(), 70));
        r.put("partition", facts.partition().id());
        r.put("route", facts.route().name());
        r.put("mfa", status(judged, "root-mfa"));
        r.put("accessKeys", status(judged, "root-access-keys"));
        r.put("passwordPolicy", status(judged, "password-policy"));
        r.put("iamAdmin", status(judged, "iam-admin"));
        r.put(
                "keys",
                facts.accessKeys().isKnown()
                        ? ResultMaps.list(facts.accessKeys().get(), StepResults::key)
                        : null);
        CredentialReport report = facts.report().isKnown() ? facts.report().get() : null;
        r.put(
                "passwordLastUsed",
                report == null ? "unknown" : time(report.root().passwordLastUsed()));
        r.put("reportGeneratedAt", report == null ? null : ResultMaps.time(report.generatedAt()));
        r.put("reportAgeMinutes", report == null ? null : age(report, facts));
        r.put("readAt", ResultMaps.time(facts.readAt()));
    }

    /** Phase 2. */
    static Map<String, Object> gaps(PhaseResult phase) {
        Map<String, Object> r = judged(phase);
        if (phase.state() != null) {
            r.put(
                    "plan",
                    ResultMaps.map(
                            "changes", ResultMaps.list(phase.state().plan().changes(), StepResults::change),
                            "pending",
                                    ResultMaps.list(
                                            phase.state().plan().pending(),
                                            t -> ResultMaps.row(t, "what", "title", "url"))));
        }
        return r;
    }

    /** Phase 3. */
    static Map<String, Object> secured(PhaseResult.Secured phase) {
        SecureResult result = phase.result();
        Map<String, Object> r = subject(phase.subject(), phase.run());
        r.put("dryRun", result.dryRun());
        r.put("complete", result.isComplete());
        r.put("accounts", result.accounts());
        r.put("done", result.count(ChangeRecord.Outcome.DONE));
        r.put("failed", result.count(ChangeRecord.Outcome.FAILED));
        r.put("skipped", result.count(ChangeRecord.Outcome.SKIPPED));
        r.put("wouldDo", result.count(ChangeRecord.Outcome.WOULD_DO));
        r.put("signingKeyDeleted", result.signingKeyDeleted());
        r.put("openAccounts", result.openAccounts());
        r.put(
                "open",
                ResultMaps.list(
                        result.open(), o -> ResultMaps.map("accountId", o.accountId(), "because", phase.why(o))));
        if (!phase.run().isOrganization()) {
            r.put(
                    "changes",
                    ResultMaps.list(
                            phase.changes(),
                            c -> ResultMaps.row(
                                    c, "kind", "description", "outcome", "approvedBy", "at", "requestId", "detail")));
        }
        return r;
    }

    /** Phase 4. */
    static Map<String, Object> validated(PhaseResult phase) {
        Map<String, Object> r = judged(phase);
        if (phase.state() != null) {
            ValidationResult result = phase.state().validation();
            r.put("secured", result.isSecured());
            r.put("securedPoints", result.secured());
            r.put(
                    "points",
                    ResultMaps.list(result.points(), p -> ResultMaps.row(p, "id", "title", "status", "detail")));
            r.put("disagreements", new ArrayList<>(result.disagreements()));
        }
        return r;
    }

    private static Map<String, Object> judged(PhaseResult phase) {
        Map<String, Object> r = totals(phase);
        r.put("result", phase.outcome().result().name());
        r.put("reason", phase.outcome().reason());
        if (phase.state() != null) {
            r.put(
                    "findings",
                    ResultMaps.list(
                            phase.state().findings().findings(),
                            f -> ResultMaps.row(
                                    f, "control", "title", "severity", "status", "summary", "remediation")));
        }
        return r;
    }

    private static Map<String, Object> totals(PhaseResult phase) {
        RunReport run = phase.run();
        Map<String, Object> r = subject(phase.subject(), run);
        r.put("accounts", run.accounts().size());
        r.put("unread", run.unread());
        r.put("complete", run.isComplete());
        r.put("calls", run.header() == null ? 0 : run.header().calls());
        r.put("central", run.isOrganization() ? run.header().central().status().name() : null);
        r.put("verdicts", ResultMaps.index(run.verdicts(), v -> v.label().word(), v -> v.accounts()));
        r.put("counts", counts(run));
        r.put("controls", ResultMaps.index(run.controls(), ControlRow::control, StepResults::statuses));
        List<AccountRow> rows = run.accounts();
        r.put("worst", ResultMaps.list(rows.subList(0, Math.min(WORST, rows.size())), StepResults::worst));
        r.put("planned", run.planned());
        r.put("plannedAccounts", run.plannedAccounts());
        r.put("validated", run.validated());
        r.put("securedAccounts", run.secured());
        return r;
    }

    private static Map<String, Object> subject(String subject, RunReport run) {
        return run.isOrganization()
                ? ResultMaps.map(
                        "organizationId", run.header().organization().id(),
                        "managementAccountId", run.header().organization().managementAccountId())
                : ResultMaps.map("accountId", subject);
    }

    private static Map<String, Object> counts(RunReport run) {
        Map<String, Object> counts = ResultMaps.index(List.of(Severity.values()), Severity::lowerCase, run::failed);
        counts.put("unknown", run.count(Status.UNKNOWN));
        counts.put("notChecked", run.count(Status.NOT_CHECKED));
        counts.put("passed", run.count(Status.PASS));
        counts.put("notApplicable", run.count(Status.NOT_APPLICABLE));
        return counts;
    }

    private static Map<String, Object> statuses(ControlRow control) {
        return ResultMaps.index(List.of(Status.values()), Status::name, control::count);
    }

    private static Map<String, Object> worst(AccountRow row) {
        return ResultMaps.map(
                "accountId", row.accountId(),
                "name", row.entry().reading().name(),
                "verdict", row.verdict().word(),
                "critical", row.critical(),
                "high", row.high(),
                "unknown", row.unknown(),
                "because", row.worst());
    }

    private static Map<String, Object> key(RootAccessKey key) {
        return ResultMaps.map(
                "id", Printable.keyId(key.id()), "active", key.active(), "lastUsed", time(key.lastUsed()));
    }

    private static Map<String, Object> change(PlannedChange c) {
        return ResultMaps.map(
                "kind", c.kind().name(),
                "description", c.description(),
                "control", c.control(),
                "destructive", c.kind().isDestructive(),
                "blockedBecause", c.reason());
    }

    private static String status(Findings findings, String control) {
        return findings.find(control)
                .map(Finding::status)
                .orElse(Status.UNKNOWN)
                .name();
    }

    private static long age(CredentialReport report, AccountFacts facts) {
        return Math.max(
                0, Duration.between(report.generatedAt(), facts.readAt()).toMinutes());
    }

    private static String time(ReportTime time) {
        return switch (time.kind()) {
            case AT -> time.at().toString();
            case NONE, NEVER_USED -> "never";
            case NOT_TOLD -> "unknown";
        };
    }
}
