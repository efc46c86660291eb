package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.controls.Finding.Evidence;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportRoot;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Reads a fact that AWS tells in more than one place, and keeps what each place said. A live call beats the credential
 * report, which can be hours old; a report older than the policy allows is not used.
 */
final class RootEvidence {

    private final AccountFacts facts;
    private final Thresholds thresholds;
    private final List<Evidence> evidence = new ArrayList<>();
    private final List<Unread> causes = new ArrayList<>();

    RootEvidence(AccountFacts facts, Thresholds thresholds) {
        this.facts = facts;
        this.thresholds = thresholds;
    }

    /** What was read so far, for the finding. */
    List<Evidence> evidence() {
        return List.copyOf(evidence);
    }

    /** Why something could not be read so far. */
    List<Unread> causes() {
        return List.copyOf(causes);
    }

    void add(Fact<?> fact, String text) {
        evidence.add(Evidence.of(fact.source(), text));
    }

    /** Keeps a statement, which no API action reports, as evidence. */
    void addStatement(Instant at, String text) {
        evidence.add(new Evidence("statement", at, text));
    }

    /** Keeps why a fact could not be read. */
    void gap(Unread cause) {
        if (!causes.contains(cause)) {
            causes.add(cause);
        }
    }

    /** Keeps that AWS's answers lack a value, or contradict each other. */
    void gap(Unread.Kind kind, String action, String detail) {
        gap(new Unread(kind, action, detail));
    }

    /** A value of the account summary; null when unknown. */
    Integer summary(String key) {
        Fact<AccountSummary> summary = facts.summary();
        if (!summary.isKnown()) {
            gap(summary.unread());
            return null;
        }
        OptionalInt value = summary.get().value(key);
        if (value.isEmpty()) {
            gap(Unread.Kind.MISSING_VALUE, "iam:GetAccountSummary", key);
            return null;
        }
        add(summary, key + " = " + value.getAsInt());
        return value.getAsInt();
    }

    /** Root's row of the credential report; null when it could not be read, or is stale. */
    ReportRoot report() {
        Fact<CredentialReport> report = facts.report();
        if (!report.isKnown()) {
            gap(report.unread());
            return null;
        }
        Duration age = Duration.between(report.get().generatedAt(), facts.readAt());
        if (age.compareTo(thresholds.maxReportAge()) > 0) {
            String ages = age.toHours() + " hours old. Allowed: "
                    + thresholds.maxReportAge().toHours() + " hours";
            gap(new Unread(Unread.Kind.STALE_REPORT, report.source().call(), ages));
            return null;
        }
        return report.get().root();
    }

    /** Whether root has a console password; empty when unknown. */
    Optional<Boolean> hasPassword() {
        Integer live = summary(AccountSummary.PASSWORD_PRESENT);
        if (live != null) {
            return Optional.of(live > 0);
        }
        return reported("password_enabled", ReportRoot::passwordEnabled);
    }

    /** Whether root has MFA; empty when unknown. */
    Optional<Boolean> hasMfa() {
        Integer live = summary(AccountSummary.MFA_ENABLED);
        boolean listed =
                facts.mfaDevices().isKnown() && facts.mfaDevices().get().complete();
        if (live != null) {
            if (listed && live > 0 == facts.mfaDevices().get().devices().isEmpty()) {
                gap(live > 0 ? RootMfa.CONTRADICTION : RootMfa.OTHER_CONTRADICTION);
                return Optional.empty();
            }
            return Optional.of(live > 0);
        }
        if (listed) {
            int devices = facts.mfaDevices().get().devices().size();
            add(facts.mfaDevices(), "root has " + devices + (devices == 1 ? " MFA device" : " MFA devices"));
            return Optional.of(devices > 0);
        }
        return reported("mfa_active", ReportRoot::mfaActive);
    }

    /** A value of root's row of the credential report; empty when unknown. */
    private Optional<Boolean> reported(String column, Function<ReportRoot, Boolean> of) {
        ReportRoot root = report();
        if (root == null) {
            return Optional.empty();
        }
        Boolean value = of.apply(root);
        if (value == null) {
            gap(Unread.Kind.NOT_REPORTED, "iam:GetCredentialReport", column + " of root");
        } else {
            add(facts.report(), column + " = " + value);
        }
        return Optional.ofNullable(value);
    }
}
