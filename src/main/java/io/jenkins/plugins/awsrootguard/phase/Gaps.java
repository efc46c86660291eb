package io.jenkins.plugins.awsrootguard.phase;

import io.jenkins.plugins.awsrootguard.account.AccountFacts;
import io.jenkins.plugins.awsrootguard.control.Controls;
import io.jenkins.plugins.awsrootguard.control.Findings;
import io.jenkins.plugins.awsrootguard.control.Thresholds;

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
