package io.jenkins.plugins.awsrootguard.pipeline;

import static io.jenkins.plugins.awsrootguard.facts.Json.object;
import static io.jenkins.plugins.awsrootguard.pipeline.GroovyValues.first;
import static io.jenkins.plugins.awsrootguard.pipeline.GroovyValues.index;
import static io.jenkins.plugins.awsrootguard.pipeline.GroovyValues.list;
import static io.jenkins.plugins.awsrootguard.pipeline.GroovyValues.rows;
import static java.time.temporal.ChronoUnit.MINUTES;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.Difference;
import io.jenkins.plugins.awsrootguard.assessment.SecureResult;
import io.jenkins.plugins.awsrootguard.assessment.ValidationResult;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.ReportTime;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.report.AccountRow;
import io.jenkins.plugins.awsrootguard.report.Narration;
import io.jenkins.plugins.awsrootguard.report.RunReport;
import io.jenkins.plugins.awsrootguard.store.PhaseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The results of the phases for Groovy: maps and lists of text, numbers and booleans, which a paused build can save. One account and
 * many have the same totals; only one has details. Times are ISO 8601; statuses are the names of {@link Status}.
 */
final class StepResults {

    private StepResults() {}

    static Map<String, Object> report(PhaseResult phase) {
        Map<String, Object> r = totals(phase);
        AccountState state = phase.state();
        if (state == null) {
            return r;
        }
        AccountFacts facts = state.facts();
        r.put("alias", facts.alias() == null ? null : Printable.text(facts.alias(), 70));
        r.put("partition", facts.partition().id());
        r.put("route", facts.route().name());
        r.put("mfa", status(state, "root-mfa"));
        r.put("accessKeys", status(state, "root-access-keys"));
        r.put("passwordPolicy", status(state, "password-policy"));
        r.put("iamAdmin", status(state, "iam-admin"));
        List<RootAccessKey> keys = facts.accessKeys().value();
        r.put("keys", keys == null ? null : list(keys, StepResults::key));
        r.put("passwordLastUsed", "unknown");
        r.put("reportGeneratedAt", null);
        r.put("reportAgeMinutes", null);
        facts.report().asOptional().ifPresent(c -> {
            r.put("passwordLastUsed", time(c.root().passwordLastUsed()));
            r.put("reportGeneratedAt", c.generatedAt().toString());
            r.put("reportAgeMinutes", Math.max(0, MINUTES.between(c.generatedAt(), facts.readAt())));
        });
        r.put("readAt", facts.readAt().toString());
        return r;
    }

    static Map<String, Object> gaps(PhaseResult phase) {
        Map<String, Object> r = judged(phase);
        if (phase.state() != null) {
            RemediationPlan plan = phase.state().plan();
            List<?> changes = list(plan.changes(), StepResults::change);
            r.put("plan", object("changes", changes, "pending", rows(plan.pending(), "what title url")));
        }
        return r;
    }

    static Map<String, Object> secured(PhaseResult.Secured phase) {
        SecureResult result = phase.result();
        Map<String, Object> r = subject(phase.subject(), phase.run());
        r.put("dryRun", result.dryRun());
        r.put("complete", result.isComplete());
        r.put("accounts", result.accounts());
        r.put("done", result.count(Outcome.DONE));
        r.put("failed", result.count(Outcome.FAILED));
        r.put("skipped", result.count(Outcome.SKIPPED));
        r.put("wouldDo", result.count(Outcome.WOULD_DO));
        r.put("signingKeyDeleted", result.signingKeyDeleted());
        r.put("openAccounts", result.openAccounts());
        r.put("open", list(result.open(), o -> object("accountId", o.accountId(), "because", Narration.why(o))));
        if (!phase.run().isOrganization()) {
            r.put("changes", rows(phase.changes(), "kind description outcome approvedBy at requestId detail"));
        }
        return r;
    }

