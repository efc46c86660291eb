package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootActivity;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportRoot;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Times;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** {@code root-password-rotation}: the root password was changed within the rotation time. */
final class RootPasswordRotation {

    /** A credential report can be 4 hours older than its download, so a newer change can be missing in it. */
    private static final Duration REPORT_DELAY = Duration.ofHours(4);

    private RootPasswordRotation() {}

    static Verdict judge(AccountFacts facts, Policy policy) {
        RootEvidence evidence = new RootEvidence(facts, policy.thresholds());
        if (!facts.partition().rootHasConsole()) {
            return Verdict.notApplicable("Root can have no password in this partition.", evidence.evidence());
        }
        Optional<Boolean> password = evidence.hasPassword();
        if (!password.orElse(true)) {
            return Verdict.notApplicable("Root has no password.", evidence.evidence());
        }
        Instant changed = latest(facts, evidence);
        boolean current = changed != null
                && Times.within(changed, facts.readAt(), policy.thresholds().rotationDays());
        if (!current && evidence.report() == null) {
            // The report may have a later change.
            return Verdict.unread("when the root password was last changed", evidence);
        }
        PasswordConfirmation stated = facts.passwordConfirmation();
        if (stated != null && isContradicted(facts, evidence.report())) {
            return Verdict.fail(contradiction(stated, facts.report().get()), evidence.evidence());
        }
        if (changed == null) {
            return Verdict.fail(
                    "AWS does not report when the root password was last changed, and no change was confirmed.",
                    evidence.evidence());
        }
        boolean onlyStated = stated != null && stated.isOnlyStated() && changed.equals(stated.changedAt());
        String when = "The root password was last changed " + Times.ago(changed, facts.readAt())
                + (onlyStated ? ", as stated by " + name(stated) : "") + ".";
        return current
                ? Verdict.pass(when, evidence.evidence())
                : Verdict.fail(
                        when + " Required: within " + policy.thresholds().rotationDays() + " days.",
                        evidence.evidence());
    }

    /** When the password was last changed; null if AWS reports no change and none was confirmed. */
    private static Instant latest(AccountFacts facts, RootEvidence evidence) {
        ReportRoot root = evidence.report();
        if (root != null && root.passwordLastChanged().isAt()) {
            evidence.add(
                    facts.report(),
                    "password_last_changed = " + root.passwordLastChanged().at());
        }
        RootActivity.Event change = change(facts);
        if (change != null) {
            evidence.add(facts.activity(), change.name() + " by root at " + change.at());
        }
        Instant reported = reported(facts, root);
        PasswordConfirmation stated = facts.passwordConfirmation();
        if (stated == null) {
            return reported;
        }
        evidence.addStatement(stated.at(), "as stated by " + name(stated) + "; " + stated.corroboration());
        return isReportedSince(facts, root, stated) ? reported : later(reported, stated.changedAt());
    }

    /** The last change that AWS reports; null for none. */
    private static Instant reported(AccountFacts facts, ReportRoot root) {
        RootActivity.Event change = change(facts);
        Instant event = change == null ? null : change.at();
        return root == null || !root.passwordLastChanged().isAt()
                ? event
                : later(event, root.passwordLastChanged().at());
    }

    private static RootActivity.Event change(AccountFacts facts) {
        return facts.activity().isKnown() ? facts.activity().get().lastPasswordChange() : null;
    }

    /** Whether the credential report is new enough to have a change that was stated: then AWS's time applies. */
    private static boolean isReportedSince(AccountFacts facts, ReportRoot root, PasswordConfirmation stated) {
        return root != null
                && root.passwordLastChanged().isAt()
                && facts.report().get().generatedAt().isAfter(stated.at().plus(REPORT_DELAY));
    }

    /** Whether AWS reports no change at the time of the statement, although the credential report is new enough to have it. */
    private static boolean isContradicted(AccountFacts facts, ReportRoot root) {
        PasswordConfirmation stated = facts.passwordConfirmation();
        return isReportedSince(facts, root, stated)
                && reported(facts, root).isBefore(stated.changedAt().minus(PasswordConfirmation.STATED_WITHIN));
    }

    private static String contradiction(PasswordConfirmation stated, CredentialReport report) {
        return name(stated) + " stated on " + Times.day(stated.at())
                + " that the password was changed, but the credential report of " + Times.day(report.generatedAt())
                + " says it was last changed on "
                + Times.day(report.root().passwordLastChanged().at()) + ".";
    }

    private static String name(PasswordConfirmation stated) {
        return Printable.text(stated.by(), 60);
    }

    private static Instant later(Instant a, Instant b) {
        return a == null || b.isAfter(a) ? b : a;
    }
}
