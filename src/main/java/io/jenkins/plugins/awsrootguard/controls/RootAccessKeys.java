package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportKey;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportRoot;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Times;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.util.stream.Stream;

/**
 * The controls {@code root-access-keys} and {@code root-access-keys-inactive}, and how many access keys root has, by the best source
 * that could be read: root's own list of keys, else the account summary together with the credential report, else the report alone.
 *
 * @param active null when unknown
 * @param inactive null when unknown
 */
record RootAccessKeys(Integer active, Integer inactive) {

    private static final RootAccessKeys UNKNOWN = new RootAccessKeys(null, null);
    private static final RootAccessKeys NONE = new RootAccessKeys(0, 0);

    /** @param active whether to judge the active keys; otherwise the inactive ones */
    static Verdict judge(AccountFacts facts, Policy policy, boolean active) {
        RootEvidence evidence = new RootEvidence(facts, policy.thresholds());
        RootAccessKeys keys = of(facts, evidence);
        Integer count = active ? keys.active() : keys.inactive();
        String kind = active ? "active" : "inactive";
        if (count == null) {
            return Verdict.unread("whether root has an " + kind + " access key", evidence);
        }
        if (count == 0) {
            return Verdict.pass("Root has no " + kind + " access key.", evidence.evidence());
        }
        return Verdict.fail(
                        "Root has " + (count == 1 ? "an " + kind + " access key" : count + " " + kind + " access keys")
                                + (active ? "." : ", which can be activated again."),
                        evidence.evidence())
                .about(subjects(facts, active));
    }

    private static Stream<Subject> subjects(AccountFacts facts, boolean active) {
        if (facts.accessKeys().isKnown()) {
            return facts.accessKeys().get().stream()
                    .filter(k -> k.active() == active)
                    .map(k -> new Subject(Subject.Kind.ACCESS_KEY, k.id()));
        }
        // A key without a status may be active.
        return facts.report().isKnown()
                ? facts.report().get().root().keys().stream()
                        .filter(k -> active ? k.isActive() || k.number() > 2 : k.isInactive())
                        .map(Subject::slot)
                : Stream.empty();
    }

    /** Whether root has any key; null when unknown. */
    Boolean any() {
        if ((active != null && active > 0) || (inactive != null && inactive > 0)) {
            return true;
        }
        return active == null || inactive == null ? null : Boolean.FALSE;
    }

    static RootAccessKeys of(AccountFacts facts, RootEvidence evidence) {
        Integer present = evidence.summary(AccountSummary.ACCESS_KEYS_PRESENT);
        if (facts.accessKeys().isKnown()) {
            if (facts.accessKeys().get().isEmpty() && present != null && present > 0) {
                evidence.gap(Unread.Kind.LISTED_NONE, "iam:ListAccessKeys", "access key");
                return UNKNOWN;
            }
            return live(facts, evidence);
        }
        if (present != null && present == 0) {
            return NONE;
        }
        evidence.gap(facts.accessKeys().unread());
        RootAccessKeys reported = reported(facts, evidence);
        if (present == null) {
            return reported;
        }
        if (Boolean.FALSE.equals(reported.any())) {
            // A key that the report doesn't have was made after it; keys are active when they are made.
            return new RootAccessKeys(present, 0);
        }
        if (reported.any() == null && facts.report().isKnown()) {
            evidence.gap(Unread.Kind.KEY_STATUS_UNKNOWN, "iam:GetAccountSummary", null);
        }
        return reported;
    }

    private static RootAccessKeys live(AccountFacts facts, RootEvidence evidence) {
        int active = 0;
        int inactive = 0;
        for (RootAccessKey key : facts.accessKeys().get()) {
            if (key.active()) {
                active++;
            } else {
                inactive++;
            }
            evidence.add(
                    facts.accessKeys(),
                    Printable.keyId(key.id()) + " is " + (key.active() ? "active" : "inactive") + ", created "
                            + Times.day(key.created()));
        }
        if (active + inactive == 0) {
            evidence.add(facts.accessKeys(), "root has no access key");
        }
        return new RootAccessKeys(active, inactive);
    }

    private static RootAccessKeys reported(AccountFacts facts, RootEvidence evidence) {
        ReportRoot root = evidence.report();
        if (root == null) {
            return UNKNOWN;
        }
        int active = 0;
        int inactive = 0;
        boolean reported = true;
        for (ReportKey key : root.keys()) {
            String slot = "access_key_" + key.number();
            if (key.isActive()) {
                active++;
                evidence.add(facts.report(), slot + "_active = true");
            } else if (key.isInactive()) {
                inactive++;
                evidence.add(
                        facts.report(),
                        slot + "_active = false, but " + slot + "_last_rotated = "
                                + key.lastRotated().at());
            } else if (key.isReported()) {
                evidence.add(facts.report(), slot + "_active = false");
            } else {
                reported = false;
                evidence.gap(Unread.Kind.NOT_REPORTED, "iam:GetCredentialReport", slot);
            }
        }
        // A key without a status is active or inactive, so a count of zero is unknown.
        return new RootAccessKeys(reported || active > 0 ? active : null, reported || inactive > 0 ? inactive : null);
    }
}
