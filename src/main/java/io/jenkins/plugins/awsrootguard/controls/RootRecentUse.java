package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootActivity;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportKey;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportRoot;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.ReportTime;
import io.jenkins.plugins.awsrootguard.facts.Times;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/** {@code root-recent-use}: neither root's password nor a key of root was used lately. */
final class RootRecentUse {

    private RootRecentUse() {}

    static Verdict judge(AccountFacts facts, Policy policy) {
        RootEvidence evidence = new RootEvidence(facts, policy.thresholds());
        Latest latest = new Latest();
        readReport(facts, evidence, latest);
        readLiveKeys(facts, evidence, latest);
        readActivity(facts, evidence, latest);
        if (facts.caller().isRoot()) {
            evidence.addStatement(
                    facts.readAt(), "this run calls AWS as " + facts.caller().arn());
            latest.see(facts.readAt(), "it signed the calls of this run");
        }
        if (latest.at != null
                && Times.within(latest.at, facts.readAt(), policy.thresholds().recentUseDays())) {
            Verdict used = Verdict.fail(
                    "Root was last used " + Times.ago(latest.at, facts.readAt()) + ": " + latest.what + ".",
                    evidence.evidence());
            // A run with root's own credentials is the last use itself, and hides earlier ones.
            return facts.caller().isRoot()
                    ? used
                    : used.about(Stream.of(new Subject(
                            Subject.Kind.DAY_OF_USE,
                            latest.at.atOffset(ZoneOffset.UTC).toLocalDate().toString())));
        }
        if (!latest.complete) {
            return Verdict.unread(
                    "whether root was used in the last " + policy.thresholds().recentUseDays() + " days", evidence);
        }
        return Verdict.pass(
                latest.at == null
                        ? "AWS reports no use of root."
                        : "Root was last used " + Times.ago(latest.at, facts.readAt()) + ".",
                evidence.evidence());
    }

    private static void readReport(AccountFacts facts, RootEvidence evidence, Latest latest) {
        ReportRoot root = evidence.report();
        if (root == null) {
            latest.complete = false;
            return;
        }
        see(
                facts,
                evidence,
                latest,
                "password_last_used",
                root.passwordLastUsed(),
                "someone signed in with its password");
        for (ReportKey key : root.keys()) {
            see(
                    facts,
                    evidence,
                    latest,
                    "access_key_" + key.number() + "_last_used_date",
                    key.lastUsed(),
                    "access key " + key.number() + " was used"
                            + (key.lastUsedService() == null
                                    ? ""
                                    : " for " + Printable.text(key.lastUsedService(), 40)));
        }
    }

    private static void see(
            AccountFacts facts, RootEvidence evidence, Latest latest, String column, ReportTime time, String what) {
        if (time.isAt()) {
            evidence.add(facts.report(), column + " = " + time.at());
            latest.see(time.at(), what);
        } else if (!time.isReported() && (facts.partition().rootHasConsole() || !column.startsWith("password"))) {
            // Where root has no console it has no password to use, and the report says not_supported for it.
            latest.complete = false;
            evidence.gap(Unread.Kind.NOT_REPORTED, "iam:GetCredentialReport", column);
        }
    }

    private static void readLiveKeys(AccountFacts facts, RootEvidence evidence, Latest latest) {
        if (!facts.accessKeys().isKnown()) {
            return;
        }
        ReportRoot root = evidence.report();
        long reported = root == null
                ? 0
                : root.keys().stream()
                        .filter(k -> k.isActive() || k.isInactive())
                        .count();
        for (RootAccessKey key : facts.accessKeys().get()) {
            if (key.lastUsed().isAt()) {
                evidence.add(
                        facts.accessKeys(),
                        Printable.keyId(key.id()) + " last used "
                                + key.lastUsed().at());
                latest.see(key.lastUsed().at(), "access key " + Printable.keyId(key.id()) + " was used");
            } else if (!key.lastUsed().isReported() && facts.accessKeys().get().size() > reported) {
                // It may be the one that the report doesn't know yet.
                latest.complete = false;
                evidence.gap(Unread.Kind.LAST_USE_UNKNOWN, "iam:GetAccessKeyLastUsed", Printable.keyId(key.id()));
            }
        }
    }

    private static void readActivity(AccountFacts facts, RootEvidence evidence, Latest latest) {
        if (!facts.activity().isKnown()) {
            if (!facts.activity().unread().isNotChecked()) {
                latest.complete = false;
                evidence.gap(facts.activity().unread());
            }
            return;
        }
        RootActivity.Event use = facts.activity().get().lastUse();
        Instant from = facts.activity().get().searchedFrom();
        if (use == null && from != null) {
            latest.complete = false;
            evidence.gap(Unread.Kind.NOT_SEARCHED, "cloudtrail:LookupEvents", from.toString());
        }
        String searched = " in " + facts.partition().homeRegion() + "; other Regions are not searched";
        if (use == null) {
            evidence.add(facts.activity(), "no event of root" + searched);
        } else {
            evidence.add(facts.activity(), use.name() + " by root at " + use.at() + searched);
            latest.see(use.at(), use.name() + " in CloudTrail");
        }
    }

    private static final class Latest {
        private Instant at;
        private String what;
        private boolean complete = true;

        void see(Instant time, String description) {
            if (at == null || time.isAfter(at)) {
                at = time;
                what = description;
            }
        }
    }
}
