package io.jenkins.plugins.awsrootguard.pipeline;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
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
import io.jenkins.plugins.awsrootguard.store.Judged;
import io.jenkins.plugins.awsrootguard.store.Secured;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What steps give to Groovy: maps and lists of text, numbers and truth values, which a paused build can keep. Times are
 * ISO-8601; statuses are the names of {@link Status}, so that what isn't known never reads as good.
 */
final class StepResults {

    private StepResults() {}

    /** @param judged the facts as the controls judge them, for the statuses */
    static Map<String, Object> report(AccountFacts facts, Findings judged) {
        Map<String, Object> r = new LinkedHashMap<>();
        r.put("accountId", facts.accountId());
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
        return r;
    }

    static Map<String, Object> gaps(Judged judged) {
        AccountState state = judged.state();
        Map<String, Object> r = findings(judged, state.findings());
        Map<String, Object> plan = new LinkedHashMap<>();
        plan.put("changes", list(state.plan().changes(), StepResults::change));
        plan.put("pending", list(state.plan().pending(), StepResults::task));
        r.put("plan", plan);
        return r;
    }

    static Map<String, Object> secured(Secured secured) {
        Map<String, Object> r = new LinkedHashMap<>();
        r.put("accountId", secured.state().accountId());
        r.put("dryRun", secured.dryRun());
        r.put("complete", secured.isComplete());
        r.put("done", secured.count(ChangeRecord.Outcome.DONE));
        r.put("failed", secured.count(ChangeRecord.Outcome.FAILED));
        r.put("skipped", secured.count(ChangeRecord.Outcome.SKIPPED));
        r.put("wouldDo", secured.count(ChangeRecord.Outcome.WOULD_DO));
        r.put("signingKeyDeleted", secured.isSigningKeyDeleted());
        r.put("changes", list(secured.records(), StepResults::record));
        return r;
    }

    static Map<String, Object> validated(Judged judged) {
        ValidationResult result = judged.state().validation();
        Map<String, Object> r = findings(judged, result.findings());
        r.put("secured", result.isSecured());
        r.put("securedPoints", result.secured());
        r.put("points", list(result.points(), StepResults::point));
        r.put("disagreements", new ArrayList<>(result.disagreements()));
        return r;
    }

    private static Map<String, Object> findings(Judged judged, Findings findings) {
        Map<String, Object> r = new LinkedHashMap<>();
        r.put("accountId", findings.accountId());
        r.put("result", judged.outcome().result().name());
        r.put("reason", judged.outcome().reason());
        Map<String, Object> counts = new LinkedHashMap<>();
        for (Severity severity : Severity.values()) {
            counts.put(severity.lowerCase(), findings.count(Status.FAIL, severity));
        }
        counts.put("unknown", findings.count(Status.UNKNOWN));
        counts.put("notChecked", findings.count(Status.NOT_CHECKED));
        counts.put("passed", findings.count(Status.PASS));
        counts.put("notApplicable", findings.count(Status.NOT_APPLICABLE));
        r.put("counts", counts);
        r.put("findings", list(findings.findings(), StepResults::finding));
        return r;
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
