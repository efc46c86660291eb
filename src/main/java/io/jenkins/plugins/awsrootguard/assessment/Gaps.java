package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.policy.Thresholds;
import io.jenkins.plugins.awsrootguard.remediation.Planner;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;

/** Phase 2: judges the facts by the controls and plans the remediation. Calls nothing. */
public final class Gaps {

    private Gaps() {}

    public static GapsResult judge(AccountFacts facts, Thresholds thresholds, RemediationSettings settings) {
        return plan(facts, Controls.judge(facts, thresholds), thresholds, settings);
    }

    /** The same for an account of an organization: what concerns the organization is judged once, elsewhere. */
    public static GapsResult judgeMember(AccountFacts facts, Thresholds thresholds, RemediationSettings settings) {
        return plan(facts, Controls.judgeMember(facts, thresholds), thresholds, settings);
    }

    private static GapsResult plan(
            AccountFacts facts, Findings findings, Thresholds thresholds, RemediationSettings settings) {
        return new GapsResult(findings, Planner.plan(facts, findings, thresholds, settings));
    }
}
