package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootActivity;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportRoot;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.policy.Thresholds;
import java.time.Instant;
import java.util.Optional;

/** {@code root-password-rotation}: the root password was changed within the rotation time. */
final class RootPasswordRotation implements Control {

    private static final Rule RULE = new Rule(
            "root-password-rotation",
            "The root password is rotated",
            Severity.MEDIUM,
            "An old password may be known to people who no longer need it. The account password policy does not apply to"
                    + " root.",
            "1. Sign in as root and change the password on the Account page. 2. Confirm the change: rootConfirm what: 'PASSWORD'"
                    + " records it and starts the rotation period.",
            References.start()
                    .standard("Rule of this project; no CIS version requires root password rotation")
                    .iamGuide("changing the root password", "root-user-password.html")
                    .list());

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public Verdict judge(AccountFacts facts, Thresholds thresholds) {
        RootEvidence evidence = new RootEvidence(facts, thresholds);
        if (!facts.partition().rootHasConsole()) {
            return Verdict.notApplicable("Root can have no password in this partition.", evidence.evidence());
        }
        Optional<Boolean> password = evidence.hasPassword();
        if (!password.orElse(true)) {
            return Verdict.notApplicable("Root has no password.", evidence.evidence());
        }
        Instant changed = latest(facts, evidence);
        boolean current = changed != null && Times.within(changed, facts.readAt(), thresholds.rotationDays());
        if (!current && evidence.report() == null) {
            // The report may have a later change.
            return Verdict.unread("when the root password was last changed", evidence);
        }
        if (changed == null) {
            return Verdict.fail(
                    "AWS does not report when the root password was last changed, and nobody has confirmed a change.",
                    evidence.evidence());
        }
        String when = "The root password was last changed " + Times.ago(changed, facts.readAt()) + ".";
        return current
                ? Verdict.pass(when, evidence.evidence())
                : Verdict.fail(when + " Required: within " + thresholds.rotationDays() + " days.", evidence.evidence());
    }

    private static Instant latest(AccountFacts facts, RootEvidence evidence) {
        Instant latest = null;
        ReportRoot root = evidence.report();
        if (root != null && root.passwordLastChanged().isAt()) {
            latest = root.passwordLastChanged().at();
            evidence.add(facts.report(), "password_last_changed = " + latest);
        }
        RootActivity.Event change =
                facts.activity().isKnown() ? facts.activity().get().lastPasswordChange() : null;
        if (change != null) {
            evidence.add(facts.activity(), change.name() + " by root at " + change.at());
            latest = later(latest, change.at());
        }
        PasswordConfirmation c = facts.passwordConfirmation();
        if (c != null) {
            evidence.addStatement(c.at(), "confirmed by " + Printable.text(c.by(), 60) + "; " + c.corroboration());
            latest = later(latest, c.changedAt());
        }
        return latest;
    }

    private static Instant later(Instant a, Instant b) {
        return a == null || b.isAfter(a) ? b : a;
    }
}