    static Map<String, Object> validated(PhaseResult phase) {
        Map<String, Object> r = judged(phase);
        if (phase.state() != null) {
            ValidationResult result = phase.state().validation();
            r.put("secured", result.isSecured());
            r.put("securedPoints", result.secured());
            r.put("points", rows(result.points(), "id title status detail"));
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

    private static Map<String, Object> finding(Finding f) {
        return object(
                "control", f.control(),
                "title", f.rule().title(),
                "severity", f.severity().name(),
                "status", f.status().name(),
                "summary", f.sentence(),
                "remediation", f.rule().remediation());
    }

    private static Map<String, Object> totals(PhaseResult phase) {
        RunReport run = phase.run();
        Map<String, Object> r = subject(phase.subject(), run);
        r.put("accounts", run.accounts().size());
        r.put("unread", run.count(e -> e.reading().isMissing()));
        r.put("complete", run.isComplete());
        r.put("calls", run.header() == null ? 0 : run.header().calls());
        Finding central = run.isOrganization() ? run.header().central() : null;
        r.put("central", central == null ? null : central.status().name());
        r.put("verdicts", index(run.verdicts(), v -> v.label().word(), v -> v.accounts()));
        r.put("counts", counts(run));
        r.put(
                "controls",
                index(run.controls(), c -> c.control(), c -> index(List.of(Status.values()), Status::name, c::count)));
        r.putAll(difference(phase.difference()));
        r.put("verdict", run.frontLine());
        r.put("worst", list(first(run.accounts()), StepResults::account));
        r.put("planned", run.sum(AccountEntry::planned));
        r.put("plannedAccounts", run.count(e -> e.planned() > 0));
        r.put("validated", run.validated());
        r.put("securedAccounts", run.secured());
        return r;
    }

    private static Map<String, Object> difference(Difference d) {
        return d == null
                ? Map.of()
                : object(
                        "reference", d.reference(),
                        "newCount", d.addedCount(),
                        "fixedCount", d.fixedCount(),
                        "outstandingCount", d.outstanding(),
                        "new", rows(first(d.added()), "accountId control severity status"),
                        "fixed", rows(first(d.fixed()), "accountId control severity status"));
    }

    private static Map<String, Object> subject(String subject, RunReport run) {
        return run.isOrganization()
                ? object(
                        "organizationId", run.header().organization().id(),
                        "managementAccountId", run.header().organization().managementAccountId())
                : object("accountId", subject);
    }

    private static Map<String, Object> counts(RunReport run) {
        Map<String, Object> counts =
                index(List.of(Severity.values()), Severity::lowerCase, s -> run.sum(e -> e.count(Status.FAIL, s)));
        counts.put("unknown", run.count(Status.UNKNOWN));
        counts.put("notChecked", run.count(Status.NOT_CHECKED));
        counts.put("passed", run.count(Status.PASS));
        counts.put("notApplicable", run.count(Status.NOT_APPLICABLE));
        return counts;
    }

    private static Map<String, Object> account(AccountRow row) {
        return object(
                "accountId", row.accountId(),
                "name", row.entry().reading().name(),
                "verdict", row.verdict().word(),
                "critical", row.failed(Severity.CRITICAL),
                "high", row.failed(Severity.HIGH),
                "unknown", row.entry().count(Status.UNKNOWN),
                "because", row.worst());
    }

    private static Map<String, Object> change(PlannedChange change) {
        return object(
                "kind", change.kind().name(),
                "description", change.description(),
                "control", change.control(),
                "destructive", change.kind().isDestructive(),
                "blockedBecause", change.reason());
    }

    private static String status(AccountState state, String control) {
        return state.findings().find(control).map(f -> f.status().name()).orElse(Status.UNKNOWN.name());
    }

    private static Map<String, Object> key(RootAccessKey key) {
        return object("id", Printable.keyId(key.id()), "active", key.active(), "lastUsed", time(key.lastUsed()));
    }

    private static String time(ReportTime time) {
        return switch (time.kind()) {
            case AT -> time.at().toString();
            case NONE, NEVER_USED -> "never";
            case NOT_TOLD -> "unknown";
        };
    }
}
