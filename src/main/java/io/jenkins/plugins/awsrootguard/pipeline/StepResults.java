package io.jenkins.plugins.awsrootguard.pipeline;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.SecureResult;
import io.jenkins.plugins.awsrootguard.assessment.ValidationPoint;
import io.jenkins.plugins.awsrootguard.assessment.ValidationResult;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.ReportTime;
import io.jenkins.plugins.awsrootguard.facts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.report.AccountRow;
import io.jenkins.plugins.awsrootguard.report.ControlRow;
import io.jenkins.plugins.awsrootguard.report.RunReport;
import io.jenkins.plugins.awsrootguard.store.PhaseResult;
import io.jenkins.plugins.awsrootguard.store.SecurePhaseResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the steps return to Groovy: maps and lists of text, numbers and booleans, which a paused build can save. One account and
 * many have the same keys for totals; the keys of one account's details are missing for many, whose details are in {@code
 * findings.json}. Times are ISO 8601; statuses are the names of {@link Status}, so an unknown status never reads as good.
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
        r.put("keys", facts.accessKeys().isKnown() ? list(facts.accessKeys().get(), StepResults::key) : null);
        CredentialReport report = facts.report().isKnown() ? facts.report().get() : null;
        r.put(
                "passwordLastUsed",
                report == null ? "unknown" : time(report.root().passwordLastUsed()));
        r.put("reportGeneratedAt", report == null ? null : time(report.generatedAt()));
        r.put("reportAgeMinutes", report == null ? null : age(report, facts));
        r.put("readAt", time(facts.readAt()));
    }

    /** Phase 2. */
    static Map<String, Object> gaps(PhaseResult phase) {
        Map<String, Object> r = judged(phase);
        if (phase.state() != null) {
            r.put(
                    "plan",
                    map(
                            "changes", list(phase.state().plan().changes(), StepResults::change),
                            "pending", list(phase.state().plan().pending(), StepResults::task)));
        }
        return r;
    }

    /** Phase 3. */
    static Map<String, Object> secured(SecurePhaseResult phase) {
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
        r.put("open", list(result.open(), o -> map("accountId", o.accountId(), "because", phase.why(o))));
        if (!phase.run().isOrganization()) {
            r.put("changes", list(phase.changes(), StepResults::record));
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
            r.put("points", list(result.points(), StepResults::point));
            r.put("disagreements", new ArrayList<>(result.disagreements()));
        }
        return r;
    }

    private static Map<String, Object> judged(PhaseResult phase) {
        Map<String, Object> r = totals(phase);
        r.put("result", phase.outcome().result().name());
        r.put("reason", phase.outcome().reason());
        if (phase.state() != null) {
            r.put("findings", list(phase.state().findings().findings(), StepResults::finding));
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
        Map<String, Object> verdicts = new LinkedHashMap<>();
        run.verdicts().forEach(v -> verdicts.put(v.label().word(), v.accounts()));
        r.put("verdicts", verdicts);
        r.put("counts", counts(run));
        Map<String, Object> controls = new LinkedHashMap<>();
        run.controls().forEach(c -> controls.put(c.control(), statuses(c)));
        r.put("controls", controls);
        List<AccountRow> rows = run.accounts();
        r.put("worst", list(rows.subList(0, Math.min(WORST, rows.size())), StepResults::worst));
        r.put("planned", run.planned());
        r.put("plannedAccounts", run.plannedAccounts());
        r.put("validated", run.validated());
        r.put("proven", run.secured());
        return r;
    }

    private static Map<String, Object> subject(String subject, RunReport run) {
        return run.isOrganization()
                ? map(
                        "organizationId", run.header().organization().id(),
                        "managementAccountId", run.header().organization().managementAccountId())
                : map("accountId", subject);
    }

    private static Map<String, Object> counts(RunReport run) {
        Map<String, Object> counts = new LinkedHashMap<>();
        for (Severity severity : Severity.values()) {
            counts.put(severity.lowerCase(), run.failed(severity));
        }
        counts.put("unknown", run.count(Status.UNKNOWN));
        counts.put("notChecked", run.count(Status.NOT_CHECKED));
        counts.put("passed", run.count(Status.PASS));
        counts.put("notApplicable", run.count(Status.NOT_APPLICABLE));
        return counts;
    }

    private static Map<String, Object> statuses(ControlRow control) {
        Map<String, Object> counts = new LinkedHashMap<>();
        for (Status status : Status.values()) {
            counts.put(status.name(), control.count(status));
        }
        return counts;
    }

    private static Map<String, Object> worst(AccountRow row) {
        return map(
                "accountId", row.accountId(),
                "name", row.entry().reading().name(),
                "verdict", row.verdict().word(),
                "critical", row.critical(),
                "high", row.high(),
                "unknown", row.unknown(),
                "because", row.worst());
    }

    private static Map<String, Object> finding(Finding f) {
        return map(
                "control", f.control(),
                "title", f.title(),
                "severity", f.severity().name(),
                "status", f.status().name(),
                "summary", f.summary(),
                "remediation", f.remediation());
    }

    private static Map<String, Object> key(RootAccessKey key) {
        return map("id", Printable.keyId(key.id()), "active", key.active(), "lastUsed", time(key.lastUsed()));
    }

    private static Map<String, Object> change(PlannedChange c) {
        return map(
                "kind", c.kind().name(),
                "description", c.description(),
                "control", c.control(),
                "destructive", c.kind().isDestructive(),
                "blockedBecause", c.reason());
    }

    private static Map<String, Object> task(PendingTask t) {
        return map("what", t.what().name(), "title", t.title(), "url", t.url());
    }

    private static Map<String, Object> record(ChangeRecord c) {
        return map(
                "kind", c.kind().name(),
                "description", c.description(),
                "outcome", c.outcome().name(),
                "approvedBy", c.approvedBy(),
                "at", time(c.at()),
                "requestId", c.requestId(),
                "detail", c.detail());
    }

    private static Map<String, Object> point(ValidationPoint p) {
        return map("id", p.id(), "title", p.title(), "status", p.status().name(), "detail", p.detail());
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

    private static String time(Instant at) {
        return at == null ? null : at.toString();
    }

    private static String time(ReportTime time) {
        return switch (time.kind()) {
            case AT -> time.at().toString();
            case NONE, NEVER_USED -> "never";
            case NOT_TOLD -> "unknown";
        };
    }

    private static <T> List<Map<String, Object>> list(Collection<T> from, Function<T, Map<String, Object>> how) {
        List<Map<String, Object>> all = new ArrayList<>();
        from.forEach(t -> all.add(how.apply(t)));
        return all;
    }

    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> m = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            m.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return m;
    }
}
